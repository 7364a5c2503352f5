package embedded.store;

import embedded.model.AgentFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what Claude Code's own spans say about the trace they are in. Belongs to the writer's thread. */
final class AgentTable implements AutoCloseable {
    private final PreparedStatement upsert;
    private final Map<Long, Sums> pending = new LinkedHashMap<>();

    private static final class Sums {
        private long waitNanos;
        private long contextTokens;
        private long tokens;
        private long subTokens;
    }

    AgentTable(Connection connection) throws SQLException {
        upsert = connection.prepareStatement("INSERT INTO agent (trace, wait_ns, context_tokens, tokens, sub_tokens)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (trace) DO UPDATE SET wait_ns = wait_ns + excluded.wait_ns,"
                + " context_tokens = max(context_tokens, excluded.context_tokens), tokens = tokens + excluded.tokens,"
                + " sub_tokens = sub_tokens + excluded.sub_tokens");
    }

    /** @param sign 1 to count it, -1 to count it no more */
    void add(long trace, AgentFacts facts, int sign) {
        Sums sums = pending.computeIfAbsent(trace, key -> new Sums());
        sums.waitNanos += sign * facts.waitNanos();
        sums.contextTokens = Math.max(sums.contextTokens, facts.contextTokens());
        sums.tokens += sign * facts.tokens();
        sums.subTokens += facts.subAgent() ? sign * facts.tokens() : 0;
    }

    void flush() throws SQLException {
        for (Map.Entry<Long, Sums> entry : pending.entrySet()) {
            Sums sums = entry.getValue();
            Bind.to(upsert, entry.getKey(), sums.waitNanos, sums.contextTokens, sums.tokens, sums.subTokens).executeUpdate();
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
