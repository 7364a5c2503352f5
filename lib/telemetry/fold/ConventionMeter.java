package telemetry.fold;

import agent.ModelCall;
import agent.TokenUsage;
import contract.GenAi;
import contract.Metric;
import contract.Metrics;
import contract.Status;
import io.opentelemetry.api.trace.SpanContext;
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
    private final Points points;
    private final EventClock clock;
    private int tools;

    ConventionMeter(Set<Conventions> wanted, Points points, EventClock clock) {
        this.older = wanted.contains(Conventions.OLD);
        this.newer = wanted.contains(Conventions.NEW);
        this.points = points;
        this.clock = clock;
    }

    /** @param error null when there was none */
    void call(ModelCall call, ModelCall.Answer answer, Duration duration, String error, SpanContext span) {
        String operation = GenAi.operation(call.api());
        String provider = GenAi.provider(call.api());
        String model = answer.model().orElse(null);
        TokenUsage usage = answer.usage();
        if (older) {
            seconds(Metrics.GENAI_DURATION, duration, span, operation, provider, call.model(), model, call.server(),
                    call.port(), error);
            if (usage.total() > 0) {
                record(Metrics.GENAI_TOKENS, usage.input(), span, operation, provider, GenAi.INPUT, call.model(), model,
                        call.server(), call.port());
                record(Metrics.GENAI_TOKENS, usage.output(), span, operation, provider, GenAi.OUTPUT, call.model(), model,
                        call.server(), call.port());
            }
        }
        if (newer) {
            seconds(Metrics.INFERENCE_DURATION, duration, span, operation, provider, call.model(), model, call.server(),
                    call.port(), error);
            some(Metrics.INPUT_TOKENS, usage.input(), span, operation, provider, GenAi.MODALITY_UNKNOWN, call.model(), model);
            some(Metrics.OUTPUT_TOKENS, usage.output(), span, operation, provider, GenAi.MODALITY_UNKNOWN, call.model(), model);
            some(Metrics.CACHE_READ_TOKENS, usage.cacheRead(), span, operation, provider, GenAi.MODALITY_UNKNOWN, call.model(),
                    model);
            some(Metrics.CACHE_WRITE_TOKENS, usage.cacheCreation(), span, operation, provider, GenAi.MODALITY_UNKNOWN,
                    call.model(), model);
            some(Metrics.REASONING_TOKENS, usage.reasoning(), span, operation, provider, GenAi.MODALITY_UNKNOWN, call.model(),
                    model);
        }
    }

    void agentBegins() {
        tools = 0;
    }

    void tool(String tool, Duration duration, String error, SpanContext span) {
        tools++;
        if (newer) {
            seconds(Metrics.TOOL_CALL_DURATION, duration, span, tool, error);
        }
    }

    /** @param calls of its model, 0 when the agent does not say */
    void agent(String agent, Duration duration, int calls, String error, SpanContext span) {
        if (newer) {
            seconds(Metrics.AGENT_DURATION, duration, span, agent, error);
            some(Metrics.AGENT_CALLS, calls, span, agent);
            record(Metrics.AGENT_TOOLS, tools, span, agent);
        }
    }

    void workflow(Duration duration, Status status, SpanContext span) {
        if (newer) {
            seconds(Metrics.WORKFLOW_DURATION, duration, span, GenAi.PA, status.error() ? status.value() : null);
        }
    }

    private void some(Metric metric, long count, SpanContext span, Object... labels) {
        if (count > 0) {
            record(metric, count, span, labels);
        }
    }

    private void seconds(Metric metric, Duration duration, SpanContext span, Object... labels) {
        record(metric, duration.toNanos() / 1e9, span, labels);
    }

    private void record(Metric metric, double value, SpanContext span, Object... labels) {
        points.record(metric, value, clock.nanos(), span, labels);
    }
}
