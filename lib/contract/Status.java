package contract;

/** How a run of {@code pa} ended: the value of {@code pa.status} and the exit code that belongs to it. */
public enum Status {
    /** Done, and earned: clean worker, and what had to be verified passed in this state of the tree. */
    COMPLETED("completed", 0),
    /** Anything that has no name of its own. */
    ERROR("error", 1),
    MAX_ITERATIONS("max_iterations", 3),
    /** The money limit of the run, or the worker's own budget. */
    BUDGET_EXCEEDED("budget_exceeded", 4),
    STALLED("stalled", 5),
    /** The reasoner gave up while verification was red; a limit that is reached keeps its own status. */
    VERIFICATION_FAILED("verification_failed", 6),
    /** No key, a bad key, no worker, no working directory. */
    FAILED_SELF_CHECK("failed_self_check", 7),
    TIMEOUT("timeout", 8),
    /** Saved on purpose, to be resumed. */
    STOPPED("stopped", 9),
    /** The work was done and nothing fails, but nothing shows that the task is done: no failure, and not done. */
    UNPROVEN("unproven", 10),
    /** SIGINT; SIGTERM has exit code 143, see {@link ExitCode#ofSignal}. */
    INTERRUPTED("interrupted", 130);

    private final String value;
    private final int exitCode;

    Status(String value, int exitCode) {
        this.value = value;
        this.exitCode = exitCode;
    }

    /** The value of {@code pa.status}, for instance {@code max_iterations}. */
    public String value() {
        return value;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Whether spans, logs and alerts call it an error; saved on purpose and not proven are none. */
    public boolean error() {
        return this != COMPLETED && this != STOPPED && this != UNPROVEN;
    }
}
