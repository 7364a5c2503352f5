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
    /** Raised with every change of the tables; {@link Migration} brings a store of the version before up to it. */
    static final int VERSION = 5;
    /** Marks the file as ours: "PaOt". */
    static final int APPLICATION_ID = 0x50614f74;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
            described("resource"), described("scope"),
            // start, end: nanoseconds; received, updated: milliseconds of our own clock, which retention and order go by
            "CREATE TABLE trace (id INTEGER PRIMARY KEY, trace_id BLOB NOT NULL UNIQUE, received INTEGER NOT NULL,"
                    + " updated INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, name TEXT NOT NULL,"
                    + " service INTEGER NOT NULL, root INTEGER NOT NULL, spans INTEGER NOT NULL, errors INTEGER NOT NULL,"
                    + " documents INTEGER NOT NULL)",
            "CREATE INDEX trace_errors ON trace (id) WHERE errors > 0",
            "CREATE TABLE span (id INTEGER PRIMARY KEY, trace INTEGER NOT NULL, span_id BLOB NOT NULL,"
                    + " resource INTEGER NOT NULL, scope INTEGER NOT NULL, body BLOB NOT NULL)",
            // One id may come from two resources, and is two spans then.
            "CREATE UNIQUE INDEX span_key ON span (trace, span_id, resource)",
            "CREATE TABLE trace_service (service INTEGER NOT NULL, trace INTEGER NOT NULL,"
                    + " PRIMARY KEY (service, trace)) WITHOUT ROWID",
            "CREATE INDEX trace_service_trace ON trace_service (trace)",
            // rowid = trace id × 65536 + number of the document within the trace
            "CREATE VIRTUAL TABLE words USING fts5 (text, content='', contentless_delete=1, detail=none)",
            "CREATE TABLE log (id INTEGER PRIMARY KEY, received INTEGER NOT NULL, time INTEGER NOT NULL, trace_id BLOB,"
                    + " severity INTEGER NOT NULL, service INTEGER NOT NULL, resource INTEGER NOT NULL,"
                    + " scope INTEGER NOT NULL, body BLOB NOT NULL)",
            "CREATE INDEX log_trace ON log (trace_id) WHERE trace_id IS NOT NULL",
            "CREATE INDEX log_time ON log (time)",
            // rowid = log id
            "CREATE VIRTUAL TABLE log_words USING fts5 (text, content='', contentless_delete=1, detail=none)",
            // time, start: milliseconds; a series has a stream for each start. Values are cumulative, whatever was sent; null is
            // NaN of a number, and of a distribution that it has no sum. marks: see embedded.model.PointMark
            "CREATE TABLE point (series INTEGER NOT NULL, start INTEGER NOT NULL, time INTEGER NOT NULL,"
                    + " received INTEGER NOT NULL, value REAL, count INTEGER NOT NULL, buckets BLOB, marks INTEGER NOT NULL,"
                    + " PRIMARY KEY (series, start, time)) WITHOUT ROWID",
            // What retention goes by.
            "CREATE INDEX point_received ON point (received)",
            // What is derived from spans. Times in nanoseconds, money in US dollars; resource: of the sending process, whose
            // metrics show that it lives; rounds as the run said, and as were seen; sum_usd and rehearsed_usd over the leaf
            // calls, total_usd as the run said
            "CREATE TABLE run (trace INTEGER NOT NULL, session TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,"
                    + " updated INTEGER NOT NULL, resource INTEGER NOT NULL, project TEXT NOT NULL, title TEXT NOT NULL,"
                    + " status TEXT, exit_code INTEGER, evidence TEXT NOT NULL, rounds_said INTEGER,"
                    + " rounds_seen INTEGER NOT NULL, total_usd REAL, sum_usd REAL, rehearsed_usd REAL,"
                    + " input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cache_read_tokens INTEGER NOT NULL,"
                    + " context_tokens INTEGER NOT NULL, worker_ns INTEGER NOT NULL, call_ns INTEGER NOT NULL,"
                    + " check_ns INTEGER NOT NULL, red_checks INTEGER NOT NULL, rehearsal INTEGER NOT NULL,"
                    + " reasoner TEXT NOT NULL, worker TEXT NOT NULL, PRIMARY KEY (trace, session)) WITHOUT ROWID",
            "CREATE INDEX run_start ON run (start)",
            "CREATE TABLE run_model (trace INTEGER NOT NULL, session TEXT NOT NULL, model TEXT NOT NULL,"
                    + " calls INTEGER NOT NULL, usd REAL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,"
                    + " cache_read_tokens INTEGER NOT NULL, PRIMARY KEY (trace, session, model)) WITHOUT ROWID",
            // what Claude Code's own spans say of a trace
            "CREATE TABLE agent (trace INTEGER PRIMARY KEY, wait_ns INTEGER NOT NULL, context_tokens INTEGER NOT NULL,"
                    + " tokens INTEGER NOT NULL, sub_tokens INTEGER NOT NULL)",
            // see LastUse
            "CREATE TABLE last_use (dictionary TEXT NOT NULL, entry INTEGER NOT NULL, last_trace INTEGER NOT NULL,"
                    + " last_log INTEGER NOT NULL, PRIMARY KEY (dictionary, entry)) WITHOUT ROWID");
    /** See {@link Interned} and {@link GrowthTable}. */
    static final List<String> SERIES = List.of(
            // What a series has of its own; all else is its family's. updated: milliseconds of our own clock, about when the
            // last point came. base_…: what streams counted whose points are gone, so that a sum does not fall because its
            // history is short; base_start is null when there is nothing.
            "CREATE TABLE series (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, family INTEGER NOT NULL,"
                    + " resource INTEGER NOT NULL, scope INTEGER NOT NULL, updated INTEGER NOT NULL DEFAULT 0,"
                    + " base_start INTEGER, base_value REAL, base_count INTEGER NOT NULL DEFAULT 0, base_buckets BLOB)",
            "CREATE TABLE family (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, name TEXT NOT NULL, unit TEXT NOT NULL,"
                    + " description TEXT NOT NULL, kind TEXT NOT NULL, monotonic INTEGER NOT NULL, attributes TEXT NOT NULL)",
            "CREATE INDEX family_name ON family (name)",
            "CREATE INDEX series_family ON series (family, updated)",
            // hour: since 1970; received: of the newest point in it; value: null when no number was counted; unknown: points
            // that are no number, or distributions without a sum
            "CREATE TABLE growth (family INTEGER NOT NULL, hour INTEGER NOT NULL, received INTEGER NOT NULL, value REAL,"
                    + " unknown INTEGER NOT NULL, count INTEGER NOT NULL, buckets BLOB, marks INTEGER NOT NULL,"
                    + " PRIMARY KEY (family, hour)) WITHOUT ROWID");
    static final List<String> SERIES_INDEXES = List.of(
            "CREATE INDEX series_resource ON series (resource)", "CREATE INDEX series_scope ON series (scope)");

    private Schema() {}

    private static String described(String table) {
        return "CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, body BLOB NOT NULL, schema TEXT NOT NULL,"
                + " UNIQUE (body, schema))";
    }

    /** Makes the tables in a new file. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Both must come before the first table; incremental gives pages back to the file system when retention frees
            // them.
            statement.execute("PRAGMA page_size=8192");
            statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
            statement.execute("PRAGMA journal_mode=WAL");
            statement.execute("BEGIN IMMEDIATE");
            for (List<String> some : List.of(TABLES, SERIES, SERIES_INDEXES)) {
                for (String each : some) {
                    statement.execute(each);
                }
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

    /** Bytes of the file that hold something; freed pages are used again. */
    static long bytesUsed(Connection connection) throws SQLException {
        return (pragma(connection, "page_count") - pragma(connection, "freelist_count")) * pragma(connection, "page_size");
    }

    /** What {@code PRAGMA quick_check} or {@code integrity_check} says first; {@code ok} for a sound file. */
    static String check(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("PRAGMA "
                + pragma)) {
            return row.next() ? row.getString(1) : "no answer";
        }
    }
}
