package embedded.store;

import embedded.model.AgentFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes what Claude Code's own spans say about the trace they are in. Belongs to the writer's thread. */
final class AgentTable {
    private final PreparedStatement upsert;

    AgentTable(Connection connection) throws SQLException {
        upsert = connection.prepareStatement("INSERT INTO agent (trace, wait_ns, context_tokens, tokens, sub_tokens)"
                + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (trace) DO UPDATE SET wait_ns = wait_ns + excluded.wait_ns,"
                + " context_tokens = max(context_tokens, excluded.context_tokens), tokens = tokens + excluded.tokens,"
                + " sub_tokens = sub_tokens + excluded.sub_tokens");
    }

    /** @param sign 1 to count it, -1 to count it no more */
    void add(long trace, AgentFacts facts, int sign) throws SQLException {
        Bind.to(upsert, trace, sign * facts.waitNanos(), facts.contextTokens(), sign * facts.tokens(),
                facts.subAgent() ? sign * facts.tokens() : 0).executeUpdate();
    }
}
