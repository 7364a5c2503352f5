package contract;

/** Names of the spans that PA makes. */
public final class Spans {
    public static final String RUN_TASK = "pa.run_task";
    /** The root of a verdict over a change, without a run. */
    public static final String VERIFY = "pa.verify";
    public static final String SELF_CHECK = "pa.self_check";
    /** The rounds of Claude Code; those of others by {@link #worker}. */
    public static final String WORKER = "claude.subprocess";
    public static final String REASONING = "pa.reasoning_loop";
    /** Followed by the function's name. */
    public static final String FUNCTION_PREFIX = "pa.function.";
    /** Followed by the tool's name, as the GenAI conventions have it. */
    public static final String TOOL_PREFIX = "execute_tool ";

    /** Span event: what went wrong, by OpenTelemetry's exception conventions. */
    public static final String EXCEPTION_EVENT = "exception";
    /** Span event on a model call: a request of it failed. */
    public static final String ATTEMPT_EVENT = "pa.attempt.failed";

    private Spans() {}

    /** The span of a round of this worker, for instance {@code codex.subprocess}. */
    public static String worker(String worker) {
        return worker + ".subprocess";
    }

    /** The span of a call of this API, for instance {@code openai.api.call}. */
    public static String call(String api) {
        return api + ".api.call";
    }
}
