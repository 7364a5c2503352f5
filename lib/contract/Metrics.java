package contract;

import java.util.ArrayList;
import java.util.List;

/**
 * Every metric that PA emits: code, dashboards, the embedded page and the documentation read them here.
 *
 * <p>Series are a cost: each set of labels of a histogram is one series per boundary and three more. So ours have no
 * boundaries but what a panel needs; quantiles come from the spans, which have every duration exactly. The GenAI
 * conventions' metrics are sent only where the user asked for them, with the conventions' own boundaries.
 */
public final class Metrics {
    /** Seconds of a call of a model: a panel shows the share of slow ones. */
    private static final List<Double> SLOW_CALL = List.of(10.0);
    /** Sum and count alone, which is the bucket of +Inf and carries the exemplars: a mean is what is read. */
    private static final List<Double> NO_BOUNDS = List.of();
    /** As the GenAI conventions have them, for durations. */
    private static final List<Double> CONVENTION_SECONDS = doubling(0.01, 14);
    /** As the GenAI conventions have them, for tokens: powers of four. */
    private static final List<Double> CONVENTION_TOKENS = powersOfFour(14);
    /** As the GenAI conventions have them, for calls within one agent's turn. */
    private static final List<Double> CONVENTION_CALLS = List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0);

    /** As the GenAI conventions have them, for an invocation of an agent and for a workflow. */
    private static final List<Double> AGENT_SECONDS = doubling(0.1, 13);
    private static final List<Double> WORKFLOW_SECONDS =
            List.of(1.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0);

    private static final List<Metric> ALL = new ArrayList<>();

    public static final Metric TASKS_STARTED = counter("agentproxy.tasks.started", "1", "Tasks begun");
    public static final Metric TASKS_COMPLETED = counter("agentproxy.tasks.completed", "1", "Tasks ended, by outcome", "status");
    public static final Metric TASK_DURATION =
            histogram("agentproxy.task.duration", "s", "Duration of tasks", NO_BOUNDS, "status");
    public static final Metric DECISIONS = counter("agentproxy.pa.decisions", "1", "Decisions of the reasoner", "function");
    public static final Metric REASONING_DURATION =
            histogram("agentproxy.pa.reasoning.duration", "s", "Duration of one decision", NO_BOUNDS);
    /** Of every judge, whatever its API: the name is the original's. */
    public static final Metric GEMINI_DURATION = histogram("agentproxy.gemini.api.duration", "s",
            "Duration of one logical call of a judge's model, retries included", SLOW_CALL, "api", "model", "error.type");
    public static final Metric API_REQUESTS =
            counter("agentproxy.api.requests", "1", "Requests sent to model APIs", "api", "model");
    public static final Metric API_ERRORS = counter("agentproxy.api.errors", "1", "Failed requests", "api", "error.type");
    /** Of every worker: the name is the original's. */
    public static final Metric CLAUDE_ITERATIONS =
            counter("agentproxy.claude.iterations", "1", "Rounds of the worker", "worker", "result");
    public static final Metric CLAUDE_DURATION =
            histogram("agentproxy.claude.duration", "s", "Duration of a round of the worker", NO_BOUNDS, "worker", "result");
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
            "From the tool's request to its result", NO_BOUNDS, "tool_name");
    public static final Metric LINES_ADDED = counter("agentproxy.code.lines_added", "1", "Lines added by the worker");
    public static final Metric LINES_REMOVED = counter("agentproxy.code.lines_removed", "1", "Lines removed by the worker");
    public static final Metric FILES_MODIFIED = counter("agentproxy.code.files_modified", "1", "Files changed by the worker");
    public static final Metric STALLS = counter("agentproxy.stall.detections", "1", "Stalls noticed", "pattern");
    public static final Metric EVIDENCE = counter("agentproxy.evidence", "1",
            "Tasks ended, by how well it is shown that they are done", "level");
    public static final Metric TASK_ROUNDS =
            histogram("agentproxy.task.rounds", "{round}", "Rounds of the worker in a task", NO_BOUNDS, "status");

    // The GenAI conventions, older generation
    public static final Metric GENAI_DURATION = new Metric("gen_ai.client.operation.duration",
            Metric.Kind.HISTOGRAM, "s", "GenAI operation duration", List.of(Keys.OPERATION, Keys.PROVIDER,
            Keys.REQUEST_MODEL, Keys.RESPONSE_MODEL, Keys.SERVER_ADDRESS, Keys.SERVER_PORT,
            Keys.ERROR_TYPE), CONVENTION_SECONDS);
    public static final Metric GENAI_TOKENS = new Metric("gen_ai.client.token.usage", Metric.Kind.HISTOGRAM,
            "{token}", "Number of input and output tokens used", List.of(Keys.OPERATION, Keys.PROVIDER,
            Keys.TOKEN_TYPE, Keys.REQUEST_MODEL, Keys.RESPONSE_MODEL, Keys.SERVER_ADDRESS,
            Keys.SERVER_PORT), CONVENTION_TOKENS);

    // The GenAI conventions, newer generation
    public static final Metric INFERENCE_DURATION = new Metric("gen_ai.client.inference.duration",
            Metric.Kind.HISTOGRAM, "s", "Duration of an inference", List.of(Keys.OPERATION, Keys.PROVIDER,
            Keys.REQUEST_MODEL, Keys.RESPONSE_MODEL, Keys.SERVER_ADDRESS, Keys.SERVER_PORT,
            Keys.ERROR_TYPE), CONVENTION_SECONDS);
    public static final Metric INPUT_TOKENS = usage("input_tokens", "Input tokens, cached ones included");
    public static final Metric OUTPUT_TOKENS = usage("output_tokens", "Output tokens, reasoning included");
    public static final Metric CACHE_READ_TOKENS = usage("cache_read.input_tokens", "Input tokens read from a cache");
    public static final Metric CACHE_WRITE_TOKENS = usage("cache_write.input_tokens", "Input tokens written to a cache");
    public static final Metric REASONING_TOKENS = usage("reasoning.output_tokens", "Output tokens used for reasoning");
    public static final Metric AGENT_DURATION = new Metric("gen_ai.invoke_agent.duration",
            Metric.Kind.HISTOGRAM, "s", "Duration of one invocation of an agent",
            List.of(Keys.AGENT_NAME, Keys.ERROR_TYPE), AGENT_SECONDS);
    public static final Metric AGENT_CALLS = new Metric("gen_ai.invoke_agent.inference_calls",
            Metric.Kind.HISTOGRAM, "{inference_call}", "Inference calls of one invocation of an agent",
            List.of(Keys.AGENT_NAME), CONVENTION_CALLS);
    public static final Metric AGENT_TOOLS = new Metric("gen_ai.invoke_agent.tool_calls",
            Metric.Kind.HISTOGRAM, "{tool_call}", "Tool calls of one invocation of an agent",
            List.of(Keys.AGENT_NAME), CONVENTION_CALLS);
    public static final Metric TOOL_CALL_DURATION = new Metric("gen_ai.execute_tool.duration",
            Metric.Kind.HISTOGRAM, "s", "Duration of one execution of a tool",
            List.of(Keys.TOOL_NAME, Keys.ERROR_TYPE), CONVENTION_SECONDS);
    public static final Metric WORKFLOW_DURATION = new Metric("gen_ai.invoke_workflow.duration",
            Metric.Kind.HISTOGRAM, "s", "Duration of a workflow",
            List.of(Keys.WORKFLOW_NAME, Keys.ERROR_TYPE), WORKFLOW_SECONDS);

    private Metrics() {}

    /** Those that every run sends, in the order of the contract. */
    public static List<Metric> all() {
        return List.copyOf(ALL);
    }

    private static Metric usage(String name, String description) {
        return new Metric("gen_ai.client.inference.usage." + name, Metric.Kind.COUNTER, "{token}", description,
                List.of(Keys.OPERATION, Keys.PROVIDER, Keys.TOKEN_MODALITY, Keys.REQUEST_MODEL,
                Keys.RESPONSE_MODEL),
                List.of());
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
