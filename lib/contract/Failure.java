package contract;

import java.util.Objects;

/**
 * Something went wrong and a person should read about it: what, and what to do next. One place turns it into lines on
 * stderr and an exit code; no stack trace is shown unless asked for.
 */
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;
    private final int exitCode;

    /**
     * @param message what was wrong and where, one sentence without a final stop
     * @param hint what to do next; empty when there is nothing to say
     * @param exitCode one of {@link ExitCode} or of {@link Status}
     */
    public Failure(String message, String hint, int exitCode) {
        super(message);
        this.hint = hint;
        this.exitCode = exitCode;
    }

    public Failure(String message, String hint, int exitCode, Throwable cause) {
        super(message, cause);
        this.hint = hint;
        this.exitCode = exitCode;
    }

    /** The command line, an option or a file that a user gave is wrong. */
    public static Failure usage(String message, String hint) {
        return new Failure(message, hint, ExitCode.USAGE);
    }

    /** Something that the run needs is not there; the exit code of {@link Status#FAILED_SELF_CHECK}. */
    public static Failure selfCheck(String message, String hint) {
        return new Failure(message, hint, Status.FAILED_SELF_CHECK.exitCode());
    }

    public static Failure error(String message, String hint, Throwable cause) {
        return new Failure(message, hint, ExitCode.ERROR, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }

    /** What to do next, possibly empty. */
    public String hint() {
        return hint;
    }

    public int exitCode() {
        return exitCode;
    }
}
