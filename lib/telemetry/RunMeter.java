package telemetry;

import agent.FunctionName;
import agent.ModelCall;
import agent.Problem;
import agent.RunEvent;
import agent.StallPattern;
import agent.TokenUsage;
import agent.Usd;
import agent.Verification;
import agent.WorkerReport;
import contract.GenAi;
import contract.Metric;
import contract.Metrics;
import contract.Status;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Optional;

/** Makes the metrics of the contract from the events of a run. */
final class RunMeter {
    private static final String SUCCESS = "success";

    private final Instruments instruments;
    private String worker = "";
    private boolean active;
    private boolean roundUnobserved;
    private int failedAttempts;

    RunMeter(Instruments instruments) {
        this.instruments = instruments;
    }

    /** A zero for every counter whose attributes are known beforehand: a series that begins at 1 has no increase. */
    void zeros() {
        add(Metrics.TASKS_STARTED, 0, Context.root());
        for (Status status : Status.values()) {
            add(Metrics.TASKS_COMPLETED, 0, Context.root(), status.value());
        }
        for (FunctionName function : FunctionName.values()) {
            add(Metrics.DECISIONS, 0, Context.root(), function.value());
        }
        for (Verification.Type type : Verification.Type.values()) {
            for (Verification.Verdict verdict : Verification.Verdict.values()) {
                add(Metrics.VERIFICATIONS, 0, Context.root(), type.value(), verdict.value());
            }
        }
        for (StallPattern pattern : StallPattern.values()) {
            add(Metrics.STALLS, 0, Context.root(), pattern.value());
        }
        add(Metrics.CLAUDE_ITERATIONS, 0, Context.root(), SUCCESS);
        add(Metrics.LINES_ADDED, 0, Context.root());
        add(Metrics.LINES_REMOVED, 0, Context.root());
        add(Metrics.FILES_MODIFIED, 0, Context.root());
        add(Metrics.SESSIONS_ACTIVE, 0, Context.root());
    }

    void started(RunEvent.RunStarted event, Context context) {
        worker = event.worker();
        active = true;
        add(Metrics.TASKS_STARTED, 1, context);
        add(Metrics.SESSIONS_ACTIVE, 1, context);
    }

    void ended(RunEvent.RunEnded event, Context context) {
        String status = event.outcome().status().value();
        add(Metrics.TASKS_COMPLETED, 1, context, status);
        seconds(Metrics.TASK_DURATION, event.totals().duration(), context, status);
        inactive(context);
    }

    /** The session is over, whether its end was told or not. */
    void inactive(Context context) {
        if (active) {
            active = false;
            add(Metrics.SESSIONS_ACTIVE, -1, context);
        }
    }

    void ended(RunEvent.WorkerEnded event, Context context) {
        WorkerReport report = event.report();
        String result = report.error().map(Problem::value).orElse(SUCCESS);
        add(Metrics.CLAUDE_ITERATIONS, 1, context, result);
        seconds(Metrics.CLAUDE_DURATION, event.duration(), context, result);
        consumed(worker, report.model().orElse(null), report.usage(), report.cost(), context);
        roundUnobserved = true;
    }

    /** Only what the worker changed counts: what is seen first after its round, not what a check leaves behind. */
    void observed(RunEvent.TreeObserved event, Context context) {
        if (roundUnobserved) {
            roundUnobserved = false;
            add(Metrics.LINES_ADDED, event.changes().linesAdded(), context);
            add(Metrics.LINES_REMOVED, event.changes().linesRemoved(), context);
            add(Metrics.FILES_MODIFIED, event.changes().paths().size(), context);
        }
    }

    void ended(RunEvent.ToolEnded event, Context context) {
        String tool = ToolNames.bounded(event.tool());
        String success = Boolean.toString(event.success() && !event.interrupted());
        add(Metrics.TOOL_EXECUTIONS, 1, context, tool, success);
        seconds(Metrics.TOOL_DURATION, event.duration(), context, tool, success);
    }

    void ended(RunEvent.FunctionEnded event, Context context) {
        event.result().verification().ifPresent(v ->
                add(Metrics.VERIFICATIONS, 1, context, v.type().value(), v.verdict().value()));
    }

    void ended(RunEvent.ReasoningEnded event, Context context) {
        seconds(Metrics.REASONING_DURATION, event.duration(), context);
        event.reasoning().ifPresent(reasoning ->
                add(Metrics.DECISIONS, 1, context, reasoning.decision().function().value()));
    }

    void started(RunEvent.ModelCallStarted event) {
        failedAttempts = 0;
    }

    void attempt(RunEvent.AttemptFailed event, Context context) {
        failedAttempts++;
        add(Metrics.API_ERRORS, 1, context, event.call().api(), event.attempt().errorValue());
    }

    void ended(RunEvent.ModelCallEnded event, Context context) {
        ModelCall call = event.call();
        ModelCall.Answer answer = event.answer();
        String model = answer.model().orElse(call.model());
        String error = answer.error().map(Problem::value).orElse(null);
        if (call.api().equals(GenAi.GEMINI)) {
            seconds(Metrics.GEMINI_DURATION, event.duration(), context, model, error);
        }
        add(Metrics.API_REQUESTS, answer.attempts(), context, call.api(), model);
        if (error != null && failedAttempts < answer.attempts()) {
            // The last request was answered, and the answer was of no use.
            add(Metrics.API_ERRORS, 1, context, call.api(), error);
        }
        consumed(call.api(), model, answer.usage(), answer.cost(), context);
        conventions(call, answer, event.duration(), error, context);
    }

    private void conventions(ModelCall call, ModelCall.Answer answer, Duration duration, String error, Context context) {
        String provider = call.api().equals(GenAi.GEMINI) ? GenAi.PROVIDER_GEMINI : call.api();
        String responseModel = answer.model().orElse(null);
        seconds(Metrics.GENAI_DURATION, duration, context, GenAi.GENERATE_CONTENT, provider, call.model(), responseModel,
                call.server(), call.port(), error);
        if (answer.usage().total() > 0) {
            add(Metrics.GENAI_TOKENS, answer.usage().input(), context, GenAi.GENERATE_CONTENT, provider, GenAi.INPUT,
                    call.model(), responseModel, call.server(), call.port());
            add(Metrics.GENAI_TOKENS, answer.usage().output(), context, GenAi.GENERATE_CONTENT, provider, GenAi.OUTPUT,
                    call.model(), responseModel, call.server(), call.port());
        }
    }

    private void consumed(String api, String model, TokenUsage usage, Optional<Usd> cost, Context context) {
        tokens(api, model, GenAi.INPUT, usage.input(), context);
        tokens(api, model, GenAi.OUTPUT, usage.output(), context);
        tokens(api, model, GenAi.CACHE_READ, usage.cacheRead(), context);
        tokens(api, model, GenAi.CACHE_CREATION, usage.cacheCreation(), context);
        tokens(api, model, GenAi.REASONING, usage.reasoning(), context);
        cost.ifPresent(usd -> add(Metrics.COST, usd.toDouble(), context, api, model));
    }

    private void tokens(String api, String model, String type, long count, Context context) {
        if (count > 0) {
            add(Metrics.TOKENS, count, context, api, model, type);
        }
    }

    void stalled(RunEvent.StallDetected event, Context context) {
        add(Metrics.STALLS, 1, context, event.pattern().value());
    }

    private void seconds(Metric metric, Duration duration, Context context, Object... attributes) {
        instruments.record(metric, duration.toNanos() / 1e9, context, attributes);
    }

    private void add(Metric metric, double value, Context context, Object... attributes) {
        instruments.record(metric, value, context, attributes);
    }
}
