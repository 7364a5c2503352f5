package process;

/**
 * A command could not be started at all: nothing of it ran. Checked, because the caller has to decide what that means; for a
 * verification it means that nothing was verified.
 */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, as far as the operating system tells. */
    public enum Reason {
        /** There is no such program, or the interpreter that its first line names is not there. */
        NOT_FOUND,
        /** There is such a file, but it is a folder, lacks the permission, or is of no format that this machine runs. */
        NOT_EXECUTABLE,
        /** The working directory is not there or no folder. */
        NO_DIRECTORY,
        /** Anything else: too many processes, arguments too long, a character that no argument may hold. */
        OTHER
    }

    private final Reason reason;
    private final String hint;

    CannotStart(Reason reason, String message, String hint) {
        this(reason, message, hint, null);
    }

    CannotStart(Reason reason, String message, String hint, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.hint = hint;
    }

    public Reason reason() {
        return reason;
    }

    /** What to do about it, possibly empty. */
    public String hint() {
        return hint;
    }
}
