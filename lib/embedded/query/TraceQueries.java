package embedded.query;

import embedded.Nanos;
import embedded.model.Words;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The list of traces, newest arrival first, and the search in it. */
public final class TraceQueries {
    /** As many ids as are asked for at once when the search has found them. */
    private static final int CHUNK = 200;
    /** A root ends last, and a worker may be silent for long before that. */
    private static final long ROOT_MAY_COME_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final String COLUMNS = "SELECT t.id, t.trace_id, t.received, t.updated, t.start, t.end, t.name, s.name AS"
            + " service, t.root, t.spans, t.errors, (SELECT max(title) FROM run WHERE run.trace = t.id) AS title";

    private TraceQueries() {}

    /**
     * What to look for; what is absent does not matter.
     *
     * @param text words, each of which some span or log record of the trace has a word that begins like it; or a trace's id
     * @param errors whether a span failed, or none did
     * @param before only traces that arrived before this one, for the next page; a trace's {@code id} in the store
     */
    public record Filter(String text, Optional<String> service, Optional<Boolean> errors, Optional<Long> minMillis,
            Optional<Long> maxMillis, long before, int limit) {}

    public static List<Map<String, Object>> list(Connection connection, Filter filter) throws SQLException {
        Optional<byte[]> id = TraceId.parse(filter.text);
        if (id.isPresent()) {
            return query(connection, filter, "t.trace_id = ?", id.get());
        }
        if (filter.text.isBlank()) {
            return query(connection, filter, null, null);
        }
        List<Map<String, Object>> found = new ArrayList<>();
        try (WordSearch search = new WordSearch(connection, Words.split(filter.text, WordSearch.MAX_WORDS), filter.before)) {
            for (List<Long> ids = search.next(CHUNK); !ids.isEmpty() && found.size() < filter.limit; ids =
                    search.next(CHUNK)) {
                String list = ids.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(","));
                found.addAll(query(connection, filter, "t.id IN (" + list + ")", null));
            }
        }
        return found.size() <= filter.limit ? found : List.copyOf(found.subList(0, filter.limit));
    }

    private static List<Map<String, Object>> query(Connection connection, Filter filter, String condition, byte[] value)
            throws SQLException {
        StringBuilder sql = new StringBuilder(COLUMNS);
        List<Object> values = new ArrayList<>();
        if (filter.service.isPresent()) {
            sql.append(" FROM service w JOIN trace_service ts ON ts.service = w.id JOIN trace t ON t.id = ts.trace"
                    + " JOIN service s ON s.id = t.service WHERE w.name = ? AND ts.trace < ?");
            values.add(filter.service.get());
        } else {
            sql.append(" FROM trace t JOIN service s ON s.id = t.service WHERE t.id < ?");
        }
        values.add(filter.before);
        if (condition != null) {
            sql.append(" AND ").append(condition);
        }
        if (value != null) {
            values.add(value);
        }
        filter.errors.ifPresent(wanted -> sql.append(wanted ? " AND t.errors > 0" : " AND t.errors = 0"));
        filter.minMillis.ifPresent(min -> {
            sql.append(" AND t.end - t.start >= ?");
            values.add(TimeUnit.MILLISECONDS.toNanos(min));
        });
        filter.maxMillis.ifPresent(max -> {
            sql.append(" AND t.end - t.start <= ?");
            values.add(TimeUnit.MILLISECONDS.toNanos(max));
        });
        sql.append(filter.service.isPresent() ? " ORDER BY ts.trace DESC LIMIT ?" : " ORDER BY t.id DESC LIMIT ?");
        values.add(filter.limit);
        return Select.list(connection, sql.toString(), values, row -> summary(row, System.currentTimeMillis()));
    }

    private static Map<String, Object> summary(ResultSet row, long nowMillis) throws SQLException {
        Map<String, Object> summary = new LinkedHashMap<>();
        // A trace of which no span says when it was: when it came is the best that is known.
        boolean timeless = row.getLong("start") == 0;
        long start = timeless ? TimeUnit.MILLISECONDS.toNanos(row.getLong("received")) : row.getLong("start");
        long end = Math.max(start, timeless ? 0 : row.getLong("end"));
        summary.put("cursor", row.getLong("id"));
        summary.put("traceId", HexFormat.of().formatHex(row.getBytes("trace_id")));
        summary.put("name", row.getString("name"));
        summary.put("service", row.getString("service"));
        summary.put("startMs", TimeUnit.NANOSECONDS.toMillis(start));
        summary.put("durationUs", TimeUnit.NANOSECONDS.toMicros(Nanos.between(start, end)));
        summary.put("timeless", timeless);
        summary.put("spans", row.getLong("spans"));
        summary.put("errors", row.getLong("errors"));
        summary.put("complete", row.getBoolean("root"));
        summary.put("state", state(row.getBoolean("root"), end, nowMillis));
        summary.put("updatedMs", row.getLong("updated"));
        String title = row.getString("title");
        summary.put("run", title != null);
        // What a run was told, where that was sent; the name of its outermost span is the same for all runs.
        summary.put("title", title == null ? "" : title);
        return summary;
    }

    /** {@code running} as long as its root may still come; after that its parent is missing. */
    private static String state(boolean root, long endNanos, long nowMillis) {
        return root ? "complete" : nowMillis - TimeUnit.NANOSECONDS.toMillis(endNanos) < ROOT_MAY_COME_MILLIS ? "running"
                : "parentMissing";
    }

    /** The names of all services that have sent spans or log records. */
    public static List<String> services(Connection connection) throws SQLException {
        return Select.list(connection, "SELECT name FROM service ORDER BY name", List.of(), row -> row.getString(1));
    }
}
