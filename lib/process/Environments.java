package process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Searches the environments of running processes for a text, where the system shows them: on Linux, for processes of the same user.
 *
 * <p>One reading of {@code /proc} can miss a process in two cases. Its parent started it after the list was made, and has ended
 * since. Or it is in the middle of an exec, when the kernel shows no environment. So the list is read again until it contains no new
 * process and no process in the middle of an exec. Not thread-safe: use one object for each search.
 */
final class Environments {
    private static final File PROC = new File("/proc");
    private static final int USUAL = 1 << 16;
    /** A larger environment is not read. Usual environments have some KB, and the cookie is one variable among the others. */
    private static final int LIMIT = 1 << 20;
    /** The time limit of a search, when new processes appear faster than they are read. */
    private static final Duration LONGEST = Duration.ofSeconds(1);
    /** The same if one of them ended before it was read: it may have replaced itself by a new process. */
    private static final Duration LONGEST_UNREAD = Duration.ofSeconds(5);
    private static final Duration EXEC = Duration.ofMillis(2);
    /** Processes that showed neither environment nor command line all the time, with their start: the search no longer waits for them. */
    private static final Set<String> MUTE = ConcurrentHashMap.newKeySet();

    private enum Sight { HOLDS, LACKS, IN_EXEC }

    private final byte[] wanted;
    /** Uses plain files and one buffer: a search runs at the end of every child and must be cheap in a cold JVM too. */
    private byte[] buffer = new byte[USUAL];
    private int length;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> inExec = new HashSet<>();
    private final Set<ProcessHandle> found = new HashSet<>();
    private boolean unread;

    private Environments(String wanted) {
        this.wanted = wanted.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The processes that had {@code text} in their environment when they started; empty where the system does not show it.
     *
     * @param at receives each process as soon as it is found: one that keeps replacing itself is gone a moment later
     */
    static Set<ProcessHandle> holding(String text, Consumer<ProcessHandle> at) {
        return new File(PROC, "self/environ").exists() ? new Environments(text).search(at) : Set.of();
    }

    private Set<ProcessHandle> search(Consumer<ProcessHandle> at) {
        long begun = System.nanoTime();
        while (look(at) && found.isEmpty()) {
            if (Pause.since(begun).compareTo(unread ? LONGEST_UNREAD : LONGEST) > 0) {
                inExec.forEach(pid -> ProcStat.of(pid).ifPresent(stat -> MUTE.add(mute(pid, stat))));
                break;
            }
            if (!inExec.isEmpty()) {
                Pause.uninterrupted(EXEC);
            }
        }
        return found;
    }

    /** Returns whether to search again if nothing was found. */
    private boolean look(Consumer<ProcessHandle> at) {
        String[] names = PROC.list();
        boolean news = false;
        for (String name : names == null ? new String[0] : names) {
            boolean digits = name.charAt(0) >= '0' && name.charAt(0) <= '9';
            if (!digits || !seen.add(name) && !inExec.contains(name)) {
                continue;
            }
            news = true;
            inExec.remove(name);
            Sight sight = sight(name);
            if (sight == Sight.HOLDS) {
                ProcessHandle.of(Long.parseLong(name)).ifPresent(process -> {
                    at.accept(process);
                    found.add(process);
                });
            } else if (sight == Sight.IN_EXEC) {
                inExec.add(name);
            }
        }
        return news;
    }

    private Sight sight(String name) {
        if (read(name, "environ") > 0) {
            return holds();
        }
        // No environment: a kernel thread, a zombie, a process started without one, or an exec has just removed it.
        Optional<ProcStat> stat = ProcStat.of(name);
        unread |= stat.isEmpty();
        if (stat.isEmpty() || stat.get().ended() || stat.get().kernelThread() || MUTE.contains(mute(name, stat.get()))) {
            return Sight.LACKS;
        }
        if (read(name, "cmdline") == 0) {
            return Sight.IN_EXEC;
        }
        return read(name, "environ") > 0 ? holds() : Sight.LACKS;
    }

    private static String mute(String pid, ProcStat stat) {
        return pid + " " + stat.start();
    }

    private Sight holds() {
        return contains(buffer, length, wanted) ? Sight.HOLDS : Sight.LACKS;
    }

    private int read(String name, String file) {
        length = 0;
        try (InputStream in = new FileInputStream(new File(PROC, name + "/" + file))) {
            int n = in.read(buffer);
            while (n >= 0 && length < LIMIT) {
                length += n;
                buffer = length == buffer.length ? Arrays.copyOf(buffer, 2 * length) : buffer;
                n = in.read(buffer, length, buffer.length - length);
            }
        } catch (IOException e) {
            // The process belongs to another user, or has ended: not ours.
            length = 0;
        }
        return length;
    }

    private static boolean contains(byte[] bytes, int length, byte[] wanted) {
        for (int i = 0; i <= length - wanted.length; i++) {
            if (bytes[i] == wanted[0] && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
