package embedded.store;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes spans and what is known of their traces. A span that came before is left as it is: clients send again what they got
 * no answer for. Sums of a trace are collected and written once per transaction. Belongs to the writer's thread.
 */
public final class SpanTable implements AutoCloseable {
    /** Traces that spans are likely to come for; the others are looked up again. */
    private static final int CACHED_TRACES = 8192;
    /** The number of a document within its trace has this many bits, see {@link Schema}. */
    public static final int DOCUMENT_BITS = 16;
    private static final int MAX_DOCUMENTS = 1 << DOCUMENT_BITS;

    private final Interned interned;
    private final RunTable runs;
    private final PreparedStatement findTrace;
    private final PreparedStatement insertTrace;
    private final PreparedStatement updateTrace;
    private final PreparedStatement insertSpan;
    private final PreparedStatement insertService;
    private final PreparedStatement insertWords;
    private final Map<ByteString, TraceSums> pending = new LinkedHashMap<>();
    private final Map<ByteString, TraceSums> cache = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, TraceSums> eldest) {
            return size() > CACHED_TRACES;
        }
    };
    private long nextTrace;

    SpanTable(Connection connection, Interned interned) throws SQLException {
        this.interned = interned;
        runs = new RunTable(connection);
        findTrace = connection.prepareStatement("SELECT id, documents FROM trace WHERE trace_id = ?");
        insertTrace = connection.prepareStatement("INSERT INTO trace (id, trace_id, received, updated, start, end, name,"
                + " service, root, spans, errors, documents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        updateTrace = connection.prepareStatement("UPDATE trace SET updated = ?1, start = min(start, ?2),"
                + " end = max(end, ?3), name = CASE WHEN ?6 > root OR (?6 = root AND ?2 < start) THEN ?4 ELSE name END,"
                + " service = CASE WHEN ?6 > root OR (?6 = root AND ?2 < start) THEN ?5 ELSE service END,"
                + " root = max(root, ?6), spans = spans + ?7, errors = errors + ?8, documents = ?9 WHERE id = ?10");
        insertSpan = connection.prepareStatement("INSERT INTO span (trace, span_id, resource, scope, body)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        insertService = connection.prepareStatement("INSERT OR IGNORE INTO trace_service (service, trace) VALUES (?, ?)");
        insertWords = connection.prepareStatement("INSERT INTO words (rowid, text) VALUES (?, ?)");
        nextTrace = highestTrace(connection) + 1;
    }

    private static long highestTrace(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT max(id) FROM trace");
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    public void store(SpanGroup group) throws SQLException {
        TraceSums trace = trace(ByteString.copyFrom(group.traceId()));
        long resource = interned.resource(group.resource());
        long scope = interned.scope(group.scope());
        long service = interned.service(group.service());
        boolean fresh = false;
        for (SpanRecord span : group.spans()) {
            if (insert(trace.id, span, resource, scope)) {
                fresh = true;
                trace.add(span, service);
                if (span.facts().isPresent()) {
                    runs.add(trace.id, span, span.facts().get());
                }
            }
        }
        if (fresh) {
            if (trace.services.add(service)) {
                insertService.setLong(1, service);
                insertService.setLong(2, trace.id);
                insertService.executeUpdate();
            }
            index(trace, group.words());
        }
    }

    private boolean insert(long trace, SpanRecord span, long resource, long scope) throws SQLException {
        insertSpan.setLong(1, trace);
        insertSpan.setBytes(2, span.spanId());
        insertSpan.setLong(3, resource);
        insertSpan.setLong(4, scope);
        insertSpan.setBytes(5, span.body());
        return insertSpan.executeUpdate() > 0;
    }

    private void index(TraceSums trace, String words) throws SQLException {
        if (words.isEmpty() || trace.documents >= MAX_DOCUMENTS) {
            return;
        }
        insertWords.setLong(1, trace.id << DOCUMENT_BITS | trace.documents++);
        insertWords.setString(2, words);
        insertWords.executeUpdate();
    }

    private TraceSums trace(ByteString traceId) throws SQLException {
        TraceSums trace = pending.getOrDefault(traceId, cache.get(traceId));
        if (trace == null) {
            findTrace.setBytes(1, traceId.toByteArray());
            try (ResultSet row = findTrace.executeQuery()) {
                trace = row.next() ? new TraceSums(row.getLong(1), row.getInt(2), false) : new TraceSums(nextTrace++, 0,
                        true);
            }
            cache.put(traceId, trace);
        }
        pending.put(traceId, trace);
        return trace;
    }

    /** Writes what was collected; to be called before the transaction is committed. */
    void flush(long nowMillis) throws SQLException {
        for (Map.Entry<ByteString, TraceSums> entry : pending.entrySet()) {
            TraceSums trace = entry.getValue();
            if (trace.spans > 0 && trace.isNew) {
                insert(entry.getKey(), trace, nowMillis);
            } else if (trace.spans > 0) {
                update(trace, nowMillis);
            }
            trace.written();
        }
        pending.clear();
        runs.flush(nowMillis);
    }

    private void insert(ByteString traceId, TraceSums trace, long nowMillis) throws SQLException {
        insertTrace.setLong(1, trace.id);
        insertTrace.setBytes(2, traceId.toByteArray());
        insertTrace.setLong(3, nowMillis);
        insertTrace.setLong(4, nowMillis);
        insertTrace.setLong(5, trace.start);
        insertTrace.setLong(6, trace.end);
        insertTrace.setString(7, trace.name);
        insertTrace.setLong(8, trace.service);
        insertTrace.setInt(9, trace.root ? 1 : 0);
        insertTrace.setInt(10, trace.spans);
        insertTrace.setInt(11, trace.errors);
        insertTrace.setInt(12, trace.documents);
        insertTrace.executeUpdate();
    }

    private void update(TraceSums trace, long nowMillis) throws SQLException {
        updateTrace.setLong(1, nowMillis);
        updateTrace.setLong(2, trace.start);
        updateTrace.setLong(3, trace.end);
        updateTrace.setString(4, trace.name);
        updateTrace.setLong(5, trace.service);
        updateTrace.setInt(6, trace.root ? 1 : 0);
        updateTrace.setInt(7, trace.spans);
        updateTrace.setInt(8, trace.errors);
        updateTrace.setInt(9, trace.documents);
        updateTrace.setLong(10, trace.id);
        updateTrace.executeUpdate();
    }

    /** After a rollback, or when retention has removed traces, what is remembered of them is not valid any more. */
    void forget() {
        pending.clear();
        cache.clear();
        runs.forget();
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement
                : new PreparedStatement[] {findTrace, insertTrace, updateTrace, insertSpan, insertService, insertWords}) {
            statement.close();
        }
        runs.close();
    }
}
