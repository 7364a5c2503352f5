package embedded.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The newest trace and the newest log record that refer to an entry of a {@link Dictionary}. Retention removes the oldest
 * first, so an entry is free when its marks lie before the oldest trace and the oldest record that are left. One row is
 * written per entry and transaction; an index of all spans by their resource would cost intake far more. A mark may be too
 * high, as when numbers begin again in an empty table; it is never too low. Belongs to the writer's thread.
 */
final class LastUse {
    private final PreparedStatement upsert;
    private final Map<Entry, Marks> pending = new HashMap<>();

    private record Entry(Dictionary dictionary, long id) {}

    private static final class Marks {
        private long trace;
        private long log;
    }

    LastUse(Connection connection) throws SQLException {
        upsert = connection.prepareStatement("INSERT INTO last_use (dictionary, entry, last_trace, last_log) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (dictionary, entry) DO UPDATE SET last_trace = max(last_trace, excluded.last_trace),"
                + " last_log = max(last_log, excluded.last_log)");
    }

    /**
     * Marks entries that have no marks yet as used by the newest of what is stored: for a store that did not write marks, and
     * for one whose marks were damaged.
     */
    static void markUnknown(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Dictionary dictionary : Dictionary.values()) {
                statement.execute("INSERT OR IGNORE INTO last_use (dictionary, entry, last_trace, last_log) SELECT '"
                        + dictionary.table + "', id, (SELECT coalesce(max(id), 0) FROM trace),"
                        + " (SELECT coalesce(max(id), 0) FROM log) FROM " + dictionary.table);
            }
        }
    }

    void byTrace(Dictionary dictionary, long entry, long trace) {
        Marks marks = marks(dictionary, entry);
        marks.trace = Math.max(marks.trace, trace);
    }

    void byLog(Dictionary dictionary, long entry, long log) {
        Marks marks = marks(dictionary, entry);
        marks.log = Math.max(marks.log, log);
    }

    private Marks marks(Dictionary dictionary, long entry) {
        return pending.computeIfAbsent(new Entry(dictionary, entry), key -> new Marks());
    }

    /** To be called before the transaction is committed. */
    void flush() throws SQLException {
        for (Map.Entry<Entry, Marks> entry : pending.entrySet()) {
            Marks marks = entry.getValue();
            Bind.to(upsert, entry.getKey().dictionary.table, entry.getKey().id, marks.trace, marks.log).executeUpdate();
        }
        pending.clear();
    }

    void forget() {
        pending.clear();
    }
}
