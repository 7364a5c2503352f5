package telemetry.fold;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/** A log record as the exporters take it. It was observed when it happened: a later reading observes nothing new. */
public record FoldedLog(Resource getResource, InstrumentationScopeInfo getInstrumentationScopeInfo, SpanContext getSpanContext,
        String getEventName, Severity getSeverity, String text, long getTimestampEpochNanos, Attributes getAttributes,
        int getTotalAttributeCount) implements LogRecordData {

    @Override
    public long getObservedTimestampEpochNanos() {
        return getTimestampEpochNanos;
    }

    @Override
    public String getSeverityText() {
        return getSeverity.name();
    }

    @Override
    public Value<?> getBodyValue() {
        return Value.of(text);
    }

    @Override
    @Deprecated // By the SDK; the interface still has it.
    public Body getBody() {
        return Body.string(text);
    }
}
