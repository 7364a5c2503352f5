package process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A child with everything that it started, wherever that went.
 *
 * <p>Descendants are found by their parents, and remembered: who was seen once stays a member when its parent dies and it
 * is given to process 1. Who was never seen so (forked twice between two looks) is found on Linux by a cookie in the
 * environment that all of the tree inherits. macOS shows no process the environment of others reliably, so that there only
 * who was seen counts. A process that leaves its parents, clears its environment and does both between two looks escapes.
 *
 * <p>Thread-safe.
 */
final class ProcessTree {
    /** The variable that marks a tree; with runs inside runs it holds the cookies of all of them, outermost first. */
    static final String COOKIE = "AGENTPROXY_PROCESS_TREE";

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final String cookie;
    private final Set<ProcessHandle> members = new HashSet<>();

    ProcessTree(ProcessHandle root, String cookie) {
        this.cookie = cookie;
        members.add(root);
    }

    /** Remembers who descends from the members now; cheap enough to be done a few times a second. */
    synchronized void look() {
        members.removeIf(member -> !lives(member));
        Set<ProcessHandle> seen = new HashSet<>();
        for (ProcessHandle member : List.copyOf(members)) {
            if (!seen.contains(member)) {
                member.descendants().forEach(seen::add);
            }
        }
        members.addAll(seen);
    }

    /** Remembers, beside those of {@link #look}, who carries the cookie. */
    synchronized void search() {
        members.addAll(Environments.holding(cookie));
        look();
    }

    /** The members that live, looked for in every way there is. */
    synchronized Set<ProcessHandle> living() {
        search();
        return members.stream().filter(ProcessTree::lives).collect(Collectors.toSet());
    }

    /**
     * Ends all members: SIGTERM, and after {@code grace} SIGKILL. Returns when none lives, or a few seconds after the
     * SIGKILL when one cannot be killed (another user's, or stuck in the kernel). Goes on when the thread is interrupted.
     *
     * @return how many were told to end
     */
    int end(Duration grace) {
        Set<ProcessHandle> told = new HashSet<>();
        long terminated = System.nanoTime();
        Set<ProcessHandle> living = living();
        while (!living.isEmpty() && Pause.since(terminated).compareTo(grace) < 0) {
            living.stream().filter(told::add).forEach(ProcessHandle::destroy);
            Pause.uninterrupted(LOOK_AGAIN);
            living = living();
        }
        long killed = System.nanoTime();
        while (!living.isEmpty() && Pause.since(killed).compareTo(AFTER_KILL) < 0) {
            told.addAll(living);
            living.forEach(ProcessHandle::destroyForcibly);
            Pause.uninterrupted(LOOK_AGAIN);
            living = living();
        }
        return told.size();
    }

    /** A zombie does not live, although its handle says so: where process 1 does not reap, it stays one for ever. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && !zombie(process.pid());
    }

    private static boolean zombie(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            // "pid (command) state …", where the command may hold anything, parentheses included.
            String line = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
            int state = line.lastIndexOf(')') + 2;
            return state >= 2 && state < line.length() && "ZX".indexOf(line.charAt(state)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
