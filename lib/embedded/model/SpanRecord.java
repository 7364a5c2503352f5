package embedded.model;

import embedded.Nanos;
import embedded.Values;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.Optional;

/**
 * One span on its way into the store.
 *
 * @param root whether it has no parent
 * @param name as far as lists keep it
 * @param body the span as protobuf, byte for byte as it was sent
 * @param start nanoseconds since 1970, clamped; 0 when the sender does not say
 * @param end likewise; 0 while the span goes on, or when the sender does not say
 * @param facts what the list of runs needs of it; empty for a span that no run is made of
 * @param agent what it says about the work of Claude Code; empty for any other span
 */
public record SpanRecord(byte[] spanId, boolean root, String name, long start, long end, boolean error, byte[] body,
        Optional<RunFacts> facts, Optional<AgentFacts> agent) {
    public static SpanRecord of(Span span, byte[] body) {
        return new SpanRecord(span.getSpanId().toByteArray(), Values.isNoId(span.getParentSpanId()), Values.name(span.getName()),
                Nanos.clamped(span.getStartTimeUnixNano()), Nanos.clamped(span.getEndTimeUnixNano()),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR, body, RunFacts.of(span),
                AgentFacts.of(span));
    }

    /** Of two with one id from one resource, whether this replaces that: the one that has ended, else the later one. */
    public boolean replaces(SpanRecord stored) {
        if ((end == 0) != (stored.end == 0)) {
            return end != 0;
        }
        return end >= stored.end;
    }
}
