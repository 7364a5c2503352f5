package telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/** A log record as it may leave: no secret in its body and attributes. */
final class RedactedLog implements LogRecordData {
    private final LogRecordData log;
    private final Value<?> body;
    private final Attributes attributes;

    RedactedLog(LogRecordData log, Redactor redactor) {
        this.log = log;
        // Bodies are text here; anything else is shown as text, so that nothing nested slips through.
        Value<?> value = log.getBodyValue();
        this.body = value == null ? null : Value.of(redactor.redact(
                value.getType() == ValueType.STRING ? (String) value.getValue() : value.asString()));
        this.attributes = RedactedAttributes.of(log.getAttributes(), redactor);
    }

    @Override
    public Resource getResource() {
        return log.getResource();
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return log.getInstrumentationScopeInfo();
    }

    @Override
    public long getTimestampEpochNanos() {
        return log.getTimestampEpochNanos();
    }

    @Override
    public long getObservedTimestampEpochNanos() {
        return log.getObservedTimestampEpochNanos();
    }

    @Override
    public SpanContext getSpanContext() {
        return log.getSpanContext();
    }

    @Override
    public Severity getSeverity() {
        return log.getSeverity();
    }

    @Override
    public String getSeverityText() {
        return log.getSeverityText();
    }

    /** Deprecated by the SDK in favour of {@link #getBodyValue}, but still abstract. */
    @Override
    @Deprecated
    public io.opentelemetry.sdk.logs.data.Body getBody() {
        return body == null ? io.opentelemetry.sdk.logs.data.Body.empty()
                : io.opentelemetry.sdk.logs.data.Body.string(body.asString());
    }

    @Override
    public Value<?> getBodyValue() {
        return body;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return log.getTotalAttributeCount();
    }

    @Override
    public String getEventName() {
        return log.getEventName();
    }
}
