package contract;

import java.util.ArrayList;
import java.util.List;

/** Every metric that PA emits: code, dashboards, the embedded page and the documentation read them here. */
public final class Metrics {
    /** Seconds that fit calls of models and tools, as the GenAI conventions have them. */
    private static final List<Double> CALL_SECONDS = doubling(0.01, 14);
    /** Seconds that fit whole tasks: from 1 second to 2 hours. */
    private static final List<Double> TASK_SECONDS =
            List.of(1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0);
    /** Token counts: powers of four, as the GenAI conventions have them. */
    private static final List<Double> TOKENS_PER_CALL = powersOfFour(14);

    private static final List<Metric> ALL = new ArrayList<>();

    public static final Metric TASKS_STARTED = counter("agentproxy.tasks.started", "1", "Tasks begun");
    public static final Metric TASKS_COMPLETED = counter("agentproxy.tasks.completed", "1", "Tasks ended, by outcome", "status");
    public static final Metric TASK_DURATION =
            histogram("agentproxy.task.duration", "s", "Duration of tasks", TASK_SECONDS, "status");
    public static final Metric DECISIONS = counter("agentproxy.pa.decisions", "1", "Decisions of the reasoner", "function");
    public static final Metric REASONING_DURATION =
            histogram("agentproxy.pa.reasoning.duration", "s", "Duration of one decision", CALL_SECONDS);
    public static final Metric GEMINI_DURATION = histogram("agentproxy.gemini.api.duration", "s",
            "Duration of one logical Gemini call, retries included", CALL_SECONDS, "model", "error.type");
    public static final Metric API_REQUESTS =
            counter("agentproxy.api.requests", "1", "Requests sent to model APIs", "api", "model");
    public static final Metric API_ERRORS = counter("agentproxy.api.errors", "1", "Failed requests", "api", "error.type");
    public static final Metric CLAUDE_ITERATIONS = counter("agentproxy.claude.iterations", "1", "Worker runs", "result");
    public static final Metric CLAUDE_DURATION =
            histogram("agentproxy.claude.duration", "s", "Duration of a worker run", TASK_SECONDS, "result");
    public static final Metric VERIFICATIONS =
            counter("agentproxy.verifications", "1", "Verifications, by verdict", "type", "result");
    public static final Metric SESSIONS_ACTIVE =
            register(new Metric("agentproxy.sessions.active", Metric.Kind.UP_DOWN_COUNTER, "{session}",
                    "PA sessions that run now", List.of(), List.of()));
    /** {@code input} holds what was cached and {@code output} what was thought: sum those two, the others are parts. */
    public static final Metric TOKENS =
            counter("agentproxy.tokens", "{token}", "Tokens, by model and type", "api", "model", "type");
    public static final Metric COST = counter("agentproxy.cost", "USD", "Cost where the price is known", "api", "model");
    public static final Metric TOOL_EXECUTIONS =
            counter("agentproxy.tools.executions", "1", "Tools that ended", "tool_name", "success");
    public static final Metric TOOL_DURATION = histogram("agentproxy.tools.duration", "s",
            "From the tool's request to its result", CALL_SECONDS, "tool_name", "success");
    public static final Metric LINES_ADDED = counter("agentproxy.code.lines_added", "1", "Lines added by the worker");
    public static final Metric LINES_REMOVED = counter("agentproxy.code.lines_removed", "1", "Lines removed by the worker");
    public static final Metric FILES_MODIFIED = counter("agentproxy.code.files_modified", "1", "Files changed by the worker");
    public static final Metric STALLS = counter("agentproxy.stall.detections", "1", "Stalls noticed", "pattern");
    public static final Metric GENAI_DURATION = histogram("gen_ai.client.operation.duration", "s",
            "GenAI operation duration", CALL_SECONDS, Attributes.OPERATION, Attributes.PROVIDER, Attributes.REQUEST_MODEL,
            Attributes.RESPONSE_MODEL, Attributes.SERVER_ADDRESS, Attributes.SERVER_PORT, Attributes.ERROR_TYPE);
    public static final Metric GENAI_TOKENS = histogram("gen_ai.client.token.usage", "{token}",
            "Number of input and output tokens used", TOKENS_PER_CALL, Attributes.OPERATION, Attributes.PROVIDER,
            Attributes.TOKEN_TYPE, Attributes.REQUEST_MODEL, Attributes.RESPONSE_MODEL, Attributes.SERVER_ADDRESS,
            Attributes.SERVER_PORT);

    /** Not among {@link #all} before a run reports its evidence. */
    public static final Metric EVIDENCE = new Metric("agentproxy.evidence", Metric.Kind.COUNTER, "1",
            "Tasks ended, by how well it is shown that they are done", List.of("level"), List.of());

    private Metrics() {}

    /** All of them, in the order of the contract. */
    public static List<Metric> all() {
        return List.copyOf(ALL);
    }

    private static Metric counter(String name, String unit, String description, String... attributes) {
        return register(new Metric(name, Metric.Kind.COUNTER, unit, description, List.of(attributes), List.of()));
    }

    private static Metric histogram(String name, String unit, String description, List<Double> bounds, String... attributes) {
        return register(new Metric(name, Metric.Kind.HISTOGRAM, unit, description, List.of(attributes), bounds));
    }

    private static Metric register(Metric metric) {
        ALL.add(metric);
        return metric;
    }

    private static List<Double> doubling(double first, int count) {
        List<Double> bounds = new ArrayList<>();
        // From whole hundredths, so that no boundary carries a rounding error into a series' name.
        long hundredths = Math.round(first * 100);
        for (int i = 0; i < count; i++, hundredths *= 2) {
            bounds.add(hundredths / 100.0);
        }
        return List.copyOf(bounds);
    }

    private static List<Double> powersOfFour(int count) {
        List<Double> bounds = new ArrayList<>();
        double bound = 1;
        for (int i = 0; i < count; i++, bound *= 4) {
            bounds.add(bound);
        }
        return List.copyOf(bounds);
    }
}
