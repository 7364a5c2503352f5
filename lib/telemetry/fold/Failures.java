package telemetry.fold;

import agent.Problem;
import contract.ErrorType;
import contract.Keys;
import contract.LogEvents;
import contract.Spans;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.Optional;
import java.util.OptionalInt;

/** How a failure looks: status and {@code error.type} on its span, and an exception there, as a log record, or both. */
record Failures(RunScope run, EventClock clock, RunLog log) {
    /** A start whose end never came, or that a signal cut off. */
    static final String INTERRUPTED = value(ErrorType.INTERRUPTED);
    /** The worker's tool said that it failed. */
    static final String TOOL_ERROR = value(ErrorType.TOOL_ERROR);
    /** A decision that could not be carried out. */
    static final String REFUSED = value(ErrorType.REFUSED);

    private static final int MESSAGE_LIMIT = 300;

    /** Marks a span whose problem is in words of ours or of an API, which may be shown. */
    void mark(OpenSpan span, Problem problem) {
        mark(span, problem.value(), Optional.of(problem.message()));
    }

    void interrupted(OpenSpan span) {
        mark(span, INTERRUPTED, Optional.empty());
    }

    /**
     * @param type a value of {@link ErrorType} or of a run's status
     * @param message empty where it is a model's, a worker's or a command's text, which may not be shown
     */
    void mark(OpenSpan span, String type, Optional<String> message) {
        span.set(Keys.ERROR_TYPE, type);
        Optional<String> line = message.map(this::line).filter(text -> !text.isEmpty());
        span.status(StatusData.create(StatusCode.ERROR, line.orElse("")));
        AttributesBuilder about = Attributes.builder().put(Keys.EXCEPTION_TYPE, type);
        line.ifPresent(text -> about.put(Keys.EXCEPTION_MESSAGE, text));
        Attributes exception = about.build();
        if (run.exceptionEvents()) {
            span.event(Spans.EXCEPTION_EVENT, exception, clock.nanos());
        }
        log.exception(event(span.level()), span.context(), type, exception);
    }

    /** The GenAI conventions name two of them; the others are ours. */
    private static String event(OpenSpan.Level level) {
        return switch (level) {
            case CALL -> LogEvents.CALL_EXCEPTION;
            case FUNCTION, CHECK, TOOL -> LogEvents.TOOL_EXCEPTION;
            case RUN, SELF_CHECK, WORKER, REASONING -> LogEvents.EXCEPTION;
        };
    }

    /** A message as it may be shown. Secrets go first: half of one, cut off, would not be recognised any more. */
    String line(String message) {
        return Text.line(run.content().redact(message), MESSAGE_LIMIT);
    }

    private static String value(ErrorType type) {
        return type.value(OptionalInt.empty());
    }
}
