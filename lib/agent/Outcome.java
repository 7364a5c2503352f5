package agent;

import contract.ExitCode;
import contract.Status;

/**
 * How a run ended.
 *
 * @param exitCode of {@code status}, but for an interruption that of the signal
 * @param reason one sentence: what happened, which limit it was
 * @param next what a person can do now, a command where there is one; possibly empty
 */
public record Outcome(Status status, int exitCode, String reason, String next) {
    public static Outcome of(Status status, String reason, String next) {
        return new Outcome(status, status.exitCode(), reason, next);
    }

    /** Ended by a signal (1 for SIGHUP, 2 for SIGINT, 15 for SIGTERM). */
    public static Outcome interrupted(int signal, String next) {
        return new Outcome(Status.INTERRUPTED, ExitCode.ofSignal(signal),
                "interrupted by " + (signal == 15 ? "SIGTERM" : signal == 1 ? "SIGHUP" : "SIGINT"), next);
    }
}
