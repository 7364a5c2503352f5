package embedded.query;

import embedded.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The list of PA's runs, newest first. */
public final class RunQueries {
    /** A run that has not ended and has sent nothing for so long is called lost: a worker may be silent for long. */
    private static final long LOST_AFTER_MILLIS = TimeUnit.MINUTES.toMillis(30);

    private RunQueries() {}

    /** @param status one outcome, or {@code running} or {@code lost}; absent for all */
    public static List<Map<String, Object>> list(Connection connection, Optional<String> status, long before, int limit,
            long nowMillis)
            throws SQLException {
        String condition = status.map(wanted -> switch (wanted) {
            case "running" -> " AND r.status IS NULL AND r.updated >= " + (nowMillis - LOST_AFTER_MILLIS);
            case "lost" -> " AND r.status IS NULL AND r.updated < " + (nowMillis - LOST_AFTER_MILLIS);
            default -> " AND r.status = ?";
        }).orElse("");
        List<Map<String, Object>> runs = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT r.*, t.trace_id, t.spans, t.errors FROM run r"
                + " JOIN trace t ON t.id = r.trace WHERE r.trace < ?" + condition + " ORDER BY r.trace DESC LIMIT ?")) {
            int parameter = 1;
            statement.setLong(parameter++, before);
            if (condition.endsWith("?")) {
                statement.setString(parameter++, status.orElseThrow());
            }
            statement.setInt(parameter, limit);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    runs.add(run(row, nowMillis));
                }
            }
        }
        return runs;
    }

    private static Map<String, Object> run(ResultSet row, long nowMillis) throws SQLException {
        Map<String, Object> run = new LinkedHashMap<>();
        String status = row.getString("status");
        boolean lost = status == null && nowMillis - row.getLong("updated") > LOST_AFTER_MILLIS;
        long start = row.getLong("start");
        run.put("cursor", row.getLong("trace"));
        run.put("traceId", HexFormat.of().formatHex(row.getBytes("trace_id")));
        run.put("session", row.getString("session"));
        run.put("status", status != null ? status : lost ? "lost" : "running");
        run.put("exitCode", row.getObject("exit_code"));
        run.put("startMs", TimeUnit.NANOSECONDS.toMillis(start));
        run.put("durationMs", TimeUnit.NANOSECONDS.toMillis(Nanos.between(start, row.getLong("end"))));
        run.put("iterations", row.getLong("iterations"));
        Object total = row.getObject("total_usd");
        run.put("costUsd", total != null ? total : row.getObject("sum_usd"));
        run.put("inputTokens", row.getLong("input_tokens"));
        run.put("outputTokens", row.getLong("output_tokens"));
        run.put("rehearsal", row.getBoolean("rehearsal"));
        run.put("reasoner", row.getString("reasoner"));
        run.put("worker", row.getString("worker"));
        run.put("spans", row.getLong("spans"));
        run.put("errors", row.getLong("errors"));
        return run;
    }
}
