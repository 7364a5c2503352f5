package embedded.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import embedded.model.SignalSource;
import embedded.model.SpanGroup;
import embedded.model.SpanRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes spans and what is known of their traces. One id twice from the same resource is one span: the one that has ended,
 * else the later one, since clients send again what they got no answer for, and some send a span when it begins and once more
 * when it ends. From two resources it is two spans that share an id, as a proxy and its client can make them, and both are
 * kept. Sums of a trace are collected and written once per transaction. Belongs to the writer's thread.
 */
public final class SpanTable {
    /** Traces that spans are likely to come for; the others are looked up again. */
    private static final int CACHED_TRACES = 8192;
    /** The number of a document within its trace has this many bits, see {@link Schema}. */
    public static final int DOCUMENT_BITS = 16;
    private static final int MAX_DOCUMENTS = 1 << DOCUMENT_BITS;

    /** Whether what comes names the trace better than what stands there: a root, else what began first. */
    private static final String BETTER =
            "?4 <> '' AND (?6 > root OR (?6 = root AND ?2 <> 0 AND (start = 0 OR ?2 < start)))";

    private final Interned interned;
    private final LastUse uses;
    private final RunTable runs;
    private final AgentTable agents;
    private final PreparedStatement findTrace;
    private final PreparedStatement insertTrace;
    private final PreparedStatement updateTrace;
    private final PreparedStatement insertSpan;
    private final PreparedStatement findSpan;
    private final PreparedStatement replaceSpan;
    private final PreparedStatement insertService;
    private final PreparedStatement insertWords;
    private final Map<ByteString, TraceSums> pending = new LinkedHashMap<>();
    private final WeighedCache<ByteString, TraceSums> cache =
            new WeighedCache<>(CACHED_TRACES, Long.MAX_VALUE, (traceId, trace) -> 0);
    private long nextTrace;

    SpanTable(Connection connection, Interned interned, LastUse uses) throws SQLException {
        this.interned = interned;
        this.uses = uses;
        runs = new RunTable(connection);
        agents = new AgentTable(connection);
        findTrace = connection.prepareStatement("SELECT id, documents FROM trace WHERE trace_id = ?");
        insertTrace = connection.prepareStatement("INSERT INTO trace (id, trace_id, received, updated, start, end, name,"
                + " service, root, spans, errors, documents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        updateTrace = connection.prepareStatement("UPDATE trace SET updated = ?1,"
                + " start = CASE WHEN ?2 = 0 THEN start WHEN start = 0 THEN ?2 ELSE min(start, ?2) END, end = max(end, ?3),"
                + " name = CASE WHEN " + BETTER + " THEN ?4 ELSE name END,"
                + " service = CASE WHEN " + BETTER + " THEN ?5 ELSE service END,"
                + " root = max(root, ?6), spans = spans + ?7, errors = errors + ?8, documents = ?9 WHERE id = ?10");
        insertSpan = connection.prepareStatement("INSERT INTO span (trace, span_id, resource, scope, body)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        findSpan = connection.prepareStatement("SELECT id, body FROM span WHERE trace = ? AND span_id = ? AND resource = ?");
        replaceSpan = connection.prepareStatement("UPDATE span SET scope = ?, body = ? WHERE id = ?");
        insertService = connection.prepareStatement("INSERT OR IGNORE INTO trace_service (service, trace) VALUES (?, ?)");
        insertWords = connection.prepareStatement("INSERT INTO words (rowid, text) VALUES (?, ?)");
        try (PreparedStatement highest = connection.prepareStatement("SELECT max(id) FROM trace")) {
            nextTrace = Bind.number(highest, 0) + 1;
        }
    }

    public void store(SpanGroup group) throws SQLException {
        TraceSums trace = trace(ByteString.copyFrom(group.traceId()));
        SignalSource origin = group.origin();
        long resource = interned.resource(origin.resource(), origin.resourceSchema());
        long scope = interned.scope(origin.scope(), origin.scopeSchema());
        long service = interned.service(origin.service());
        uses.byTrace(Dictionary.RESOURCE, resource, trace.id);
        uses.byTrace(Dictionary.SCOPE, scope, trace.id);
        uses.byTrace(Dictionary.SERVICE, service, trace.id);
        boolean fresh = false;
        for (SpanRecord span : group.spans()) {
            if (insert(trace.id, span, resource, scope) || replace(trace, span, resource, scope)) {
                fresh = true;
                trace.add(span, service);
                if (span.agent().isPresent()) {
                    agents.add(trace.id, span.agent().get(), 1);
                }
                if (span.facts().isPresent()) {
                    runs.add(trace.id, resource, span, span.facts().get(), 1);
                }
            }
        }
        if (fresh) {
            if (trace.services.add(service)) {
                Bind.to(insertService, service, trace.id).executeUpdate();
            }
            index(trace, group.words());
        }
    }

    private boolean insert(long trace, SpanRecord span, long resource, long scope) throws SQLException {
        return Bind.to(insertSpan, trace, span.spanId(), resource, scope, span.body()).executeUpdate() > 0;
    }

    /** A span with this id is there from this resource; whether the new one took its place. */
    private boolean replace(TraceSums trace, SpanRecord span, long resource, long scope) throws SQLException {
        long id;
        byte[] body;
        try (ResultSet row = Bind.to(findSpan, trace.id, span.spanId(), resource).executeQuery()) {
            row.next();
            id = row.getLong(1);
            body = row.getBytes(2);
        }
        if (Arrays.equals(body, span.body())) {
            return false;
        }
        SpanRecord stored = stored(body);
        if (!span.replaces(stored)) {
            return false;
        }
        Bind.to(replaceSpan, scope, span.body(), id).executeUpdate();
        trace.remove(stored);
        if (stored.facts().isPresent()) {
            runs.add(trace.id, resource, stored, stored.facts().get(), -1);
        }
        if (stored.agent().isPresent()) {
            agents.add(trace.id, stored.agent().get(), -1);
        }
        return true;
    }

    private static SpanRecord stored(byte[] body) throws SQLException {
        try {
            return SpanRecord.of(Span.parseFrom(body), body);
        } catch (InvalidProtocolBufferException e) {
            throw new SQLException("a stored span does not read", e);
        }
    }

    private void index(TraceSums trace, String words) throws SQLException {
        if (words.isEmpty() || trace.documents >= MAX_DOCUMENTS) {
            return;
        }
        Bind.to(insertWords, trace.id << DOCUMENT_BITS | trace.documents++, words).executeUpdate();
    }

    private TraceSums trace(ByteString traceId) throws SQLException {
        TraceSums trace = pending.getOrDefault(traceId, cache.get(traceId));
        if (trace == null) {
            try (ResultSet row = Bind.to(findTrace, traceId.toByteArray()).executeQuery()) {
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
            if (trace.isChanged() && trace.isNew) {
                insert(entry.getKey(), trace, nowMillis);
            } else if (trace.isChanged()) {
                update(trace, nowMillis);
            }
            trace.written();
        }
        pending.clear();
        Bind.forget(insertSpan, findSpan, replaceSpan, insertWords);
    }

    private void insert(ByteString traceId, TraceSums trace, long nowMillis) throws SQLException {
        Bind.to(insertTrace, trace.id, traceId.toByteArray(), nowMillis, nowMillis, trace.start, trace.end, trace.name,
                trace.service, trace.root, trace.spans, trace.errors, trace.documents).executeUpdate();
    }

    private void update(TraceSums trace, long nowMillis) throws SQLException {
        Bind.to(updateTrace, nowMillis, trace.start, trace.end, trace.name, trace.service, trace.root, trace.spans,
                trace.errors, trace.documents, trace.id).executeUpdate();
    }

    /** After a rollback, or when retention has removed traces, what is remembered of them is not valid any more. */
    void forget() {
        pending.clear();
        cache.clear();
    }
}
