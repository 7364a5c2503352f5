package embedded.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes log records. Belongs to the writer's thread. */
public final class LogTable implements AutoCloseable {
    private final Interned interned;
    private final PreparedStatement insert;
    private final PreparedStatement insertWords;

    LogTable(Connection connection, Interned interned) throws SQLException {
        this.interned = interned;
        insert = connection.prepareStatement("INSERT INTO log (received, time, trace_id, severity, service, resource, scope,"
                + " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id");
        insertWords = connection.prepareStatement("INSERT INTO log_words (rowid, text) VALUES (?, ?)");
    }

    public void store(LogEntry entry) throws SQLException {
        long now = System.currentTimeMillis();
        insert.setLong(1, now);
        // A record without any time: when it arrived is the best that is known.
        insert.setLong(2, entry.time() == 0 ? now * 1_000_000 : entry.time());
        insert.setObject(3, entry.traceId().length == 0 ? null : entry.traceId());
        insert.setInt(4, entry.severity());
        insert.setLong(5, interned.service(entry.service()));
        insert.setLong(6, interned.resource(entry.resource()));
        insert.setLong(7, interned.scope(entry.scope()));
        insert.setBytes(8, entry.body());
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            insertWords.setLong(1, row.getLong(1));
        }
        insertWords.setString(2, entry.words());
        insertWords.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        insertWords.close();
    }
}
