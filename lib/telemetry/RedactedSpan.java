package telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.stream.Collectors;

/** A span as it may leave: no secret in its name, attributes, events and status. */
final class RedactedSpan extends DelegatingSpanData {
    private final String name;
    private final Attributes attributes;
    private final List<EventData> events;
    private final StatusData status;

    RedactedSpan(SpanData span, Redactor redactor) {
        super(span);
        name = redactor.redact(span.getName());
        attributes = RedactedAttributes.of(span.getAttributes(), redactor);
        events = span.getEvents().stream().map(event -> redacted(event, redactor)).collect(Collectors.toList());
        status = StatusData.create(span.getStatus().getStatusCode(), redactor.redact(span.getStatus().getDescription()));
    }

    private static EventData redacted(EventData event, Redactor redactor) {
        return EventData.create(event.getEpochNanos(), event.getName(),
                RedactedAttributes.of(event.getAttributes(), redactor), event.getTotalAttributeCount());
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public List<EventData> getEvents() {
        return events;
    }

    @Override
    public StatusData getStatus() {
        return status;
    }
}
