package embedded.store;

import com.google.protobuf.InvalidProtocolBufferException;
import embedded.Log;
import embedded.model.SpanRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What is known of runs, read from their spans again, for a store whose version knew less of them: spans are kept as they
 * were sent, so nothing is lost.
 */
final class RunRebuild {
    private RunRebuild() {}

    /** Within the transaction of the migration. */
    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE old_run AS SELECT DISTINCT trace FROM run");
            statement.execute("DROP TABLE run");
            for (String table : Schema.DERIVED_SINCE_3) {
                statement.execute(table);
            }
            readSpans(connection);
            statement.execute("DROP TABLE old_run");
        }
    }

    private static void readSpans(Connection connection) throws SQLException {
        try (RunTable runs = new RunTable(connection); AgentTable agents = new AgentTable(connection);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT s.trace, s.resource, s.body, t.updated FROM old_run o"
                        + " JOIN span s ON s.trace = o.trace JOIN trace t ON t.id = s.trace ORDER BY s.trace, s.id")) {
            long trace = -1;
            long updated = 0;
            while (row.next()) {
                if (row.getLong("trace") != trace) {
                    runs.flush(updated);
                    trace = row.getLong("trace");
                }
                updated = row.getLong("updated");
                add(trace, row.getLong("resource"), row.getBytes("body"), runs, agents);
            }
            runs.flush(updated);
            agents.flush();
        }
    }

    private static void add(long trace, long resource, byte[] body, RunTable runs, AgentTable agents) {
        Span span;
        try {
            span = Span.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            Log.warn("a stored span does not read and counts for no run: " + e.getMessage());
            return;
        }
        SpanRecord record = SpanRecord.of(span, body);
        record.facts().ifPresent(known -> runs.add(trace, resource, record, known));
        record.agent().ifPresent(known -> agents.add(trace, known, 1));
    }
}
