package embedded.store;

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

    TraceSums(long id, int documents, boolean isNew) {
        this.id = id;
        this.documents = documents;
        this.isNew = isNew;
        clear();
    }

    void add(SpanRecord span, long spanService) {
        spans++;
        errors += span.error() ? 1 : 0;
        start = Math.min(start, span.start());
        end = Math.max(end, span.end());
        boolean better = span.root() && !root || span.root() == root && span.start() < nameStart;
        if (better || name.isEmpty()) {
            name = span.name();
            service = spanService;
            nameStart = span.start();
        }
        root |= span.root();
    }

    /** The sums stand in the store now; only what identifies the trace is kept. */
    void written() {
        isNew &= spans == 0;
        clear();
    }

    private void clear() {
        spans = 0;
        errors = 0;
        start = Long.MAX_VALUE;
        end = 0;
        root = false;
        name = "";
        service = 0;
        nameStart = Long.MAX_VALUE;
    }
}
