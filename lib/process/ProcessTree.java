package process;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A child with everything that it started, wherever that went.
 *
 * <p>Descendants are found by their parents and remembered: a process that was seen once stays a member when its parent ends and
 * process 1 becomes its parent. One that was never seen as a child (it was forked twice between two looks) is found on Linux by a
 * cookie in the environment, which all processes of the tree inherit. macOS does not reliably show a process the environment of
 * others, so there only those that were seen count. A process escapes if it leaves its parents and clears its environment, both
 * between two looks.
 *
 * <p>Thread-safe.
 */
final class ProcessTree {
    /** The variable that marks a tree; with runs inside runs it holds the cookies of all of them, outermost first. */
    static final String COOKIE = "AGENTPROXY_PROCESS_TREE";

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** How long those who replace themselves all the time are followed in one look. */
    private static final Duration SUCCESSORS = Duration.ofSeconds(1);

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

    /** The members that live, looked for in every way there is. */
    Set<ProcessHandle> living() {
        return living(process -> {});
    }

    /** @param at is told of each who carries the cookie, at once */
    private synchronized Set<ProcessHandle> living(Consumer<ProcessHandle> at) {
        long begun = System.nanoTime();
        while (true) {
            Set<ProcessHandle> carriers = Environments.holding(cookie, at);
            members.addAll(carriers);
            look();
            Set<ProcessHandle> living = members.stream().filter(ProcessTree::lives).collect(Collectors.toSet());
            // Who carried the cookie and is gone already may have left a successor.
            if (!living.isEmpty() || carriers.isEmpty()) {
                return living;
            }
            if (Pause.since(begun).compareTo(SUCCESSORS) > 0) {
                // The tree goes on, although none of those who were seen does.
                return carriers;
            }
        }
    }

    /**
     * Ends all members: SIGTERM, and after {@code grace} SIGKILL. Returns when none lives, or a few seconds after the
     * SIGKILL when one cannot be killed (another user's, or stuck in the kernel). Goes on when the thread is interrupted.
     *
     * @return how many were told to end
     */
    int end(Duration grace) {
        Set<ProcessHandle> told = new HashSet<>();
        end(process -> {
            if (told.add(process)) {
                process.destroy();
            }
        }, grace);
        end(process -> {
            told.add(process);
            process.destroyForcibly();
        }, AFTER_KILL);
        return told.size();
    }

    /** Tells all members to end, until none lives or the time is over. */
    private void end(Consumer<ProcessHandle> how, Duration limit) {
        long begun = System.nanoTime();
        for (Set<ProcessHandle> living = living(how); !living.isEmpty(); living = living(how)) {
            if (Pause.since(begun).compareTo(limit) >= 0) {
                return;
            }
            living.forEach(how);
            Pause.uninterrupted(LOOK_AGAIN);
        }
    }

    /** A zombie does not live, although its handle says so: where process 1 does not reap, it stays one for ever. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && ProcStat.of(Long.toString(process.pid())).filter(ProcStat::ended).isEmpty();
    }
}
