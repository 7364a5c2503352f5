package embedded.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables. Signals are kept as the protobuf that came in, beside the few columns that lists, search and charts need; what
 * repeats (resources, scopes, service names) is kept once.
 */
final class Schema {
    /** Raised with every change of the tables; a store of another version is set aside, not converted. */
    static final int VERSION = 1;
    /** Marks the file as ours: "PaOt". */
    static final int APPLICATION_ID = 0x50614f74;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            "CREATE TABLE resource (id INTEGER PRIMARY KEY, body BLOB NOT NULL UNIQUE)",
            "CREATE TABLE scope (id INTEGER PRIMARY KEY, body BLOB NOT NULL UNIQUE)",

            // start, end: nanoseconds; received, updated: milliseconds of our own clock, which retention and order go by
            "CREATE TABLE trace (id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL UNIQUE, received INTEGER NOT NULL,"
                    + " updated INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, name TEXT NOT NULL,"
                    + " service INTEGER NOT NULL, root INTEGER NOT NULL, spans INTEGER NOT NULL, errors INTEGER NOT NULL,"
                    + " documents INTEGER NOT NULL)",
            "CREATE INDEX trace_errors ON trace (id) WHERE errors > 0",
            "CREATE TABLE span (id INTEGER PRIMARY KEY, trace INTEGER NOT NULL, span_id BLOB NOT NULL,"
                    + " resource INTEGER NOT NULL, scope INTEGER NOT NULL, body BLOB NOT NULL)",
            "CREATE UNIQUE INDEX span_key ON span (trace, span_id)",
            "CREATE TABLE trace_service (service INTEGER NOT NULL, trace INTEGER NOT NULL,"
                    + " PRIMARY KEY (service, trace)) WITHOUT ROWID",
            "CREATE INDEX trace_service_trace ON trace_service (trace)",
            "CREATE TABLE run (trace INTEGER NOT NULL, session TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,"
                    + " updated INTEGER NOT NULL, status TEXT, exit_code INTEGER, iterations INTEGER NOT NULL,"
                    + " total_usd REAL, sum_usd REAL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,"
                    + " rehearsal INTEGER NOT NULL, reasoner TEXT NOT NULL, worker TEXT NOT NULL,"
                    + " PRIMARY KEY (trace, session)) WITHOUT ROWID",
            // rowid = trace id × 65536 + number of the document within the trace
            "CREATE VIRTUAL TABLE words USING fts5 (text, content='', contentless_delete=1, detail=none)",

            "CREATE TABLE log (id INTEGER PRIMARY KEY, received INTEGER NOT NULL, time INTEGER NOT NULL, trace_id BLOB,"
                    + " severity INTEGER NOT NULL, service INTEGER NOT NULL, resource INTEGER NOT NULL,"
                    + " scope INTEGER NOT NULL, body BLOB NOT NULL)",
            "CREATE INDEX log_trace ON log (trace_id) WHERE trace_id IS NOT NULL",
            // rowid = log id
            "CREATE VIRTUAL TABLE log_words USING fts5 (text, content='', contentless_delete=1, detail=none)",

            "CREATE TABLE series (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, name TEXT NOT NULL, unit TEXT NOT NULL,"
                    + " description TEXT NOT NULL, kind TEXT NOT NULL, monotonic INTEGER NOT NULL,"
                    + " resource INTEGER NOT NULL, scope INTEGER NOT NULL, attributes TEXT NOT NULL)",
            "CREATE INDEX series_name ON series (name)",
            // time, start: milliseconds; values are cumulative, whatever was sent
            "CREATE TABLE point (series INTEGER NOT NULL, time INTEGER NOT NULL, start INTEGER NOT NULL,"
                    + " received INTEGER NOT NULL, value REAL NOT NULL, count INTEGER NOT NULL, buckets BLOB,"
                    + " PRIMARY KEY (series, time)) WITHOUT ROWID");

    private Schema() {}

    /** Makes the tables in a new file. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Both must come before the first table; incremental gives pages back to the file system when retention frees
            // them.
            statement.execute("PRAGMA page_size=8192");
            statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("BEGIN IMMEDIATE");
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute("PRAGMA application_id=" + APPLICATION_ID);
            statement.execute("PRAGMA user_version=" + VERSION);
            statement.execute("COMMIT");
        }
    }

    /** Settings of a connection; with WAL and {@code NORMAL} a committed transaction survives the death of the process. */
    static void configure(Connection connection, int cacheKib) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=NORMAL");
            statement.execute("PRAGMA cache_size=-" + cacheKib);
            statement.execute("PRAGMA temp_store=MEMORY");
            statement.execute("PRAGMA busy_timeout=5000");
        }
    }

    static long pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** What {@code PRAGMA quick_check} or {@code integrity_check} says first; {@code ok} for a sound file. */
    static String check(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("PRAGMA "
                + pragma)) {
            return row.next() ? row.getString(1) : "no answer";
        }
    }
}
