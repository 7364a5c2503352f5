package embedded.query;

import embedded.Nanos;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The list of PA's runs: filtered, sorted, and what all that match add up to. */
public final class RunQueries {
    /** The run's own sum, where it made one; else what its calls cost. */
    static final String COST = "(CASE WHEN r.rehearsal THEN NULL ELSE coalesce(r.total_usd, r.sum_usd) END)";
    static final String REHEARSED = "(CASE WHEN r.rehearsal THEN coalesce(r.total_usd, r.rehearsed_usd) END)";
    static final String ROUNDS = "coalesce(r.rounds_said, r.rounds_seen)";

    /** Whether this is no run but a verdict of {@code pa verify}, which has no worker and no rounds. */
    static final String VERDICT = "(r.worker = '' AND r.rounds_said IS NULL AND r.status IS NOT NULL)";

    /** What runs can be sorted by, and the column that does it. */
    private static final Map<String, String> ORDERS = orders();

    private RunQueries() {}

    private static Map<String, String> orders() {
        Map<String, String> orders = new LinkedHashMap<>();
        orders.put("start", "r.start");
        orders.put("title", "CASE WHEN r.title = '' THEN r.session ELSE r.title END COLLATE NOCASE");
        orders.put("status", "status_now");
        orders.put("evidence", "CASE r.evidence WHEN 'independent' THEN 5 WHEN 'own_tests' THEN 4 WHEN 'reviewed' THEN 3"
                + " WHEN 'unchanged' THEN 2 WHEN 'none' THEN 1 ELSE 0 END");
        orders.put("project", "r.project COLLATE NOCASE");
        orders.put("worker", "r.worker COLLATE NOCASE");
        orders.put("reasoner", "r.reasoner COLLATE NOCASE");
        orders.put("duration", "r.end - r.start");
        orders.put("rounds", ROUNDS);
        orders.put("tokens", "r.input_tokens + r.output_tokens");
        // Real money first; what was only rehearsed does not mix with it.
        orders.put("cost", "coalesce(" + COST + ", -1)");
        return orders;
    }

    /**
     * How to list.
     *
     * @param order one of {@link #ORDERS}' names
     * @throws IllegalArgumentException when there is no such order
     */
    public record Listing(String order, boolean descending, int offset, int limit) {
        public Listing {
            if (!ORDERS.containsKey(order)) {
                throw new IllegalArgumentException("runs are sorted by " + String.join(", ", ORDERS.keySet()) + ", not by "
                        + order);
            }
        }
    }

    /** The runs of one page, and of all that match how many they are and what they cost. */
    public static Map<String, Object> list(Connection connection, RunFilter filter, Listing listing, long nowMillis)
            throws SQLException {
        RunFilter.Condition condition = filter.condition(connection, nowMillis);
        String where = " WHERE " + condition.sql();
        String from = " FROM run r JOIN trace t ON t.id = r.trace LEFT JOIN agent a ON a.trace = r.trace" + where;
        Map<String, Object> answer = new LinkedHashMap<>();
        totals(connection, " FROM run r" + where, condition.values(), answer);
        List<Object> values = new ArrayList<>(condition.values());
        values.add(listing.limit);
        values.add(listing.offset);
        String direction = listing.descending ? " DESC" : " ASC";
        answer.put("runs", Select.list(connection, "SELECT r.*, " + COST + " AS cost, " + REHEARSED + " AS rehearsed, " + ROUNDS
                + " AS rounds, " + VERDICT + " AS verdict, " + RunFilter.statusNow(nowMillis)
                + " AS status_now, t.trace_id, t.spans, t.errors,"
                + " a.wait_ns, a.context_tokens AS agent_context, a.tokens AS agent_tokens, a.sub_tokens" + from
                + " ORDER BY " + ORDERS.get(listing.order) + direction + ", r.start DESC, r.trace DESC LIMIT ? OFFSET ?",
                values, row -> run(row, nowMillis)));
        return answer;
    }

    private static void totals(Connection connection, String from, List<Object> values, Map<String, Object> answer)
            throws SQLException {
        Select.each(connection, "SELECT count(*) AS runs, sum(" + COST + ") AS cost, sum(" + REHEARSED
                + ") AS rehearsed, sum(r.rehearsal) AS rehearsals" + from, values, row -> {
                    answer.put("count", row.getLong("runs"));
                    answer.put("costUsd", row.getObject("cost"));
                    answer.put("rehearsedUsd", row.getObject("rehearsed"));
                    answer.put("rehearsals", row.getLong("rehearsals"));
                });
    }

    private static Map<String, Object> run(ResultSet row, long nowMillis) throws SQLException {
        Map<String, Object> run = new LinkedHashMap<>();
        long start = row.getLong("start");
        String status = row.getString("status_now");
        long end = status.equals("running") ? Math.max(row.getLong("end"), nowMillis * 1_000_000) : row.getLong("end");
        run.put("traceId", HexFormat.of().formatHex(row.getBytes("trace_id")));
        run.put("session", row.getString("session"));
        run.put("title", row.getString("title"));
        run.put("status", status);
        run.put("evidence", row.getString("evidence"));
        run.put("exitCode", row.getObject("exit_code"));
        run.put("startMs", TimeUnit.NANOSECONDS.toMillis(start));
        run.put("durationMs", TimeUnit.NANOSECONDS.toMillis(Nanos.between(start, end)));
        run.put("rounds", row.getLong("rounds"));
        run.put("costUsd", row.getObject("cost"));
        run.put("rehearsedUsd", row.getObject("rehearsed"));
        run.put("inputTokens", row.getLong("input_tokens"));
        run.put("outputTokens", row.getLong("output_tokens"));
        run.put("cacheReadTokens", row.getLong("cache_read_tokens"));
        run.put("contextTokens", Math.max(row.getLong("context_tokens"), row.getLong("agent_context")));
        run.put("workerMs", TimeUnit.NANOSECONDS.toMillis(row.getLong("worker_ns")));
        run.put("callMs", TimeUnit.NANOSECONDS.toMillis(row.getLong("call_ns")));
        run.put("checkMs", TimeUnit.NANOSECONDS.toMillis(row.getLong("check_ns")));
        run.put("waitMs", TimeUnit.NANOSECONDS.toMillis(row.getLong("wait_ns")));
        run.put("verdict", row.getBoolean("verdict"));
        run.put("rehearsal", row.getBoolean("rehearsal"));
        run.put("project", row.getString("project"));
        run.put("reasoner", row.getString("reasoner"));
        run.put("worker", row.getString("worker"));
        run.put("spans", row.getLong("spans"));
        run.put("errors", row.getLong("errors"));
        return run;
    }

    /** What there is to choose from, for the filters. */
    public static Map<String, Object> choices(Connection connection) throws SQLException {
        Map<String, Object> choices = new LinkedHashMap<>();
        for (String column : List.of("project", "worker", "reasoner")) {
            choices.put(column, Select.list(connection, "SELECT DISTINCT " + column + " FROM run WHERE " + column
                    + " <> '' ORDER BY " + column + " LIMIT 200", List.of(), row -> row.getString(1)));
        }
        choices.put("model", Select.list(connection, "SELECT DISTINCT model FROM run_model ORDER BY model LIMIT 200", List.of(),
                row -> row.getString(1)));
        return choices;
    }
}
