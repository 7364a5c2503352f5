package embedded.store;

import embedded.Nanos;
import embedded.model.Distribution;
import embedded.model.MetricKind;
import embedded.model.PointRow;
import embedded.model.Sample;
import embedded.model.ShapeBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes a trace, or some of the oldest traces, log records or points, within the open transaction of the writer's thread. */
final class Removal {
    private static final int TRACES = 20;
    private static final int LOGS = 500;
    /** Where the size decides, hardly more goes than must: a trace or a record may be as large as a request. */
    private static final int TRACES_BY_SIZE = 5;
    private static final int LOGS_BY_SIZE = 50;
    private static final int POINTS = 1000;
    private static final String OF_LOG = " RETURNING id, resource, scope, service";

    private final Connection connection;
    private final Unreferenced unreferenced;
    private final PreparedStatement oldestTrace;
    private final PreparedStatement oldestLog;
    private final PreparedStatement oldestPoint;
    private final PreparedStatement traces;
    private final List<PreparedStatement> ofTrace = new ArrayList<>();
    private final PreparedStatement spans;
    private final PreparedStatement services;
    private final PreparedStatement words;
    private final PreparedStatement logWords;
    private final PreparedStatement logs;
    private final PreparedStatement points;
    private final PreparedStatement deletePoint;
    private final PreparedStatement left;
    private final PreparedStatement base;
    private final PreparedStatement newBase;

    Removal(Connection connection) throws SQLException {
        this.connection = connection;
        unreferenced = new Unreferenced(connection);
        oldestTrace = connection.prepareStatement("SELECT received FROM trace ORDER BY id LIMIT 1");
        oldestLog = connection.prepareStatement("SELECT received FROM log ORDER BY id LIMIT 1");
        oldestPoint = connection.prepareStatement("SELECT min(received) FROM point");
        traces = connection.prepareStatement("SELECT id, documents FROM trace WHERE received < ? ORDER BY id LIMIT ?");
        words = connection.prepareStatement("DELETE FROM words WHERE rowid = ?");
        logWords = connection.prepareStatement("DELETE FROM log_words WHERE rowid = ?");
        spans = connection.prepareStatement("DELETE FROM span WHERE trace = ? RETURNING resource, scope");
        services = connection.prepareStatement("DELETE FROM trace_service WHERE trace = ? RETURNING service");
        for (String table : List.of("run WHERE trace", "run_model WHERE trace", "agent WHERE trace", "trace WHERE id")) {
            ofTrace.add(connection.prepareStatement("DELETE FROM " + table + " = ?"));
        }
        logs = connection.prepareStatement("DELETE FROM log WHERE id IN (SELECT id FROM log WHERE received < ? ORDER BY id"
                + " LIMIT ?)" + OF_LOG);
        points = connection.prepareStatement("SELECT p.series, p.start, p.time, p.value, p.count, p.buckets, p.marks, f.kind"
                + " FROM (SELECT series AS s, start AS b, time AS t FROM point WHERE received < ? ORDER BY received LIMIT "
                + POINTS + ") old JOIN point p ON p.series = old.s AND p.start = old.b AND p.time = old.t"
                + " JOIN series s ON s.id = p.series JOIN family f ON f.id = s.family");
        deletePoint = connection.prepareStatement("DELETE FROM point WHERE series = ? AND start = ? AND time = ?");
        left = connection.prepareStatement("SELECT 1 FROM point WHERE series = ? AND start = ? LIMIT 1");
        base = connection.prepareStatement(StreamReader.BASE);
        newBase = connection.prepareStatement("UPDATE series SET base_start = ?, base_value = ?, base_count = ?, base_buckets = ?"
                + " WHERE id = ?");
    }

    /** Bytes of the file that hold something, as of this transaction. */
    long bytesUsed() throws SQLException {
        return Schema.bytesUsed(connection);
    }

    /**
     * Removes some of what is the oldest of the kinds that take more than their share; of all, when none does. 0 when the
     * store is empty.
     */
    long oldest(Shares shares) throws SQLException {
        Map<Shares.Kind, Long> arrivals = new EnumMap<>(Shares.Kind.class);
        arrivals.put(Shares.Kind.TRACES, Bind.number(oldestTrace, Long.MAX_VALUE));
        arrivals.put(Shares.Kind.LOGS, Bind.number(oldestLog, Long.MAX_VALUE));
        arrivals.put(Shares.Kind.POINTS, Bind.number(oldestPoint, Long.MAX_VALUE));
        arrivals.values().removeIf(arrival -> arrival == Long.MAX_VALUE);
        Optional<Shares.Kind> kind = arrivals.keySet().stream().filter(shares::isOver).min(Comparator.comparing(arrivals::get))
                .or(() -> arrivals.keySet().stream().min(Comparator.comparing(arrivals::get)));
        if (kind.isEmpty()) {
            return 0;
        }
        long before = bytesUsed();
        long removed = switch (kind.get()) {
            case TRACES -> traces(Long.MAX_VALUE, TRACES_BY_SIZE);
            case LOGS -> logs(Long.MAX_VALUE, LOGS_BY_SIZE);
            case POINTS -> points(Long.MAX_VALUE);
        };
        shares.freed(kind.get(), before - bytesUsed());
        return removed;
    }

    /** @param before of which arrival, milliseconds */
    long traces(long before) throws SQLException {
        return traces(before, TRACES);
    }

    private long traces(long before, int most) throws SQLException {
        Map<Long, Long> documents = new LinkedHashMap<>();
        try (ResultSet row = Bind.to(traces, before, most).executeQuery()) {
            while (row.next()) {
                documents.put(row.getLong(1), row.getLong(2));
            }
        }
        for (Map.Entry<Long, Long> trace : documents.entrySet()) {
            remove(trace.getKey(), trace.getValue());
        }
        unreferenced.remove();
        return documents.size();
    }

    private void remove(long trace, long documents) throws SQLException {
        long first = trace << SpanTable.DOCUMENT_BITS;
        for (long document = first; document < first + documents; document++) {
            Bind.to(words, document).executeUpdate();
        }
        removeReferring(Bind.to(spans, trace), Dictionary.RESOURCE, Dictionary.SCOPE);
        removeReferring(Bind.to(services, trace), Dictionary.SERVICE);
        for (PreparedStatement deletion : ofTrace) {
            Bind.to(deletion, trace).executeUpdate();
        }
    }

    /** Removes one trace and its log records, with the words of both; how much there was. */
    long trace(byte[] traceId) throws SQLException {
        long removed = 0;
        try (PreparedStatement find = connection.prepareStatement("SELECT id, documents FROM trace WHERE trace_id = ?");
                ResultSet row = Bind.to(find, traceId).executeQuery()) {
            if (row.next()) {
                remove(row.getLong(1), row.getLong(2));
                removed++;
            }
        }
        try (PreparedStatement ofTraceId = connection.prepareStatement("DELETE FROM log WHERE trace_id = ?" + OF_LOG)) {
            removed += removeLogs(Bind.to(ofTraceId, traceId));
        }
        unreferenced.remove();
        return removed;
    }

    long logs(long before) throws SQLException {
        return logs(before, LOGS);
    }

    private long logs(long before, int most) throws SQLException {
        long removed = removeLogs(Bind.to(logs, before, most));
        unreferenced.remove();
        return removed;
    }

    private long removeLogs(PreparedStatement deletion) throws SQLException {
        List<Long> removed = new ArrayList<>();
        try (ResultSet row = deletion.executeQuery()) {
            while (row.next()) {
                removed.add(row.getLong("id"));
                suspect(row, Dictionary.RESOURCE, Dictionary.SCOPE, Dictionary.SERVICE);
            }
        }
        for (long log : removed) {
            Bind.to(logWords, log).executeUpdate();
        }
        return removed.size();
    }

    private void removeReferring(PreparedStatement deletion, Dictionary... dictionaries) throws SQLException {
        try (ResultSet row = deletion.executeQuery()) {
            while (row.next()) {
                suspect(row, dictionaries);
            }
        }
    }

    /** What the removed row referred to may be referred to by nothing now. */
    private void suspect(ResultSet row, Dictionary... dictionaries) throws SQLException {
        for (Dictionary dictionary : dictionaries) {
            unreferenced.suspect(dictionary, row.getLong(dictionary.table));
        }
    }

    /** Looks for entries that nothing refers to, some at a time; see {@link Unreferenced#sweep}. */
    long sweep(Dictionary dictionary, long after) throws SQLException {
        return unreferenced.sweep(dictionary, after);
    }

    private record Stream(long series, long start) {}

    private record Last(Sample sample, MetricKind kind) {}

    /** What a stream had counted when its last point went stays in the sum of its series. */
    long points(long before) throws SQLException {
        Map<Stream, Last> lasts = new LinkedHashMap<>();
        List<long[]> keys = new ArrayList<>();
        try (ResultSet row = Bind.to(points, before).executeQuery()) {
            while (row.next()) {
                MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                keys.add(new long[] {row.getLong("series"), row.getLong("start"), row.getLong("time")});
                Last last = new Last(PointRow.sample(row, kind), kind);
                lasts.merge(new Stream(row.getLong("series"), row.getLong("start")), last,
                        (one, other) -> other.sample.time() >= one.sample.time() ? other : one);
            }
        }
        for (long[] key : keys) {
            Bind.to(deletePoint, key[0], key[1], key[2]).executeUpdate();
        }
        for (Map.Entry<Stream, Last> entry : lasts.entrySet()) {
            Stream stream = entry.getKey();
            boolean adds = entry.getValue().kind != MetricKind.GAUGE && entry.getValue().kind != MetricKind.SUMMARY;
            if (adds && Bind.number(Bind.to(left, stream.series, stream.start), 0) == 0) {
                addToBase(stream.series, entry.getValue());
            }
        }
        return keys.size();
    }

    private void addToBase(long series, Last last) throws SQLException {
        Sample sum = last.sample;
        try (ResultSet row = Bind.to(base, series).executeQuery()) {
            if (row.next()) {
                sum = PointRow.sample(row, last.kind).plus(sum);
            }
        }
        Distribution distribution = sum.distribution();
        Bind.to(newBase, Nanos.toMillis(sum.start()),
                last.kind.hasDistribution() ? distribution.sum().orElse(Double.NaN) : sum.value(), distribution.count(),
                ShapeBytes.write(distribution.shape()), series).executeUpdate();
    }
}
