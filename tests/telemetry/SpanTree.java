package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Spans as the tree that their parent ids make, so that a test can say a whole tree and read the difference. */
public final class SpanTree {
    private final List<Received.Span> spans;

    private SpanTree(List<Received.Span> spans) {
        this.spans = spans.stream().sorted(Comparator.comparingLong(Received.Span::startNanos))
                .collect(Collectors.toList());
    }

    /** Of all spans, whichever trace they belong to. */
    public static SpanTree of(List<Received.Span> spans) {
        return new SpanTree(spans);
    }

    /**
     * The whole forest must have this shape: one line per span, children in the order of their starts and indented by two
     * blanks below their parent. A span whose parent was not received reads {@code name ^} when it stands at the left.
     */
    public SpanTree assertShape(String... lines) {
        assertEquals(String.join("\n", lines), toString());
        return this;
    }

    /** The one span of this name. */
    public Received.Span only(String name) {
        List<Received.Span> found = all(name);
        assertEquals(1, found.size(), () -> "spans named " + name + " in\n" + this);
        return found.get(0);
    }

    /** The spans of this name, oldest first. */
    public List<Received.Span> all(String name) {
        return spans.stream().filter(span -> span.name().equals(name)).collect(Collectors.toList());
    }

    /** One trace, every span in it once, and all ended after they began. */
    public SpanTree assertOneTrace() {
        Set<String> traces = spans.stream().map(Received.Span::traceId).collect(Collectors.toSet());
        assertEquals(1, traces.size(), () -> "traces in\n" + this);
        Set<String> ids = spans.stream().map(Received.Span::spanId).collect(Collectors.toSet());
        assertEquals(spans.size(), ids.size(), () -> "a span arrived twice in\n" + this);
        spans.forEach(span ->
                assertTrue(span.endNanos() >= span.startNanos(), () -> span.name() + " ends before it starts"));
        return this;
    }

    @Override
    public String toString() {
        Set<String> known = spans.stream().map(Received.Span::spanId).collect(Collectors.toCollection(HashSet::new));
        List<String> lines = new ArrayList<>();
        for (Received.Span span : spans) {
            if (!known.contains(span.parentId())) {
                lines.add(span.name() + (span.root() ? "" : " ^"));
                children(span, "  ", lines);
            }
        }
        return String.join("\n", lines);
    }

    private void children(Received.Span parent, String indent, List<String> lines) {
        for (Received.Span span : spans) {
            if (span.parentId().equals(parent.spanId())) {
                lines.add(indent + span.name());
                children(span, indent + "  ", lines);
            }
        }
    }
}
