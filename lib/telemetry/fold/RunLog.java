package telemetry.fold;

import agent.CheckPlace;
import agent.Evidence;
import agent.ModelCall;
import agent.Outcome;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.decision.Verification;
import contract.Keys;
import contract.LogEvents;
import contract.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes log records of what is notable in a run, each with the ids of the span that it belongs to. */
final class RunLog implements RunEventHandler {
    /** Claude Code's name for a line of its stream that says that it tries something again. */
    private static final String WORKER_RETRY = "api_retry";
    /** What a verdict as a whole is called among the evaluations. */
    private static final String EVIDENCE = "evidence";

    private final RunScope run;
    private final EventClock clock;
    private final Sink sink;
    /** The innermost span that is open. */
    private final Supplier<SpanContext> here;
    private final String project;
    private String worker = "";
    private boolean rehearsal;
    private boolean verifying;
    private Optional<Evidence> evidence = Optional.empty();
    private Optional<SpanContext> round = Optional.empty();

    RunLog(RunScope run, EventClock clock, Sink sink, Supplier<SpanContext> here) {
        this.run = run;
        this.clock = clock;
        this.sink = sink;
        this.here = here;
        this.project = String.valueOf(run.resource().getAttribute(AttributeKey.stringKey(Keys.PROJECT_ID)));
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        worker = event.worker();
        rehearsal = event.rehearsal();
    }

    /** A verification without a run has no rounds: its checks are what is evaluated. */
    @Override
    public void on(RunEvent.VerifyStarted event) {
        verifying = true;
    }

    @Override
    public void on(RunEvent.Judged event) {
        evidence = Optional.of(event.evidence());
    }

    /** A check in a verification; in a run, those in the copy are steps to the verdict and no verdict on a round. */
    @Override
    public void on(RunEvent.CheckEnded event) {
        if (verifying) {
            AttributesBuilder about = evaluation(event.verification())
                    .put(Keys.VERIFICATION_PLACE, event.place().value());
            boolean expected = event.place() == CheckPlace.BASE;
            emit(LogEvents.EVALUATION, event.verification().failed() && !expected ? Severity.WARN : Severity.INFO, here.get(),
                    "verification " + event.verification().type().value() + " (" + event.place().value() + "): "
                            + event.verification().verdict().value(), about);
        }
    }

    @Override
    public void on(RunEvent.VerifyEnded event) {
        evidence.ifPresent(e -> emit(LogEvents.EVALUATION, e.red() ? Severity.WARN : Severity.INFO, here.get(),
                "evidence: " + e.level().value(), attributes()
                        .put(Keys.EVALUATION_NAME, EVIDENCE)
                        .put(Keys.EVALUATION_LABEL, e.level().value())));
        ended(event.outcome(), "verification", attributes());
    }

    /** The round that verifications from now on judge. */
    @Override
    public void on(RunEvent.WorkerEnded event) {
        round = Optional.of(here.get());
    }

    /** The conventions: "SHOULD be parented to GenAI operation span being evaluated when possible". */
    @Override
    public void on(RunEvent.FunctionEnded event) {
        event.result().verification().ifPresent(v -> {
            AttributesBuilder about = evaluation(v)
                    .put(Keys.FUNCTION_NAME, event.decision().function().value())
                    .put(Keys.ITERATION, (long) event.iteration());
            run.content().evaluation(event.result()).ifPresent(text -> about.put(Keys.EVALUATION_EXPLANATION, text));
            emit(LogEvents.EVALUATION, v.failed() ? Severity.WARN : Severity.INFO, round.orElse(here.get()),
                    "verification " + v.type().value() + ": " + v.verdict().value(), about);
        });
    }

    private AttributesBuilder evaluation(Verification v) {
        AttributesBuilder about = attributes()
                .put(Keys.EVALUATION_NAME, v.type().value())
                .put(Keys.EVALUATION_LABEL, v.verdict().value());
        if (v.verdict() != Verification.Verdict.SKIPPED) {
            about.put(Keys.EVALUATION_SCORE, v.passed() ? 1.0 : 0.0);
        }
        return about;
    }

    @Override
    public void on(RunEvent.AttemptFailed event) {
        ModelCall.Attempt attempt = event.attempt();
        if (attempt.delayMillis() < 0) {
            return; // Not tried again: the call's end says so.
        }
        AttributesBuilder about = attributes()
                .put(Keys.RETRY_API, event.call().api())
                .put(Keys.ERROR_TYPE, attempt.errorValue())
                .put(Keys.ATTEMPT_NUMBER, (long) attempt.number())
                .put(Keys.ATTEMPT_DELAY_MILLIS, attempt.delayMillis());
        attempt.httpStatus().ifPresent(status -> about.put(Keys.HTTP_STATUS, (long) status));
        emit(LogEvents.RETRY, Severity.WARN, here.get(), event.call().api() + " is called again after attempt "
                + attempt.number(), about);
    }

    @Override
    public void on(RunEvent.WorkerNotice event) {
        if (event.kind().equals(WORKER_RETRY)) {
            emit(LogEvents.RETRY, Severity.WARN, here.get(), "the worker calls its model again",
                    attributes().put(Keys.RETRY_API, worker));
        }
    }

    @Override
    public void on(RunEvent.StallDetected event) {
        emit(LogEvents.STALL, event.stopping() ? Severity.ERROR : Severity.WARN, here.get(),
                "stall: " + event.pattern().value() + (!event.stopping() ? "" : event.pattern().inRound() ? ", the round"
                        + " ends" : ", the run ends"), attributes()
                .put(Keys.STALL_PATTERN, event.pattern().value())
                .put(Keys.STALL_STOPPING, event.stopping()));
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        ended(event.outcome(), "run", attributes().put(Keys.ITERATIONS, (long) event.totals().iterations()));
    }

    private void ended(Outcome outcome, String what, AttributesBuilder about) {
        Status status = outcome.status();
        emit(LogEvents.TERMINATION, status.error() ? Severity.ERROR : Severity.INFO, here.get(),
                what + " ended: " + status.value(),
                about.put(Keys.STATUS, status.value()).put(Keys.EXIT_CODE, (long) outcome.exitCode()));
    }

    /** A run that was killed, ended by whoever read its journal. */
    void ended(Recovery recovery) {
        emit(LogEvents.TERMINATION, Severity.ERROR, here.get(), "run ended: " + Status.INTERRUPTED.value(), attributes()
                .put(Keys.STATUS, Status.INTERRUPTED.value())
                .put(Keys.ENDED_BY, recovery.endedBy()));
    }

    void exception(String event, SpanContext context, String type, Attributes exception) {
        emit(event, Severity.ERROR, context, "failed: " + type, attributes().putAll(exception));
    }

    /** What was said, for those who asked for it in events. */
    void details(SpanContext context, Attributes details) {
        emit(LogEvents.DETAILS, Severity.INFO, context, "what was said", attributes().putAll(details));
    }

    private AttributesBuilder attributes() {
        AttributesBuilder about = Attributes.builder()
                .put(Keys.SESSION_ID, run.session())
                .put(Keys.CONVERSATION_ID, run.session())
                .put(Keys.PROJECT_ID, project);
        if (rehearsal) {
            about.put(Keys.REHEARSAL, true);
        }
        return about;
    }

    private void emit(String event, Severity severity, SpanContext context, String body, AttributesBuilder about) {
        Attributes all = about.put(Keys.EVENT_NUMBER, clock.event())
                .put(Keys.RECORD_UID, run.ids().record(clock.event(), clock.nextRecord())).build();
        sink.logs().take(clock.event(), new FoldedLog(run.resource(), RunScope.SCOPE, context, event, severity, body,
                clock.nanos(), all, all.size()));
    }
}
