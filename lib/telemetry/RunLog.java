package telemetry;

import agent.ModelCall;
import agent.RunEvent;
import agent.Verification;
import contract.LogEvents;
import contract.Status;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;

/** Makes log records of what is notable in a run, each with the ids of the span that it belongs to. */
final class RunLog {
    /** Claude Code's name for a line of its stream that says that it tries something again. */
    private static final String WORKER_RETRY = "api_retry";

    private final RunScope run;
    private final EventClock clock;
    private final Sink sink;
    private final String project;
    private String worker = "";
    private boolean rehearsal;
    private Optional<SpanContext> round = Optional.empty();

    RunLog(RunScope run, EventClock clock, Sink sink) {
        this.run = run;
        this.clock = clock;
        this.sink = sink;
        this.project = String.valueOf(run.resource().getAttribute(Keys.PROJECT_ID));
    }

    void started(RunEvent.RunStarted event) {
        worker = event.worker();
        rehearsal = event.rehearsal();
    }

    /** The round that verifications from now on judge. */
    void ended(RunEvent.WorkerEnded event, SpanContext context) {
        round = Optional.of(context);
    }

    /** The conventions: "SHOULD be parented to GenAI operation span being evaluated when possible". */
    void ended(RunEvent.FunctionEnded event, SpanContext context) {
        event.result().verification().ifPresent(v -> {
            AttributesBuilder about = attributes()
                    .put(Keys.EVALUATION_NAME, v.type().value())
                    .put(Keys.EVALUATION_LABEL, v.verdict().value())
                    .put(Keys.FUNCTION_NAME, event.decision().function().value())
                    .put(Keys.ITERATION, (long) event.iteration());
            if (v.verdict() != Verification.Verdict.SKIPPED) {
                about.put(Keys.EVALUATION_SCORE, v.passed() ? 1.0 : 0.0);
            }
            run.content().evaluation(event.result()).ifPresent(text -> about.put(Keys.EVALUATION_EXPLANATION, text));
            emit(LogEvents.EVALUATION, v.failed() ? Severity.WARN : Severity.INFO, round.orElse(context),
                    "verification " + v.type().value() + ": " + v.verdict().value(), about);
        });
    }

    void attempt(RunEvent.AttemptFailed event, SpanContext context) {
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
        emit(LogEvents.RETRY, Severity.WARN, context, event.call().api() + " is called again after attempt "
                + attempt.number(), about);
    }

    void notice(RunEvent.WorkerNotice event, SpanContext context) {
        if (event.kind().equals(WORKER_RETRY)) {
            emit(LogEvents.RETRY, Severity.WARN, context, "the worker calls its model again",
                    attributes().put(Keys.RETRY_API, worker));
        }
    }

    void stalled(RunEvent.StallDetected event, SpanContext context) {
        emit(LogEvents.STALL, event.stopping() ? Severity.ERROR : Severity.WARN, context,
                "stall: " + event.pattern().value() + (event.stopping() ? ", the run ends" : ""), attributes()
                .put(Keys.STALL_PATTERN, event.pattern().value())
                .put(Keys.STALL_STOPPING, event.stopping()));
    }

    void ended(RunEvent.RunEnded event, SpanContext context) {
        Status status = event.outcome().status();
        emit(LogEvents.TERMINATION, status.error() ? Severity.ERROR : Severity.INFO, context, "run ended: " + status.value(),
                attributes()
                .put(Keys.STATUS, status.value())
                .put(Keys.EXIT_CODE, (long) event.outcome().exitCode())
                .put(Keys.ITERATIONS, (long) event.totals().iterations()));
    }

    /** A run that was killed, ended by whoever read its journal. */
    void ended(Recovery recovery, SpanContext context) {
        emit(LogEvents.TERMINATION, Severity.ERROR, context, "run ended: " + Status.INTERRUPTED.value(), attributes()
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
        sink.log(clock.event(), new FoldedLog(run.resource(), RunScope.SCOPE, context, event, severity, body, clock.nanos(),
                all, all.size()));
    }
}
