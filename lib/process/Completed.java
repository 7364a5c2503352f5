package process;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The result of a command that ended by itself or at its time limit.
 *
 * @param exitCode empty when the time limit ended the command; 128+n when signal n killed it
 * @param output standard output and standard error in the order of writing, up to a limit
 * @param truncated whether a part is missing from {@code output}, which then says how much
 * @param leftBehind number of processes that outlived the command and were ended
 */
public record Completed(OptionalInt exitCode, boolean timedOut, String output, boolean truncated, Duration duration,
        int leftBehind) {
    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    public boolean succeeded() {
        return exitCode.isPresent() && exitCode.getAsInt() == 0;
    }

    /**
     * The signal that killed the command, from its exit code. A shell reports its own killed child with the same code, and a program may
     * return such a code by itself: the three cases cannot be distinguished afterwards.
     */
    public OptionalInt signal() {
        int code = exitCode.orElse(0);
        return code > SIGNAL_BASE && code <= SIGNAL_BASE + LAST_SIGNAL
                ? OptionalInt.of(code - SIGNAL_BASE) : OptionalInt.empty();
    }

    /** The end of the command in a few words: {@code exit code 1}, {@code killed by SIGKILL (exit code 137)}. */
    public String ending() {
        if (timedOut) {
            return "did not end within " + Durations.text(duration) + " and was ended";
        }
        if (signal().isPresent()) {
            return "killed by " + name(signal().getAsInt()) + " (exit code " + exitCode.getAsInt() + ")";
        }
        return "exit code " + exitCode.orElseThrow();
    }

    /** Only signals with the same number on Linux and macOS get a name. */
    private static String name(int signal) {
        return switch (signal) {
            case 1 -> "SIGHUP";
            case 2 -> "SIGINT";
            case 3 -> "SIGQUIT";
            case 4 -> "SIGILL";
            case 6 -> "SIGABRT";
            case 8 -> "SIGFPE";
            case 9 -> "SIGKILL";
            case 11 -> "SIGSEGV";
            case 13 -> "SIGPIPE";
            case 14 -> "SIGALRM";
            case 15 -> "SIGTERM";
            default -> "signal " + signal;
        };
    }
}
