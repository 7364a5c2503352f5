package process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What Linux says of a process in {@code /proc/PID/stat}.
 *
 * @param state a letter, see proc(5)
 * @param flags the kernel's {@code PF_…}
 * @param start when it was started, in ticks since the machine started
 */
record ProcStat(char state, long flags, long start) {
    private static final long KERNEL_THREAD = 0x0020_0000;
    /** Far more than a line has. */
    private static final int LINE = 4096;
    /** Positions among the words behind the name. */
    private static final int FLAGS = 6;
    private static final int START = 19;

    /** Empty where there is no such process, or none that can be seen. */
    static Optional<ProcStat> of(String pid) {
        try (InputStream in = new FileInputStream(new File("/proc/" + pid + "/stat"))) {
            String line = new String(in.readNBytes(LINE), StandardCharsets.ISO_8859_1);
            // "pid (command) state …", where the command may hold anything, parentheses included.
            String[] words = line.substring(Math.min(line.length(), line.lastIndexOf(')') + 2)).split(" ");
            return words.length <= START ? Optional.empty() : Optional.of(new ProcStat(words[0].charAt(0),
                    Long.parseLong(words[FLAGS]), Long.parseLong(words[START])));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** It has ended; its entry stays until its parent asks for it, which may be never. */
    boolean ended() {
        return state == 'Z' || state == 'X';
    }

    boolean kernelThread() {
        return (flags & KERNEL_THREAD) != 0;
    }
}
