package contract;

/** Event names of the log records that PA emits. */
public final class LogEvents {
    /**
     * A verification's verdict, by the GenAI conventions: attached to the operation that it judges (the worker's round), not
     * to the function that ran it.
     */
    public static final String EVALUATION = "gen_ai.evaluation.result";
    /** A model API or the worker tries something again. */
    public static final String RETRY = "pa.retry";
    public static final String STALL = "pa.stall";
    /** How the run ended. */
    public static final String TERMINATION = "pa.termination";

    private LogEvents() {}
}
