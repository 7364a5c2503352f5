package embedded.store;

import embedded.model.LogEntry;
import embedded.model.SignalSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Writes log records. Belongs to the writer's thread. */
public final class LogTable {
    private final Interned interned;
    private final LastUse uses;
    private final PreparedStatement insert;
    private final PreparedStatement insertWords;

    LogTable(Connection connection, Interned interned, LastUse uses) throws SQLException {
        this.interned = interned;
        this.uses = uses;
        insert = connection.prepareStatement("INSERT INTO log (received, time, trace_id, severity, service, resource, scope,"
                + " body) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id");
        insertWords = connection.prepareStatement("INSERT INTO log_words (rowid, text) VALUES (?, ?)");
    }

    public void store(LogEntry entry) throws SQLException {
        long now = System.currentTimeMillis();
        SignalSource origin = entry.origin();
        long service = interned.service(origin.service());
        long resource = interned.resource(origin.resource(), origin.resourceSchema());
        long scope = interned.scope(origin.scope(), origin.scopeSchema());
        // A record without any time: when it arrived is the best that is known.
        Bind.to(insert, now, entry.time() == 0 ? TimeUnit.MILLISECONDS.toNanos(now) : entry.time(),
                entry.traceId().length == 0 ? null : entry.traceId(), entry.severity(), service, resource, scope, entry.body());
        long id = Bind.number(insert, -1);
        Bind.to(insertWords, id, entry.words()).executeUpdate();
        uses.byLog(Dictionary.SERVICE, service, id);
        uses.byLog(Dictionary.RESOURCE, resource, id);
        uses.byLog(Dictionary.SCOPE, scope, id);
    }

    /** To be called before the transaction is committed. */
    void flush() throws SQLException {
        Bind.forget(insert, insertWords);
    }
}
