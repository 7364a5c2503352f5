package telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import telemetry.fold.FoldedLog;
import telemetry.fold.FoldedSpan;
import telemetry.fold.Redactor;

/** The last thing before an exporter, on its thread: takes secrets out, and keeps the limits that the user set. */
final class Cleaner {
    private static final int DEFAULT_COUNT = 128;

    private final Redactor redactor;
    private final int spanLength;
    private final int spanCount;
    private final int eventCount;
    private final int logLength;
    private final int logCount;

    Cleaner(Redactor redactor, OtelVariables variables) {
        this.redactor = redactor;
        int length = variables.number("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", Integer.MAX_VALUE);
        int count = variables.number("OTEL_ATTRIBUTE_COUNT_LIMIT", DEFAULT_COUNT);
        this.spanLength = variables.number("OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", length);
        this.spanCount = variables.number("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", count);
        this.eventCount = variables.number("OTEL_SPAN_EVENT_COUNT_LIMIT", DEFAULT_COUNT);
        this.logLength = variables.number("OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", length);
        this.logCount = variables.number("OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT", count);
    }

    FoldedSpan clean(FoldedSpan span) {
        List<EventData> events = span.getEvents().stream().limit(eventCount)
                .map(event -> EventData.create(event.getEpochNanos(), event.getName(),
                        clean(event.getAttributes(), spanLength, spanCount), event.getTotalAttributeCount())).toList();
        StatusData status = span.getStatus().getDescription().isEmpty() ? span.getStatus()
                : StatusData.create(span.getStatus().getStatusCode(), redactor.redact(span.getStatus().getDescription()));
        return new FoldedSpan(span.getResource(), span.getInstrumentationScopeInfo(), span.getSpanContext(),
                span.getParentSpanContext(), redactor.redact(span.getName()), span.getKind(), span.getStartEpochNanos(),
                span.getEndEpochNanos(), clean(span.getAttributes(), spanLength, spanCount), span.getTotalAttributeCount(),
                events, span.getTotalRecordedEvents(), status);
    }

    FoldedLog clean(FoldedLog log) {
        return new FoldedLog(log.getResource(), log.getInstrumentationScopeInfo(), log.getSpanContext(), log.getEventName(),
                log.getSeverity(), redactor.redact(log.text()), log.getTimestampEpochNanos(),
                clean(log.getAttributes(), logLength, logCount), log.getTotalAttributeCount());
    }

    /** The same object when there was nothing to take out, which is nearly always. */
    private Attributes clean(Attributes attributes, int length, int count) {
        boolean[] changed = {attributes.size() > count};
        AttributesBuilder cleaned = Attributes.builder();
        int[] kept = {0};
        attributes.forEach((key, value) -> {
            if (kept[0]++ < count) {
                Object clean = clean(value, length);
                changed[0] |= clean != value;
                put(cleaned, key, clean);
            }
        });
        return changed[0] ? cleaned.build() : attributes;
    }

    private Object clean(Object value, int length) {
        if (value instanceof String text) {
            return text(text, length);
        }
        if (value instanceof List<?> list && list.stream().anyMatch(String.class::isInstance)) {
            List<Object> clean = new ArrayList<>(list.size());
            list.forEach(element -> clean.add(element instanceof String text ? text(text, length) : element));
            return clean.equals(list) ? value : clean;
        }
        return value;
    }

    private String text(String text, int length) {
        String clean = redactor.redact(text);
        return clean.length() > length ? clean.substring(0, length) : clean;
    }

    @SuppressWarnings("unchecked") // A cleaned value has the type of its key: text stays text, a list of text one.
    private static void put(AttributesBuilder builder, AttributeKey<?> key, Object value) {
        if (value instanceof String && key.getType() != AttributeType.STRING) {
            throw new IllegalStateException("text under a key that is none: " + key);
        }
        builder.put((AttributeKey<Object>) key, value);
    }
}
