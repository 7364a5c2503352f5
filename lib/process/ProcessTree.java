package process;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A child process with all processes that it started, wherever they are now.
 *
 * <p>Descendants are found by their parents and remembered: a known process stays a member when its parent ends and process 1 becomes
 * its parent. A process that was never seen as a child (it was forked twice between two checks) is found on Linux by a cookie in
 * the environment, which all processes of the tree inherit. macOS does not reliably show other processes' environments, so only
 * processes that were seen count there. A process escapes if it leaves its parents and clears its environment, both between two
 * checks.
 *
 * <p>Thread-safe.
 */
final class ProcessTree {
    /** The variable with the mark of a tree. For runs inside runs it contains the cookies of all of them, outermost first. */
    static final String COOKIE = "AGENTPROXY_PROCESS_TREE";

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    /** How long one check follows processes that keep replacing themselves. */
    private static final Duration SUCCESSORS = Duration.ofSeconds(1);

    private final String cookie;
    private final Set<ProcessHandle> members = new HashSet<>();

    ProcessTree(ProcessHandle root, String cookie) {
        this.cookie = cookie;
        members.add(root);
    }

    /** Finds the present descendants of the members and remembers them; cheap enough for a few times a second. */
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

    /** The living members, searched in every possible way. */
    Set<ProcessHandle> living() {
        return living(process -> {});
    }

    /** @param at receives each process with the cookie at once */
    private synchronized Set<ProcessHandle> living(Consumer<ProcessHandle> at) {
        long begun = System.nanoTime();
        while (true) {
            Set<ProcessHandle> carriers = Environments.holding(cookie, at);
            members.addAll(carriers);
            look();
            Set<ProcessHandle> living = members.stream().filter(ProcessTree::lives).collect(Collectors.toSet());
            // A process with the cookie that is already gone may have started another one.
            if (!living.isEmpty() || carriers.isEmpty()) {
                return living;
            }
            if (Pause.since(begun).compareTo(SUCCESSORS) > 0) {
                // The tree still runs, although no known member does.
                return carriers;
            }
        }
    }

    /**
     * Ends all members: SIGTERM, and SIGKILL after {@code grace}. Returns when no member lives, or a few seconds after the SIGKILL if a
     * process cannot be killed (another user's process, or one stuck in the kernel). Continues when the thread is interrupted.
     *
     * @return the number of processes that were told to end
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

    /** Tells all members to end, again and again, until none lives or the time is over. */
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

    /** A zombie counts as ended, although its handle is alive: where process 1 does not reap it, it stays a zombie for ever. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && ProcStat.of(Long.toString(process.pid())).filter(ProcStat::ended).isEmpty();
    }
}
