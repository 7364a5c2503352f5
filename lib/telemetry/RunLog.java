package telemetry;

import agent.ModelCall;
import agent.RunEvent;
import agent.Verification;
import contract.LogEvents;
import contract.Status;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** Makes log records of what is notable in a run, each with the ids of the span that it belongs to. */
final class RunLog {
    /** Claude Code's name for a line of its stream that says that it tries something again. */
    private static final String WORKER_RETRY = "api_retry";

    private final Logger logger;
    private final String project;
    private final Ledger ledger;
    private final EventClock clock;
    private String session = "";
    private String worker = "";
    private boolean rehearsal;
    private Optional<Context> round = Optional.empty();

    RunLog(Logger logger, String project, Ledger ledger, EventClock clock) {
        this.clock = clock;
        this.logger = logger;
        this.project = project;
        this.ledger = ledger;
    }

    void started(RunEvent.RunStarted event) {
        session = event.task().session();
        worker = event.worker();
        rehearsal = event.rehearsal();
    }

    /** The round that verifications from now on judge. */
    void ended(RunEvent.WorkerEnded event, Context context) {
        round = Optional.of(context);
    }

    /** The conventions: "SHOULD be parented to GenAI operation span being evaluated when possible". */
    void ended(RunEvent.FunctionEnded event, Context context) {
        event.result().verification().ifPresent(v -> {
            LogRecordBuilder log = log(LogEvents.EVALUATION, v.failed() ? Severity.WARN : Severity.INFO,
                    round.orElse(context), "verification " + v.type().value() + ": " + v.verdict().value())
                    .setAttribute(Keys.EVALUATION_NAME, v.type().value())
                    .setAttribute(Keys.EVALUATION_LABEL, v.verdict().value())
                    .setAttribute(Keys.FUNCTION_NAME, event.decision().function().value())
                    .setAttribute(Keys.ITERATION, (long) event.iteration());
            if (v.verdict() != Verification.Verdict.SKIPPED) {
                log.setAttribute(Keys.EVALUATION_SCORE, v.passed() ? 1.0 : 0.0);
            }
            emit(log);
        });
    }

    void attempt(RunEvent.AttemptFailed event, Context context) {
        ModelCall.Attempt attempt = event.attempt();
        if (attempt.delayMillis() < 0) {
            return; // Not tried again: the call's end says so.
        }
        LogRecordBuilder log = log(LogEvents.RETRY, Severity.WARN, context,
                event.call().api() + " is called again after attempt " + attempt.number())
                .setAttribute(Keys.RETRY_API, event.call().api())
                .setAttribute(Keys.ERROR_TYPE, attempt.errorValue())
                .setAttribute(Keys.ATTEMPT_NUMBER, (long) attempt.number())
                .setAttribute(Keys.ATTEMPT_DELAY_MILLIS, attempt.delayMillis());
        attempt.httpStatus().ifPresent(status -> log.setAttribute(Keys.HTTP_STATUS, (long) status));
        emit(log);
    }

    void notice(RunEvent.WorkerNotice event, Context context) {
        if (event.kind().equals(WORKER_RETRY)) {
            emit(log(LogEvents.RETRY, Severity.WARN, context, "the worker calls its model again")
                    .setAttribute(Keys.RETRY_API, worker));
        }
    }

    void stalled(RunEvent.StallDetected event, Context context) {
        emit(log(LogEvents.STALL, event.stopping() ? Severity.ERROR : Severity.WARN, context,
                "stall: " + event.pattern().value() + (event.stopping() ? ", the run ends" : ""))
                .setAttribute(Keys.STALL_PATTERN, event.pattern().value())
                .setAttribute(Keys.STALL_STOPPING, event.stopping()));
    }

    void ended(RunEvent.RunEnded event, Context context) {
        Status status = event.outcome().status();
        boolean well = !status.error();
        emit(log(LogEvents.TERMINATION, well ? Severity.INFO : Severity.ERROR, context, "run ended: " + status.value())
                .setAttribute(Keys.STATUS, status.value())
                .setAttribute(Keys.EXIT_CODE, (long) event.outcome().exitCode())
                .setAttribute(Keys.ITERATIONS, (long) event.totals().iterations()));
    }

    private LogRecordBuilder log(String event, Severity severity, Context context, String body) {
        LogRecordBuilder log = logger.logRecordBuilder()
                .setEventName(event)
                .setTimestamp(clock.now())
                .setSeverity(severity)
                .setSeverityText(severity.name())
                .setContext(context)
                .setBody(body)
                .setAttribute(Keys.SESSION_ID, session)
                .setAttribute(Keys.CONVERSATION_ID, session)
                .setAttribute(Keys.PROJECT_ID, project);
        if (rehearsal) {
            log.setAttribute(Keys.REHEARSAL, true);
        }
        return log;
    }

    private void emit(LogRecordBuilder log) {
        log.emit();
        ledger.made(Signal.LOGS);
    }
}
