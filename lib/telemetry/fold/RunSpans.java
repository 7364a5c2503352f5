package telemetry.fold;

import agent.CheckPlace;
import agent.Evidence;
import agent.ModelCall;
import agent.Outcome;
import agent.Reasoning;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import contract.GenAi;
import contract.Keys;
import contract.Sha256;
import contract.Spans;
import contract.Status;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Makes spans of the events of a run, but for those of a round of the worker. */
final class RunSpans implements RunEventHandler {
    private final RunScope run;
    private final OpenSpans spans;
    private final EventClock clock;
    private final Failures failures;
    private final RunLog log;
    private boolean rehearsal;
    private String reasoner = "";
    /** What was said since the last decision: the news of which the next one is made. */
    private final List<String> news = new ArrayList<>();
    /** What the model that is asked was told about its part. */
    private Optional<String> instructions = Optional.empty();
    private Optional<Evidence> evidence = Optional.empty();

    RunSpans(RunScope run, OpenSpans spans, EventClock clock, Failures failures, RunLog log) {
        this.run = run;
        this.spans = spans;
        this.clock = clock;
        this.failures = failures;
        this.log = log;
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        rehearsal = event.rehearsal();
        reasoner = event.reasoner();
        spans.rehearsal(rehearsal);
        String task = event.task().text();
        OpenSpan span = spans.start(OpenSpan.Level.RUN, Spans.RUN_TASK, SpanKind.INTERNAL)
                .set(Keys.OPERATION, GenAi.INVOKE_WORKFLOW)
                .set(Keys.WORKFLOW_NAME, GenAi.PA)
                .set(Keys.AGENT_NAME, GenAi.PA)
                .set(Keys.TASK_LENGTH, task.length())
                .set(Keys.TASK_SHA256, Sha256.hex(task))
                .set(Keys.MAX_ITERATIONS, event.limits().maxIterations())
                .set(Keys.REASONER, event.reasoner())
                .set(Keys.WORKER, event.worker())
                // Said of both kinds here, so that a search can leave one out.
                .set(Keys.REHEARSAL, rehearsal);
        run.content().task(task).ifPresent(json -> span.set(Keys.INPUT_MESSAGES, json));
        heard(task);
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        ended(event.outcome(), span -> {
            span.set(Keys.ROUNDS, event.totals().rounds()).set(Keys.ITERATIONS, event.totals().iterations());
            if (!event.totals().costIncomplete()) {
                span.set(rehearsal ? Keys.REHEARSAL_COST_USD : Keys.COST_TOTAL_USD, event.totals().cost().toDouble());
            }
        });
    }

    @Override
    public void on(RunEvent.VerifyStarted event) {
        OpenSpan span = spans.start(OpenSpan.Level.RUN, Spans.VERIFY, SpanKind.INTERNAL);
        event.reasoner().ifPresent(name -> span.set(Keys.REASONER, name));
    }

    @Override
    public void on(RunEvent.VerifyEnded event) {
        ended(event.outcome(), span -> {
            if (event.totals().iterations() > 0 && !event.totals().costIncomplete()) {
                span.set(Keys.COST_TOTAL_USD, event.totals().cost().toDouble());
            }
        });
    }

    private void ended(Outcome outcome, Consumer<OpenSpan> totals) {
        Status status = outcome.status();
        spans.end(OpenSpan.Level.RUN, span -> {
            span.set(Keys.STATUS, status.value()).set(Keys.EXIT_CODE, outcome.exitCode());
            totals.accept(span);
            shown(span);
            // The reason is a model's or a worker's text; the status says enough.
            if (status.error()) {
                failures.mark(span, status.value(), run.content().outcome(outcome));
            }
        });
    }

    private void shown(OpenSpan span) {
        evidence.ifPresent(e -> {
            span.set(Keys.EVIDENCE_LEVEL, e.level().value())
                    .set(Keys.SUSPICIONS, e.suspicions().size())
                    .set(Keys.GUARDED_CHANGED, e.guarded().size());
            e.reviewer().ifPresent(model -> span.set(Keys.EVIDENCE_REVIEWER, model));
        });
    }

    /** A run that has no end of its own. */
    void ended(Recovery recovery) {
        spans.end(OpenSpan.Level.RUN, span -> {
            span.set(Keys.STATUS, Status.INTERRUPTED.value()).set(Keys.ENDED_BY, recovery.endedBy());
            failures.interrupted(span);
        });
    }

    @Override
    public void on(RunEvent.SelfCheckStarted event) {
        spans.start(OpenSpan.Level.SELF_CHECK, Spans.SELF_CHECK, SpanKind.INTERNAL);
    }

    @Override
    public void on(RunEvent.SelfCheckEnded event) {
        spans.end(OpenSpan.Level.SELF_CHECK, span -> event.problem().ifPresent(p -> failures.mark(span, p)));
    }

    /** An automatic check belongs to the round before it. */
    @Override
    public void on(RunEvent.FunctionStarted event) {
        String function = event.decision().function().value();
        OpenSpan span = function(function, spans.start(OpenSpan.Level.FUNCTION, Spans.FUNCTION_PREFIX + function,
                SpanKind.INTERNAL, event.iteration(), event.automatic() ? spans.round() : OptionalInt.empty()));
        event.callId().ifPresent(id -> span.set(Keys.TOOL_CALL_ID, id));
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        FunctionResult result = event.result();
        heard(result.output());
        spans.end(OpenSpan.Level.FUNCTION, span -> {
            span.set(Keys.FUNCTION_SUCCESS, result.success());
            result.verification().ifPresent(v -> {
                span.set(Keys.VERIFICATION_RESULT, v.verdict().value());
                if (v.type() == Verification.Type.TESTS) {
                    span.set(Keys.VERIFICATION_PLACE, CheckPlace.TREE.value());
                }
            });
            run.content().result(result).ifPresent(text -> span.set(Keys.TOOL_RESULT, text));
            errorType(result).ifPresent(type -> failures.mark(span, type, run.content().function(result)));
        });
    }

    /** What shows that the task is done; the last one of a run counts. */
    @Override
    public void on(RunEvent.Judged event) {
        evidence = Optional.of(event.evidence());
    }

    @Override
    public void on(RunEvent.CheckStarted event) {
        String function = FunctionName.RUN_TESTS.value();
        function(function, spans.start(OpenSpan.Level.CHECK, Spans.FUNCTION_PREFIX + function, SpanKind.INTERNAL))
                .set(Keys.VERIFICATION_PLACE, event.place().value());
    }

    private static OpenSpan function(String name, OpenSpan span) {
        return span.set(Keys.FUNCTION_NAME, name)
                .set(Keys.OPERATION, GenAi.EXECUTE_TOOL)
                .set(Keys.TOOL_NAME, name)
                .set(Keys.TOOL_TYPE, GenAi.TOOL_TYPE_FUNCTION);
    }

    @Override
    public void on(RunEvent.CheckEnded event) {
        spans.end(OpenSpan.Level.CHECK, span -> span
                .set(Keys.FUNCTION_SUCCESS, event.verification().passed())
                .set(Keys.VERIFICATION_RESULT, event.verification().verdict().value()));
    }

    /** A red check is a verdict on the work and no failure of the check; a skipped one is neither. */
    private static Optional<String> errorType(FunctionResult result) {
        if (result.success() || result.verification().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(result.equals(FunctionResult.INTERRUPTED) ? Failures.INTERRUPTED : Failures.REFUSED);
    }

    @Override
    public void on(RunEvent.ReasoningStarted event) {
        spans.start(OpenSpan.Level.REASONING, Spans.REASONING, SpanKind.INTERNAL, event.iteration(), OptionalInt.empty())
                .set(Keys.OPERATION, GenAi.INVOKE_AGENT)
                .set(Keys.PROVIDER, GenAi.reasonerProvider(reasoner))
                .set(Keys.AGENT_NAME, GenAi.PA);
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        Optional<OpenSpan> call = spans.held();
        Attributes said = run.content().wanted() ? run.content().exchange(call.isPresent() ? instructions : Optional.empty(),
                news, event.reasoning().map(run.content()::decision)) : Attributes.empty();
        call.ifPresent(span -> show(span, said));
        news.clear();
        spans.end(OpenSpan.Level.REASONING, span -> {
            // Who decides without a model has no call that could tell what it saw and why.
            if (call.isEmpty()) {
                show(span, said);
            }
            event.reasoning().ifPresent(reasoning -> decided(span, reasoning));
            event.problem().ifPresent(problem -> failures.mark(span, problem));
        });
    }

    private static void decided(OpenSpan span, Reasoning reasoning) {
        Decision decision = reasoning.decision();
        span.set(Keys.FUNCTION, decision.function().value())
                .set(Keys.OUTPUT_LENGTH, (reasoning.echo().isEmpty() ? reasoning.thought() : reasoning.echo()).length());
        reasoning.confidence().ifPresent(confidence -> span.set(Keys.CONFIDENCE, confidence));
    }

    @Override
    public void on(RunEvent.ModelCallStarted event) {
        ModelCall call = event.call();
        instructions = event.instructions();
        OpenSpan span = spans.start(OpenSpan.Level.CALL, Spans.call(call.api()), SpanKind.CLIENT)
                .set(Keys.PEER_SERVICE, call.api())
                .set(Keys.SERVICE_PEER_NAME, call.api())
                .set(Keys.OPERATION, GenAi.operation(call.api()))
                .set(Keys.PROVIDER, GenAi.provider(call.api()))
                .set(Keys.REQUEST_MODEL, call.model());
        call.temperature().ifPresent(temperature -> span.set(Keys.REQUEST_TEMPERATURE, temperature));
        call.maxTokens().ifPresent(most -> span.set(Keys.REQUEST_MAX_TOKENS, most));
        if (!call.server().isEmpty()) {
            span.set(Keys.SERVER_ADDRESS, call.server()).set(Keys.SERVER_PORT, call.port());
        }
    }

    @Override
    public void on(RunEvent.AttemptFailed event) {
        ModelCall.Attempt attempt = event.attempt();
        AttributesBuilder about = Attributes.builder()
                .put(Keys.ATTEMPT_NUMBER, (long) attempt.number())
                .put(Keys.ERROR_TYPE, attempt.errorValue())
                .put(Keys.EXCEPTION_MESSAGE, failures.line(attempt.message()));
        attempt.httpStatus().ifPresent(status -> about.put(Keys.HTTP_STATUS, (long) status));
        if (attempt.delayMillis() >= 0) {
            about.put(Keys.ATTEMPT_DELAY_MILLIS, attempt.delayMillis());
        }
        spans.span(OpenSpan.Level.CALL)
                .ifPresent(span -> span.event(Spans.ATTEMPT_EVENT, about.build(), clock.nanos()));
    }

    /** With content, the call's span is made when the decision is known: its messages belong to the call, not to its parent. */
    @Override
    public void on(RunEvent.ModelCallEnded event) {
        ModelCall.Answer answer = event.answer();
        spans.end(OpenSpan.Level.CALL, run.content().wanted(), span -> {
            answer.model().ifPresent(model -> span.set(Keys.RESPONSE_MODEL, model));
            answer.responseId().ifPresent(id -> span.set(Keys.RESPONSE_ID, id));
            if (!answer.finishReasons().isEmpty()) {
                span.set(Keys.FINISH_REASONS, answer.finishReasons());
            }
            Usage.ofModel(span, answer.usage());
            Usage.cost(span, answer.cost(), rehearsal);
            span.set(Keys.GEMINI_ATTEMPTS, answer.attempts());
            answer.error().ifPresent(problem -> failures.mark(span, problem));
        });
    }

    /** Something was said that the next decision may rest on. */
    void heard(String text) {
        if (run.content().wanted() && !text.isBlank()) {
            news.add(text);
        }
    }

    /** Shows what was said, on the span, in an event, or both. */
    void show(OpenSpan span, Attributes said) {
        if (run.content().onSpans()) {
            span.setAll(said);
        }
        if (run.content().inEvents() && !said.isEmpty()) {
            log.details(span.context(), said);
        }
    }
}
