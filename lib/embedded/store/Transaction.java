package embedded.store;

import embedded.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The one connection that writes, and its prepared statements. Belongs to the writer's thread. */
public final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final Statement plain;
    private final Interned interned;
    private final LastUse uses;
    private final SpanTable spans;
    private final LogTable logs;
    private final SeriesTable series;
    private Removal removal;

    Transaction(Connection connection, LiveSeries live) throws SQLException {
        this.connection = connection;
        plain = connection.createStatement();
        interned = new Interned(connection);
        uses = new LastUse(connection);
        spans = new SpanTable(connection, interned, uses);
        logs = new LogTable(connection, interned, uses);
        series = new SeriesTable(connection, interned, live);
    }

    public SpanTable spans() {
        return spans;
    }

    public LogTable logs() {
        return logs;
    }

    public SeriesTable series() {
        return series;
    }

    /** Made when it is first asked for: its many statements are no part of a start. */
    Removal removal() throws SQLException {
        if (removal == null) {
            removal = new Removal(connection);
        }
        return removal;
    }

    Connection connection() {
        return connection;
    }

    void begin() throws SQLException {
        plain.execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        spans.flush(System.currentTimeMillis());
        logs.flush();
        uses.flush();
        series.flush();
        plain.execute("COMMIT");
        series.committed();
    }

    /** Back to what is stored; the tables forget what they remembered of the lost transaction. */
    void rollback() {
        try {
            plain.execute("ROLLBACK");
        } catch (SQLException e) {
            // On some errors SQLite has rolled back by itself, and says now that no transaction is open.
            Log.fine("rollback: " + e.getMessage());
        }
        try {
            forget();
        } catch (SQLException e) {
            Log.warn("the store does not read: " + e.getMessage());
        }
    }

    /** Rows were removed by statements that the tables did not make. */
    void forget() throws SQLException {
        interned.forget();
        uses.forget();
        spans.forget();
        series.forget();
    }

    /** Traces were removed, and entries of dictionaries with them, but no series. */
    void forgetTraces() {
        interned.forget();
        spans.forget();
    }

    /** Moves the write-ahead log into the store's file. */
    void checkpoint() throws SQLException {
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /** With the connection all its statements are closed. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
