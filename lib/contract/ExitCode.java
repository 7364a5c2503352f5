package contract;

/** Exit codes that are not the outcome of a run; for those see {@link Status}. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int ERROR = 1;
    /** The command line was wrong: no run, no span. */
    public static final int USAGE = 2;

    /** {@code stack}: no container engine answers. */
    public static final int NO_ENGINE = 3;
    /** {@code stack}: somebody else holds a port. */
    public static final int PORT_TAKEN = 4;
    /** {@code stack}: a service did not become ready in time. */
    public static final int NOT_READY = 5;

    private static final int SIGNAL_BASE = 128;

    private ExitCode() {}

    /** The exit code of a process that a signal ended, as POSIX shells report it: 130 for SIGINT, 143 for SIGTERM. */
    public static int ofSignal(int signal) {
        return SIGNAL_BASE + signal;
    }
}
