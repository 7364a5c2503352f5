package telemetry.fold;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/** A span that has ended, as the exporters take it. */
public record FoldedSpan(Resource getResource, InstrumentationScopeInfo getInstrumentationScopeInfo, SpanContext getSpanContext,
        SpanContext getParentSpanContext, String getName, SpanKind getKind, long getStartEpochNanos, long getEndEpochNanos,
        Attributes getAttributes, int getTotalAttributeCount, List<EventData> getEvents, int getTotalRecordedEvents,
        StatusData getStatus) implements SpanData {

    @Override
    public List<LinkData> getLinks() {
        return List.of();
    }

    @Override
    public int getTotalRecordedLinks() {
        return 0;
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    @Deprecated // By the SDK; the interface still has it.
    public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return InstrumentationLibraryInfo.create(getInstrumentationScopeInfo.getName(), getInstrumentationScopeInfo.getVersion());
    }
}
