package telemetry.fold;

import agent.CheckPlace;
import agent.Evidence;
import agent.ModelCall;
import agent.Problem;
import agent.RunEvent;
import agent.TokenUsage;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Verification;
import contract.GenAi;
import contract.Metric;
import contract.Metrics;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.util.Optional;

/** Makes the metrics of the contract from the events of a run. A series is there once something was counted on it. */
final class RunMeter {
    private static final String SUCCESS = "success";

    private final Points points;
    private final EventClock clock;
    private final ConventionMeter conventions;
    private String worker = "";
    private boolean active;
    private boolean roundUnobserved;
    private int failedAttempts;
    private Optional<Evidence> evidence = Optional.empty();

    RunMeter(Points points, EventClock clock, RunScope run) {
        this.points = points;
        this.clock = clock;
        this.conventions = new ConventionMeter(run.conventions(), points, clock);
    }

    void started(RunEvent.RunStarted event, SpanContext span) {
        worker = event.worker();
        points.rehearsal(event.rehearsal());
        active = true;
        add(Metrics.TASKS_STARTED, 1, span);
        add(Metrics.SESSIONS_ACTIVE, 1, span);
    }

    void ended(RunEvent.RunEnded event, SpanContext span) {
        String status = event.outcome().status().value();
        add(Metrics.TASKS_COMPLETED, 1, span, status);
        seconds(Metrics.TASK_DURATION, event.totals().duration(), span, status);
        evidence.ifPresent(e -> add(Metrics.EVIDENCE, 1, span, e.level().value()));
        add(Metrics.TASK_ROUNDS, event.totals().rounds(), span, status);
        conventions.workflow(event.totals().duration(), event.outcome().status(), span);
        inactive(span);
    }

    void ended(RunEvent.VerifyEnded event, SpanContext span) {
        evidence.ifPresent(e -> add(Metrics.EVIDENCE, 1, span, e.level().value()));
    }

    /** In the copy no point is made: a check on the files of before fails as it should, and would count as a failure. */
    void ended(RunEvent.CheckEnded event, SpanContext span) {
        if (event.place() == CheckPlace.TREE) {
            verified(event.verification(), span);
        }
    }

    void judged(RunEvent.Judged event) {
        evidence = Optional.of(event.evidence());
    }

    /** The session is over, whether its end was told or not. */
    void inactive(SpanContext span) {
        if (active) {
            active = false;
            add(Metrics.SESSIONS_ACTIVE, -1, span);
        }
    }

    void started(RunEvent.WorkerStarted event) {
        conventions.agentBegins();
    }

    void ended(RunEvent.WorkerEnded event, SpanContext span) {
        WorkerReport report = event.report();
        String error = report.error().map(Problem::value).orElse(null);
        String result = error == null ? SUCCESS : error;
        add(Metrics.CLAUDE_ITERATIONS, 1, span, worker, result);
        seconds(Metrics.CLAUDE_DURATION, event.duration(), span, worker, result);
        consumed(worker, report.model().orElse(null), report.usage(), report.cost(), span);
        conventions.agent(GenAi.agent(worker), event.duration(), report.turns(), error, span);
        roundUnobserved = true;
    }

    /** Only what the worker changed counts: what is seen first after its round, not what a check leaves behind. */
    void observed(RunEvent.TreeObserved event, SpanContext span) {
        if (roundUnobserved) {
            roundUnobserved = false;
            some(Metrics.LINES_ADDED, event.changes().linesAdded(), span);
            some(Metrics.LINES_REMOVED, event.changes().linesRemoved(), span);
            some(Metrics.FILES_MODIFIED, event.changes().paths().size(), span);
        }
    }

    void ended(RunEvent.ToolEnded event, SpanContext span) {
        String tool = ToolNames.bounded(event.tool());
        boolean success = event.success() && !event.interrupted();
        add(Metrics.TOOL_EXECUTIONS, 1, span, tool, Boolean.toString(success));
        seconds(Metrics.TOOL_DURATION, event.duration(), span, tool);
        conventions.tool(tool, event.duration(), success ? null : event.interrupted() ? Failures.INTERRUPTED
                : Failures.TOOL_ERROR, span);
    }

    void ended(RunEvent.FunctionEnded event, SpanContext span) {
        event.result().verification().ifPresent(v -> verified(v, span));
    }

    private void verified(Verification verification, SpanContext span) {
        add(Metrics.VERIFICATIONS, 1, span, verification.type().value(), verification.verdict().value());
    }

    void ended(RunEvent.ReasoningEnded event, SpanContext span) {
        seconds(Metrics.REASONING_DURATION, event.duration(), span);
        event.reasoning().ifPresent(reasoning ->
                add(Metrics.DECISIONS, 1, span, reasoning.decision().function().value()));
    }

    void started(RunEvent.ModelCallStarted event) {
        failedAttempts = 0;
    }

    void attempt(RunEvent.AttemptFailed event, SpanContext span) {
        failedAttempts++;
        add(Metrics.API_ERRORS, 1, span, event.call().api(), event.attempt().errorValue());
    }

    void ended(RunEvent.ModelCallEnded event, SpanContext span) {
        ModelCall call = event.call();
        ModelCall.Answer answer = event.answer();
        String model = answer.model().orElse(call.model());
        String error = answer.error().map(Problem::value).orElse(null);
        seconds(Metrics.GEMINI_DURATION, event.duration(), span, call.api(), model, error);
        add(Metrics.API_REQUESTS, answer.attempts(), span, call.api(), model);
        if (error != null && failedAttempts < answer.attempts()) {
            // The last request was answered, and the answer was of no use.
            add(Metrics.API_ERRORS, 1, span, call.api(), error);
        }
        consumed(call.api(), model, answer.usage(), answer.cost(), span);
        conventions.call(call, answer, event.duration(), error, span);
    }

    private void consumed(String api, String model, TokenUsage usage, Optional<Usd> cost, SpanContext span) {
        some(Metrics.TOKENS, usage.input(), span, api, model, GenAi.INPUT);
        some(Metrics.TOKENS, usage.output(), span, api, model, GenAi.OUTPUT);
        some(Metrics.TOKENS, usage.cacheRead(), span, api, model, GenAi.CACHE_READ);
        some(Metrics.TOKENS, usage.cacheCreation(), span, api, model, GenAi.CACHE_CREATION);
        some(Metrics.TOKENS, usage.reasoning(), span, api, model, GenAi.REASONING);
        cost.ifPresent(usd -> add(Metrics.COST, usd.toDouble(), span, api, model));
    }

    void stalled(RunEvent.StallDetected event, SpanContext span) {
        add(Metrics.STALLS, 1, span, event.pattern().value());
    }

    private void some(Metric metric, long count, SpanContext span, Object... labels) {
        if (count > 0) {
            add(metric, count, span, labels);
        }
    }

    private void seconds(Metric metric, Duration duration, SpanContext span, Object... labels) {
        add(metric, duration.toNanos() / 1e9, span, labels);
    }

    private void add(Metric metric, double value, SpanContext span, Object... labels) {
        points.record(metric, value, clock.nanos(), span, labels);
    }
}
