package telemetry.fold;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;

/** A span that has begun and not ended. */
final class OpenSpan {
    /** What an open span stands for. */
    enum Level {
        RUN("CHAIN"), SELF_CHECK("CHAIN"), WORKER("AGENT"), FUNCTION("TOOL"), CHECK("TOOL"), REASONING("AGENT"), CALL("LLM"),
        TOOL("TOOL");

        /** OpenInference's word for it. */
        final String kind;

        Level(String kind) {
            this.kind = kind;
        }
    }

    private final Level level;
    private final String name;
    private final SpanKind kind;
    private final SpanContext context;
    private final SpanContext parent;
    private final long start;
    private final AttributesBuilder attributes = Attributes.builder();
    private final List<EventData> events = new ArrayList<>(1);
    private StatusData status = StatusData.unset();

    OpenSpan(Level level, String name, SpanKind kind, SpanContext context, SpanContext parent, long start) {
        this.level = level;
        this.name = name;
        this.kind = kind;
        this.context = context;
        this.parent = parent;
        this.start = start;
    }

    Level level() {
        return level;
    }

    SpanContext context() {
        return context;
    }

    /** A value set again replaces the earlier one. */
    OpenSpan set(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    OpenSpan set(String key, long value) {
        attributes.put(key, value);
        return this;
    }

    OpenSpan set(String key, double value) {
        attributes.put(key, value);
        return this;
    }

    OpenSpan set(String key, boolean value) {
        attributes.put(key, value);
        return this;
    }

    OpenSpan set(String key, List<String> values) {
        attributes.put(key, values.toArray(String[]::new));
        return this;
    }

    void setAll(Attributes more) {
        attributes.putAll(more);
    }

    void event(String event, Attributes about, long at) {
        events.add(EventData.create(at, event, about));
    }

    void status(StatusData ended) {
        status = ended;
    }

    FoldedSpan ended(Resource resource, InstrumentationScopeInfo scope, long end) {
        Attributes all = attributes.build();
        return new FoldedSpan(resource, scope, context, parent, name, kind, start, end, all, all.size(), List.copyOf(events),
                events.size(), status);
    }
}
