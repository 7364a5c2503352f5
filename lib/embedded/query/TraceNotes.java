package embedded.query;

import com.google.protobuf.ByteString;
import embedded.Nanos;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person should know about the spans of a trace that the spans do not say themselves: a parent that is not there, times
 * that are missing, an id that two have, clocks that differ.
 */
public final class TraceNotes {
    /** Has a parent that is not stored: it did not come (yet), or was not sampled. */
    static final String PARENT_MISSING = "parentMissing";
    static final String NO_START = "noStart";
    static final String NO_END = "noEnd";
    static final String END_BEFORE_START = "endBeforeStart";
    /** Another resource has a span with the same id. */
    static final String SHARED_ID = "sharedId";
    /** Going from parent to parent leads back: there is no root above it. */
    static final String CYCLE = "cycle";
    /** Begins before its parent, which runs on another machine or in another process: their clocks differ. */
    static final String CLOCK_SKEW = "clockSkew";

    private final List<Placed> spans = new ArrayList<>();
    private final Map<ByteString, List<Placed>> byId = new HashMap<>();

    /** Where a span stands in the answer: the numbers of its resource, scope and itself, from 0. */
    private record Placed(Span span, int resource, int scope, int index) {}

    private TraceNotes(TracesData trace) {
        for (int r = 0; r < trace.getResourceSpansCount(); r++) {
            ResourceSpans resource = trace.getResourceSpans(r);
            for (int s = 0; s < resource.getScopeSpansCount(); s++) {
                ScopeSpans scope = resource.getScopeSpans(s);
                for (int i = 0; i < scope.getSpansCount(); i++) {
                    Placed placed = new Placed(scope.getSpans(i), r, s, i);
                    spans.add(placed);
                    byId.computeIfAbsent(placed.span.getSpanId(), id -> new ArrayList<>(1)).add(placed);
                }
            }
        }
    }

    /**
     * One entry for each span about which there is something to say: {@code resource}, {@code scope} and {@code span}, its
     * place in the trace; {@code spanId}; {@code marks}; and with {@link #CLOCK_SKEW} {@code skewNanos}, by how much it begins
     * too early, as text.
     */
    public static List<Map<String, Object>> of(TracesData trace) {
        TraceNotes notes = new TraceNotes(trace);
        List<Map<String, Object>> all = new ArrayList<>();
        Set<ByteString> circling = notes.circling();
        for (Placed placed : notes.spans) {
            notes.note(placed, circling).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Map<String, Object>> note(Placed placed, Set<ByteString> circling) {
        List<String> marks = new ArrayList<>();
        Span span = placed.span;
        long start = Nanos.clamped(span.getStartTimeUnixNano());
        long end = Nanos.clamped(span.getEndTimeUnixNano());
        Optional<Placed> parent = parent(placed);
        if (!span.getParentSpanId().isEmpty() && parent.isEmpty()) {
            marks.add(PARENT_MISSING);
        }
        if (start == 0) {
            marks.add(NO_START);
        }
        if (end == 0) {
            marks.add(NO_END);
        } else if (end < start) {
            marks.add(END_BEFORE_START);
        }
        if (byId.get(span.getSpanId()).size() > 1) {
            marks.add(SHARED_ID);
        }
        if (circling.contains(span.getSpanId())) {
            marks.add(CYCLE);
        }
        long skew = skew(placed, parent);
        if (skew > 0) {
            marks.add(CLOCK_SKEW);
        }
        if (marks.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> note = new LinkedHashMap<>();
        note.put("resource", placed.resource);
        note.put("scope", placed.scope);
        note.put("span", placed.index);
        note.put("spanId", TraceId.hex(span.getSpanId()));
        note.put("marks", marks);
        if (skew > 0) {
            note.put("skewNanos", Long.toString(skew));
        }
        return Optional.of(note);
    }

    /** Of two that have the parent's id, the one of the same resource; a server's span may have its client's id. */
    private Optional<Placed> parent(Placed placed) {
        List<Placed> parents = byId.getOrDefault(placed.span.getParentSpanId(), List.of());
        return parents.stream().filter(parent -> parent.resource == placed.resource).findFirst()
                .or(() -> parents.stream().findFirst());
    }

    private static long skew(Placed placed, Optional<Placed> parent) {
        if (parent.isEmpty() || parent.get().resource == placed.resource) {
            return 0;
        }
        long start = Nanos.clamped(placed.span.getStartTimeUnixNano());
        long parentStart = Nanos.clamped(parent.get().span.getStartTimeUnixNano());
        return start == 0 || parentStart == 0 ? 0 : Math.max(0, parentStart - start);
    }

    /** Ids from which no way leads to a span without a parent, or with one that is not there. */
    private Set<ByteString> circling() {
        Set<ByteString> fine = new HashSet<>();
        Set<ByteString> circling = new HashSet<>();
        for (ByteString begin : byId.keySet()) {
            Set<ByteString> way = new HashSet<>();
            ByteString at = begin;
            while (byId.containsKey(at) && !fine.contains(at) && !circling.contains(at) && way.add(at)) {
                at = byId.get(at).get(0).span.getParentSpanId();
            }
            boolean circles = circling.contains(at) || way.contains(at);
            (circles ? circling : fine).addAll(way);
        }
        return circling;
    }
}
