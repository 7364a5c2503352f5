package process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The data of a process in Linux' {@code /proc/PID/stat}.
 *
 * @param state a letter, see proc(5)
 * @param flags the kernel's {@code PF_…}
 * @param start time of its start, in ticks since the machine started
 */
record ProcStat(char state, long flags, long start) {
    private static final long KERNEL_THREAD = 0x0020_0000;
    /** Much more than any line needs. */
    private static final int LINE = 4096;
    /** Positions among the words after the name. */
    private static final int FLAGS = 6;
    private static final int START = 19;

    /** Empty if the process does not exist or is not visible. */
    static Optional<ProcStat> of(String pid) {
        try (InputStream in = new FileInputStream(new File("/proc/" + pid + "/stat"))) {
            String line = new String(in.readNBytes(LINE), StandardCharsets.ISO_8859_1);
            // "pid (command) state …"; the command may contain anything, including parentheses.
            String[] words = line.substring(Math.min(line.length(), line.lastIndexOf(')') + 2)).split(" ");
            return words.length <= START ? Optional.empty() : Optional.of(new ProcStat(words[0].charAt(0),
                    Long.parseLong(words[FLAGS]), Long.parseLong(words[START])));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The process has ended; its entry stays until the parent has read its exit code, which may never happen. */
    boolean ended() {
        return state == 'Z' || state == 'X';
    }

    boolean kernelThread() {
        return (flags & KERNEL_THREAD) != 0;
    }
}
