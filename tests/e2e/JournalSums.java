package e2e;

import agent.ModelCall;
import agent.RunEvent;
import agent.TokenUsage;
import agent.Usd;
import agent.WorkerReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the metrics of a run must add up to, computed from its journal alone. A series is written like
 * {@code agentproxy.tokens[gemini, model, input]}, its labels in the order of the contract; a histogram has two, its count
 * and its sum.
 */
final class JournalSums {
    private final Map<String, BigDecimal> sums = new TreeMap<>();
    private boolean roundUnobserved;
    private Optional<String> evidence = Optional.empty();

    /** Adds a run's events. */
    void add(List<RunEvent> events) {
        events.forEach(this::add);
    }

    /** All series that are not zero. */
    Map<String, BigDecimal> sums() {
        Map<String, BigDecimal> nonzero = new TreeMap<>();
        sums.forEach((series, sum) -> {
            if (sum.signum() != 0) {
                nonzero.put(series, sum.stripTrailingZeros());
            }
        });
        return nonzero;
    }

    private void add(RunEvent event) {
        if (event instanceof RunEvent.RunStarted) {
            count("agentproxy.tasks.started");
        } else if (event instanceof RunEvent.RunEnded e) {
            evidence.ifPresent(level -> count("agentproxy.evidence", level));
            evidence = Optional.empty();
            count("agentproxy.tasks.completed", e.outcome().status().value());
            duration("agentproxy.task.duration", e.totals().duration(), e.outcome().status().value());
            plus("agentproxy.task.rounds_count", 1, e.outcome().status().value());
            plus("agentproxy.task.rounds_sum", e.totals().rounds(), e.outcome().status().value());
        } else if (event instanceof RunEvent.WorkerEnded e) {
            WorkerReport report = e.report();
            String result = report.error().map(p -> p.value()).orElse("success");
            count("agentproxy.claude.iterations", "claude", result);
            duration("agentproxy.claude.duration", e.duration(), "claude", result);
            used("claude", report.agent().model().orElse(""), report.effort().usage(), report.effort().cost());
            roundUnobserved = true;
        } else if (event instanceof RunEvent.TreeObserved e && roundUnobserved) {
            roundUnobserved = false;
            plus("agentproxy.code.lines_added", e.changes().linesAdded());
            plus("agentproxy.code.lines_removed", e.changes().linesRemoved());
            plus("agentproxy.code.files_modified", e.changes().paths().size());
        } else if (event instanceof RunEvent.ToolEnded e) {
            count("agentproxy.tools.executions", e.tool(), Boolean.toString(e.success()));
            duration("agentproxy.tools.duration", e.duration(), e.tool());
        } else if (event instanceof RunEvent.FunctionEnded e) {
            e.result().verification().ifPresent(v ->
                    count("agentproxy.verifications", v.type().value(), v.verdict().value()));
        } else if (event instanceof RunEvent.Judged e) {
            evidence = Optional.of(e.evidence().level().value());
        } else if (event instanceof RunEvent.ReasoningEnded e) {
            duration("agentproxy.pa.reasoning.duration", e.duration());
            e.reasoning().ifPresent(r -> count("agentproxy.pa.decisions", r.decision().function().value()));
        } else if (event instanceof RunEvent.ModelCallEnded e) {
            called(e);
        } else if (event instanceof RunEvent.StallDetected e) {
            count("agentproxy.stall.detections", e.pattern().value());
        }
    }

    private void called(RunEvent.ModelCallEnded e) {
        ModelCall.Answer answer = e.answer();
        String model = answer.model().orElseThrow();
        plus("agentproxy.api.requests", answer.attempts(), "gemini", model);
        duration("agentproxy.gemini.api.duration", e.duration(), "gemini", model);
        used("gemini", model, answer.usage(), answer.cost());
    }

    private void used(String api, String model, TokenUsage usage, Optional<Usd> cost) {
        plus("agentproxy.tokens", usage.input(), api, model, "input");
        plus("agentproxy.tokens", usage.output(), api, model, "output");
        plus("agentproxy.tokens", usage.cacheRead(), api, model, "cache_read");
        plus("agentproxy.tokens", usage.cacheCreation(), api, model, "cache_creation");
        plus("agentproxy.tokens", usage.reasoning(), api, model, "reasoning");
        plus("agentproxy.cost", cost.orElseThrow().amount(), api, model);
    }

    private void duration(String name, Duration duration, String... labels) {
        plus(name + "_count", 1, labels);
        plus(name + "_sum", BigDecimal.valueOf(duration.toNanos(), 9), labels);
    }

    private void count(String name, String... labels) {
        plus(name, 1, labels);
    }

    private void plus(String name, long value, String... labels) {
        plus(name, BigDecimal.valueOf(value), labels);
    }

    private void plus(String name, BigDecimal value, String... labels) {
        sums.merge(name + List.of(labels), value, BigDecimal::add);
    }
}
