package embedded.store;

import embedded.model.RunFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes what each run used of each model. Belongs to the writer's thread. */
final class RunModelTable implements AutoCloseable {
    private final PreparedStatement upsert;
    private final Map<Key, Sums> pending = new LinkedHashMap<>();

    private record Key(long trace, String session, String model) {}

    private static final class Sums {
        private long calls;
        private Double costUsd;
        private long inputTokens;
        private long outputTokens;
        private long cacheReadTokens;
    }

    RunModelTable(Connection connection) throws SQLException {
        upsert = connection.prepareStatement("INSERT INTO run_model (trace, session, model, calls, usd, input_tokens,"
                + " output_tokens, cache_read_tokens) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace, session, model)"
                + " DO UPDATE SET calls = calls + excluded.calls, usd = CASE WHEN usd IS NULL THEN excluded.usd"
                + " ELSE usd + coalesce(excluded.usd, 0) END, input_tokens = input_tokens + excluded.input_tokens,"
                + " output_tokens = output_tokens + excluded.output_tokens,"
                + " cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens");
    }

    /** @param sign 1 to count it, -1 to count it no more */
    void add(long trace, RunFacts facts, int sign) {
        if (facts.model().isEmpty()) {
            return;
        }
        Sums sums = pending.computeIfAbsent(new Key(trace, facts.session(), facts.model()), key -> new Sums());
        sums.calls += sign;
        Optional<Double> usd = facts.costUsd();
        if (usd.isPresent()) {
            sums.costUsd = (sums.costUsd == null ? 0 : sums.costUsd) + sign * usd.get();
        }
        sums.inputTokens += sign * facts.inputTokens();
        sums.outputTokens += sign * facts.outputTokens();
        sums.cacheReadTokens += sign * facts.cacheReadTokens();
    }

    void flush() throws SQLException {
        for (Map.Entry<Key, Sums> entry : pending.entrySet()) {
            Sums sums = entry.getValue();
            Bind.to(upsert, entry.getKey().trace, entry.getKey().session, entry.getKey().model, sums.calls, sums.costUsd,
                    sums.inputTokens, sums.outputTokens, sums.cacheReadTokens).executeUpdate();
        }
        pending.clear();
    }

    void forget() {
        pending.clear();
    }

    @Override
    public void close() throws SQLException {
        upsert.close();
    }
}
