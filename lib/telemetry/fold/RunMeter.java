package telemetry.fold;

import agent.CheckPlace;
import agent.Evidence;
import agent.ModelCall;
import agent.Problem;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.TokenUsage;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Verification;
import contract.GenAi;
import contract.Metrics;
import java.util.Optional;

/** Makes the metrics of the contract from the events of a run. A series is there once something was counted on it. */
final class RunMeter implements RunEventHandler {
    private static final String SUCCESS = "success";

    private final Measures here;
    private final ConventionMeter conventions;
    private String worker = "";
    private boolean active;
    private boolean roundUnobserved;
    private int failedAttempts;
    private Optional<Evidence> evidence = Optional.empty();

    RunMeter(Measures here, RunScope run) {
        this.here = here;
        this.conventions = new ConventionMeter(run.conventions(), here);
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        worker = event.worker();
        here.points().rehearsal(event.rehearsal());
        active = true;
        here.add(Metrics.TASKS_STARTED, 1);
        here.add(Metrics.SESSIONS_ACTIVE, 1);
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        String status = event.outcome().status().value();
        here.add(Metrics.TASKS_COMPLETED, 1, status);
        here.seconds(Metrics.TASK_DURATION, event.totals().duration(), status);
        evidence.ifPresent(e -> here.add(Metrics.EVIDENCE, 1, e.level().value()));
        here.add(Metrics.TASK_ROUNDS, event.totals().rounds(), status);
        conventions.workflow(event.totals().duration(), event.outcome().status());
        inactive();
    }

    @Override
    public void on(RunEvent.VerifyEnded event) {
        evidence.ifPresent(e -> here.add(Metrics.EVIDENCE, 1, e.level().value()));
    }

    /** In the copy no point is made: a check on the files of before fails as it should, and would count as a failure. */
    @Override
    public void on(RunEvent.CheckEnded event) {
        if (event.place() == CheckPlace.TREE) {
            verified(event.verification());
        }
    }

    @Override
    public void on(RunEvent.Judged event) {
        evidence = Optional.of(event.evidence());
    }

    /** The session is over, whether its end was told or not. */
    void inactive() {
        if (active) {
            active = false;
            here.add(Metrics.SESSIONS_ACTIVE, -1);
        }
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        conventions.agentBegins();
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        WorkerReport report = event.report();
        String error = report.error().map(Problem::value).orElse(null);
        String result = error == null ? SUCCESS : error;
        here.add(Metrics.CLAUDE_ITERATIONS, 1, worker, result);
        here.seconds(Metrics.CLAUDE_DURATION, event.duration(), worker, result);
        consumed(worker, report.agent().model().orElse(null), report.effort().usage(), report.effort().cost());
        conventions.agent(GenAi.agent(worker), event.duration(), report.effort().turns(), error);
        roundUnobserved = true;
    }

    /** Only what the worker changed counts: what is seen first after its round, not what a check leaves behind. */
    @Override
    public void on(RunEvent.TreeObserved event) {
        if (roundUnobserved) {
            roundUnobserved = false;
            here.some(Metrics.LINES_ADDED, event.changes().linesAdded());
            here.some(Metrics.LINES_REMOVED, event.changes().linesRemoved());
            here.some(Metrics.FILES_MODIFIED, event.changes().paths().size());
        }
    }

    @Override
    public void on(RunEvent.ToolEnded event) {
        Measures its = here.ofTool(event.id());
        String tool = ToolNames.bounded(event.tool());
        boolean success = event.success() && !event.interrupted();
        its.add(Metrics.TOOL_EXECUTIONS, 1, tool, Boolean.toString(success));
        its.seconds(Metrics.TOOL_DURATION, event.duration(), tool);
        conventions.tool(tool, event.duration(), success ? null : event.interrupted() ? Failures.INTERRUPTED
                : Failures.TOOL_ERROR, its);
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        event.result().verification().ifPresent(v -> verified(v));
    }

    private void verified(Verification verification) {
        here.add(Metrics.VERIFICATIONS, 1, verification.type().value(), verification.verdict().value());
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        here.seconds(Metrics.REASONING_DURATION, event.duration());
        event.reasoning().ifPresent(reasoning ->
                here.add(Metrics.DECISIONS, 1, reasoning.decision().function().value()));
    }

    @Override
    public void on(RunEvent.ModelCallStarted event) {
        failedAttempts = 0;
    }

    @Override
    public void on(RunEvent.AttemptFailed event) {
        failedAttempts++;
        here.add(Metrics.API_ERRORS, 1, event.call().api(), event.attempt().errorValue());
    }

    @Override
    public void on(RunEvent.ModelCallEnded event) {
        ModelCall call = event.call();
        ModelCall.Answer answer = event.answer();
        String model = answer.model().orElse(call.model());
        String error = answer.error().map(Problem::value).orElse(null);
        here.seconds(Metrics.GEMINI_DURATION, event.duration(), call.api(), model, error);
        here.add(Metrics.API_REQUESTS, answer.attempts(), call.api(), model);
        if (error != null && failedAttempts < answer.attempts()) {
            // The last request was answered, and the answer was of no use.
            here.add(Metrics.API_ERRORS, 1, call.api(), error);
        }
        consumed(call.api(), model, answer.usage(), answer.cost());
        conventions.call(call, answer, event.duration(), error);
    }

    private void consumed(String api, String model, TokenUsage usage, Optional<Usd> cost) {
        here.some(Metrics.TOKENS, usage.input(), api, model, GenAi.INPUT);
        here.some(Metrics.TOKENS, usage.output(), api, model, GenAi.OUTPUT);
        here.some(Metrics.TOKENS, usage.cacheRead(), api, model, GenAi.CACHE_READ);
        here.some(Metrics.TOKENS, usage.cacheCreation(), api, model, GenAi.CACHE_CREATION);
        here.some(Metrics.TOKENS, usage.reasoning(), api, model, GenAi.REASONING);
        cost.ifPresent(usd -> here.add(Metrics.COST, usd.toDouble(), api, model));
    }

    @Override
    public void on(RunEvent.StallDetected event) {
        here.add(Metrics.STALLS, 1, event.pattern().value());
    }
}
