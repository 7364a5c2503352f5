package process;

/**
 * A command could not be started: nothing of it ran. A checked exception, because the caller has to decide what that means; a
 * verification then counts as not done.
 */
public final class CannotStart extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reason, as far as the operating system tells it. */
    public enum Reason {
        /** The program is missing, or the interpreter in its first line is missing. */
        NOT_FOUND,
        /** The file exists, but it is a folder, has no execute permission, or has a format that this machine cannot run. */
        NOT_EXECUTABLE,
        /** The working directory is missing or not a folder. */
        NO_DIRECTORY,
        /** Any other reason: too many processes, arguments too long, a character that is not allowed in an argument. */
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

    /** What the user can do about it, possibly empty. */
    public String hint() {
        return hint;
    }
}
