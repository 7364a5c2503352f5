package telemetry.fold;

import agent.ModelCall;
import agent.TokenUsage;
import contract.GenAi;
import contract.Metrics;
import contract.Status;
import java.time.Duration;
import java.util.Set;
import telemetry.fold.RunScope.Conventions;

/**
 * The metrics of the GenAI conventions, in the generations that the user asked for. This is the one place that knows how
 * the two say the same.
 */
final class ConventionMeter {
    private final boolean older;
    private final boolean newer;
    private final Measures here;
    private int tools;

    ConventionMeter(Set<Conventions> wanted, Measures here) {
        this.older = wanted.contains(Conventions.OLD);
        this.newer = wanted.contains(Conventions.NEW);
        this.here = here;
    }

    /** @param error null when there was none */
    void call(ModelCall call, ModelCall.Answer answer, Duration duration, String error) {
        String operation = GenAi.operation(call.api());
        String provider = GenAi.provider(call.api());
        String model = answer.model().orElse(null);
        TokenUsage usage = answer.usage();
        if (older) {
            here.seconds(Metrics.GENAI_DURATION, duration, operation, provider, call.model(), model, call.server(),
                    call.port(), error);
            if (usage.total() > 0) {
                here.add(Metrics.GENAI_TOKENS, usage.input(), operation, provider, GenAi.INPUT, call.model(), model,
                        call.server(), call.port());
                here.add(Metrics.GENAI_TOKENS, usage.output(), operation, provider, GenAi.OUTPUT, call.model(), model,
                        call.server(), call.port());
            }
        }
        if (newer) {
            here.seconds(Metrics.INFERENCE_DURATION, duration, operation, provider, call.model(), model, call.server(),
                    call.port(), error);
            here.some(Metrics.INPUT_TOKENS, usage.input(), operation, provider, GenAi.MODALITY_UNKNOWN, call.model(), model);
            here.some(Metrics.OUTPUT_TOKENS, usage.output(), operation, provider, GenAi.MODALITY_UNKNOWN, call.model(), model);
            here.some(Metrics.CACHE_READ_TOKENS, usage.cacheRead(), operation, provider, GenAi.MODALITY_UNKNOWN, call.model(),
                    model);
            here.some(Metrics.CACHE_WRITE_TOKENS, usage.cacheCreation(), operation, provider, GenAi.MODALITY_UNKNOWN,
                    call.model(), model);
            here.some(Metrics.REASONING_TOKENS, usage.reasoning(), operation, provider, GenAi.MODALITY_UNKNOWN, call.model(),
                    model);
        }
    }

    void agentBegins() {
        tools = 0;
    }

    void tool(String tool, Duration duration, String error, Measures its) {
        tools++;
        if (newer) {
            its.seconds(Metrics.TOOL_CALL_DURATION, duration, tool, error);
        }
    }

    /** @param calls of its model, 0 when the agent does not say */
    void agent(String agent, Duration duration, int calls, String error) {
        if (newer) {
            here.seconds(Metrics.AGENT_DURATION, duration, agent, error);
            here.some(Metrics.AGENT_CALLS, calls, agent);
            here.add(Metrics.AGENT_TOOLS, tools, agent);
        }
    }

    void workflow(Duration duration, Status status) {
        if (newer) {
            here.seconds(Metrics.WORKFLOW_DURATION, duration, GenAi.PA, status.error() ? status.value() : null);
        }
    }
}
