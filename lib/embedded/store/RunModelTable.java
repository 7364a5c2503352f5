package embedded.store;

import embedded.model.RunFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes what each run used of each model. Belongs to the writer's thread. */
final class RunModelTable {
    private final PreparedStatement upsert;

    RunModelTable(Connection connection) throws SQLException {
        upsert = connection.prepareStatement("INSERT INTO run_model (trace, session, model, calls, usd, input_tokens,"
                + " output_tokens, cache_read_tokens) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (trace, session, model)"
                + " DO UPDATE SET calls = calls + excluded.calls, usd = CASE WHEN usd IS NULL THEN excluded.usd"
                + " ELSE usd + coalesce(excluded.usd, 0) END, input_tokens = input_tokens + excluded.input_tokens,"
                + " output_tokens = output_tokens + excluded.output_tokens,"
                + " cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens");
    }

    /** @param sign 1 to count it, -1 to count it no more */
    void add(long trace, RunFacts facts, int sign) throws SQLException {
        RunFacts.Used used = facts.used();
        if (!used.model().isEmpty()) {
            Bind.to(upsert, trace, facts.session(), used.model(), sign, used.usd().map(usd -> sign * usd).orElse(null),
                    sign * used.inputTokens(), sign * used.outputTokens(), sign * used.cacheReadTokens()).executeUpdate();
        }
    }
}
