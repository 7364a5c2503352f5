package embedded.store;

import embedded.Nanos;
import embedded.model.SpanRecord;
import java.util.HashSet;
import java.util.Set;

/** What the open transaction adds to one trace. */
final class TraceSums {
    final long id;
    final Set<Long> services = new HashSet<>();
    int documents;
    boolean isNew;

    int spans;
    int errors;
    long start;
    long end;
    boolean root;
    /** The span that names the trace: a root, or else the one that began first. */
    String name;
    long service;
    private long nameStart;
    private boolean changed;

    TraceSums(long id, int documents, boolean isNew) {
        this.id = id;
        this.documents = documents;
        this.isNew = isNew;
        clear();
    }

    void add(SpanRecord span, long spanService) {
        spans++;
        errors += span.error() ? 1 : 0;
        // A span without times says nothing about when the trace was.
        start = Nanos.earlier(start, span.start());
        end = Math.max(end, Math.max(span.start(), span.end()));
        boolean better = span.root() && !root || span.root() == root && span.start() != 0 && span.start() < nameStart;
        if (better || name.isEmpty()) {
            name = span.name();
            service = spanService;
            nameStart = span.start() == 0 ? Long.MAX_VALUE : span.start();
        }
        root |= span.root();
    }

    /** What a span said before it was replaced counts no more. */
    void remove(SpanRecord span) {
        spans--;
        errors -= span.error() ? 1 : 0;
        changed = true;
    }

    boolean isChanged() {
        return changed || spans > 0;
    }

    /** The sums stand in the store now; only what identifies the trace is kept. */
    void written() {
        isNew &= !isChanged();
        clear();
    }

    private void clear() {
        spans = 0;
        errors = 0;
        changed = false;
        start = 0;
        end = 0;
        root = false;
        name = "";
        service = 0;
        nameStart = Long.MAX_VALUE;
    }
}
