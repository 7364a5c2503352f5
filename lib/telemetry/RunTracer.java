package telemetry;

import agent.Decision;
import agent.FunctionResult;
import agent.ModelCall;
import agent.RunEvent;
import agent.Verification;
import contract.GenAi;
import contract.Spans;
import contract.Status;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** Makes spans of the events of a run, but for those of a round of the worker. */
final class RunTracer {
    private final SpanStack spans;
    private final Redactor redactor;
    private final Content content;
    private final EventClock clock;
    private final Failures failures;

    RunTracer(SpanStack spans, Redactor redactor, Content content, EventClock clock,
            Failures failures) {
        this.clock = clock;
        this.failures = failures;
        this.spans = spans;
        this.redactor = redactor;
        this.content = content;
    }

    void started(RunEvent.RunStarted event) {
        redactor.learn(event.task().text());
        spans.session(event.task().session(), event.rehearsal());
        spans.start(SpanStack.Level.RUN, Spans.RUN_TASK, SpanKind.INTERNAL)
                .setAttribute(Keys.TASK_LENGTH, (long) event.task().text().length())
                .setAttribute(Keys.TASK_SHA256, Text.sha256(event.task().text()))
                .setAttribute(Keys.MAX_ITERATIONS, (long) event.limits().maxIterations())
                .setAttribute(Keys.REASONER, event.reasoner())
                .setAttribute(Keys.WORKER, event.worker());
    }

    void ended(RunEvent.RunEnded event) {
        Status status = event.outcome().status();
        spans.end(SpanStack.Level.RUN, span -> {
            span.setAttribute(Keys.STATUS, status.value());
            span.setAttribute(Keys.ITERATIONS, (long) event.totals().iterations());
            span.setAttribute(Keys.EXIT_CODE, (long) event.outcome().exitCode());
            if (!event.totals().costIncomplete()) {
                span.setAttribute(Keys.COST_TOTAL_USD, event.totals().cost().toDouble());
            }
            // Saved on purpose is no error. The reason is a model's or a worker's text; the status says enough.
            if (status.error()) {
                failures.mark(span, status.value(), content.outcome(event.outcome()));
            }
        });
    }

    void started(RunEvent.SelfCheckStarted event) {
        spans.start(SpanStack.Level.SELF_CHECK, Spans.SELF_CHECK, SpanKind.INTERNAL);
    }

    void ended(RunEvent.SelfCheckEnded event) {
        spans.end(SpanStack.Level.SELF_CHECK, span -> event.problem().ifPresent(p -> failures.mark(span, p)));
    }

    void started(RunEvent.FunctionStarted event) {
        String function = event.decision().function().value();
        Span span = spans.start(SpanStack.Level.FUNCTION, Spans.FUNCTION_PREFIX + function, SpanKind.INTERNAL,
                event.iteration())
                .setAttribute(Keys.FUNCTION_NAME, function)
                .setAttribute(Keys.OPERATION, GenAi.EXECUTE_TOOL)
                .setAttribute(Keys.TOOL_NAME, function)
                .setAttribute(Keys.TOOL_TYPE, GenAi.TOOL_TYPE_FUNCTION);
        event.callId().ifPresent(id -> span.setAttribute(Keys.TOOL_CALL_ID, id));
    }

    void ended(RunEvent.FunctionEnded event) {
        FunctionResult result = event.result();
        spans.end(SpanStack.Level.FUNCTION, span -> {
            span.setAttribute(Keys.FUNCTION_SUCCESS, result.success());
            result.verification().ifPresent(v -> span.setAttribute(Keys.VERIFICATION_RESULT, v.verdict().value()));
            errorType(result).ifPresent(type -> failures.mark(span, type, content.function(result)));
        });
    }

    /** A check that was skipped is no success and no error. */
    private static Optional<String> errorType(FunctionResult result) {
        if (result.success()) {
            return Optional.empty();
        }
        if (result.equals(FunctionResult.INTERRUPTED)) {
            return Optional.of(Failures.INTERRUPTED);
        }
        Optional<Verification> verification = result.verification();
        if (verification.isPresent()) {
            return verification.filter(Verification::failed).map(v -> Status.VERIFICATION_FAILED.value());
        }
        return Optional.of(Failures.REFUSED);
    }

    void started(RunEvent.ReasoningStarted event) {
        spans.start(SpanStack.Level.REASONING, Spans.REASONING, SpanKind.INTERNAL, event.iteration());
    }

    void ended(RunEvent.ReasoningEnded event) {
        spans.end(SpanStack.Level.REASONING, span -> {
            event.reasoning().ifPresent(reasoning -> {
                Decision decision = reasoning.decision();
                span.setAttribute(Keys.FUNCTION, decision.function().value());
                span.setAttribute(Keys.OUTPUT_LENGTH,
                        (long) (reasoning.echo().isEmpty() ? reasoning.thought() : reasoning.echo()).length());
                reasoning.confidence().ifPresent(confidence -> span.setAttribute(Keys.CONFIDENCE, confidence));
                content.output(reasoning.thought()).ifPresent(text -> span.setAttribute(Keys.OUTPUT_MESSAGES, text));
            });
            event.problem().ifPresent(problem -> failures.mark(span, problem));
        });
    }

    void started(RunEvent.ModelCallStarted event) {
        ModelCall call = event.call();
        boolean gemini = call.api().equals(GenAi.GEMINI);
        spans.start(SpanStack.Level.CALL, Spans.MODEL_CALL, SpanKind.CLIENT)
                .setAttribute(Keys.PEER_SERVICE, call.api())
                .setAttribute(Keys.OPERATION, GenAi.GENERATE_CONTENT)
                .setAttribute(Keys.PROVIDER, gemini ? GenAi.PROVIDER_GEMINI : call.api())
                .setAttribute(Keys.REQUEST_MODEL, call.model())
                .setAttribute(Keys.REQUEST_TEMPERATURE, call.temperature())
                .setAttribute(Keys.REQUEST_MAX_TOKENS, (long) call.maxTokens())
                .setAttribute(Keys.SERVER_ADDRESS, call.server())
                .setAttribute(Keys.SERVER_PORT, (long) call.port());
    }

    void attempt(RunEvent.AttemptFailed event) {
        ModelCall.Attempt attempt = event.attempt();
        AttributesBuilder attributes = Attributes.builder()
                .put(Keys.ATTEMPT_NUMBER, (long) attempt.number())
                .put(Keys.ERROR_TYPE, attempt.errorValue())
                .put(Keys.EXCEPTION_MESSAGE, failures.line(attempt.message()));
        attempt.httpStatus().ifPresent(status -> attributes.put(Keys.HTTP_STATUS, (long) status));
        if (attempt.delayMillis() >= 0) {
            attributes.put(Keys.ATTEMPT_DELAY_MILLIS, attempt.delayMillis());
        }
        spans.span(SpanStack.Level.CALL)
                .ifPresent(span -> clock.addEvent(span, Spans.ATTEMPT_EVENT, attributes.build()));
    }

    void ended(RunEvent.ModelCallEnded event) {
        ModelCall.Answer answer = event.answer();
        spans.end(SpanStack.Level.CALL, span -> {
            answer.model().ifPresent(model -> span.setAttribute(Keys.RESPONSE_MODEL, model));
            answer.responseId().ifPresent(id -> span.setAttribute(Keys.RESPONSE_ID, id));
            if (!answer.finishReasons().isEmpty()) {
                span.setAttribute(Keys.FINISH_REASONS, answer.finishReasons());
            }
            Usage.ofModel(span, answer.usage());
            answer.cost().ifPresent(cost -> span.setAttribute(Keys.COST_USD, cost.toDouble()));
            span.setAttribute(Keys.GEMINI_ATTEMPTS, (long) answer.attempts());
            answer.error().ifPresent(problem -> failures.mark(span, problem));
        });
    }

    /** Where what happens now belongs. */
    Context context() {
        return spans.context();
    }

    /** Ends what is open below the run, as interrupted. */
    void closeInner() {
        spans.endWithin(SpanStack.Level.RUN);
    }

    /** Ends whatever is open, the run last. */
    void interrupted() {
        spans.endAll();
    }
}
