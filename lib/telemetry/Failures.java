package telemetry;

import agent.Problem;
import contract.Spans;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a failure looks on a span: status, {@code error.type} and an exception event. */
final class Failures {
    /** A start whose end never came, or that a signal cut off. */
    static final String INTERRUPTED = "interrupted";
    /** The worker's tool said that it failed. */
    static final String TOOL_ERROR = "tool_error";
    /** A decision that could not be carried out. */
    static final String REFUSED = "refused";
    /** OpenTelemetry's word for a value that is not in the list. */
    static final String OTHER = "_OTHER";

    private static final int MESSAGE_LIMIT = 300;

    /** Types are constants of the code, some with an exit code or an HTTP status behind them; text is none. */
    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+){0,5}");
    private static final int TYPE_LIMIT = 40;

    private final EventClock clock;

    private final Redactor redactor;

    Failures(EventClock clock, Redactor redactor) {
        this.clock = clock;
        this.redactor = redactor;
    }

    /** Marks a span whose problem is in words of ours or of an API, which may be shown. */
    void mark(Span span, Problem problem) {
        mark(span, problem.value(), Optional.of(problem.message()));
    }

    void interrupted(Span span) {
        mark(span, INTERRUPTED, Optional.empty());
    }

    /** @param message empty where it is a model's, a worker's or a command's text, which may not be shown */
    void mark(Span span, String type, Optional<String> message) {
        String bounded = bounded(type);
        span.setAttribute(Keys.ERROR_TYPE, bounded);
        Optional<String> line = message.map(this::line).filter(text -> !text.isEmpty());
        span.setStatus(StatusCode.ERROR, line.orElse(""));
        AttributesBuilder event = Attributes.builder().put(Keys.EXCEPTION_TYPE, bounded);
        line.ifPresent(text -> event.put(Keys.EXCEPTION_MESSAGE, text));
        clock.addEvent(span, Spans.EXCEPTION_EVENT, event.build());
    }

    /** A message as it may be shown. Secrets go first: half of one, cut off, would not be recognised any more. */
    String line(String message) {
        return Text.line(redactor.redact(message), MESSAGE_LIMIT);
    }

    /** A value for {@code error.type}: from a bounded set whatever comes in. */
    static String bounded(String type) {
        return type.length() <= TYPE_LIMIT && TYPE.matcher(type).matches() ? type : OTHER;
    }
}
