package contract;

/** Event names of the log records that PA emits. */
public final class LogEvents {
    /**
     * A verification's verdict, by the GenAI conventions: attached to the operation that it judges (the worker's round), not
     * to the function that ran it.
     */
    public static final String EVALUATION = "gen_ai.evaluation.result";
    /** Opt-in content of a call or a round, by the GenAI conventions. */
    public static final String DETAILS = "gen_ai.client.inference.operation.details";
    /** A call of a model failed, by the GenAI conventions. */
    public static final String CALL_EXCEPTION = "gen_ai.client.operation.exception";
    /** A function or a tool failed, by the GenAI conventions. */
    public static final String TOOL_EXCEPTION = "gen_ai.execute_tool.exception";
    /** Anything else failed. */
    public static final String EXCEPTION = "pa.exception";
    /** A model API or the worker tries something again. */
    public static final String RETRY = "pa.retry";
    public static final String STALL = "pa.stall";
    /** How the run ended. */
    public static final String TERMINATION = "pa.termination";

    private LogEvents() {}
}
