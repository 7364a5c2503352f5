package embedded.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Removes the entries of dictionaries that nothing refers to any more, within the open transaction of the writer's thread:
 * those whose rows were just removed, which are named to it, and step by step all others.
 */
final class Unreferenced {
    /** Entries that one step of a sweep looks at. */
    private static final int ENTRIES = 1000;

    private final Map<Dictionary, Statements> statements = new EnumMap<>(Dictionary.class);
    private final Map<Dictionary, Set<Long>> suspects = new EnumMap<>(Dictionary.class);
    private final PreparedStatement firstTrace;
    private final PreparedStatement firstLog;
    private final PreparedStatement forgetUse;

    private record Statements(PreparedStatement remove, PreparedStatement next) {}

    Unreferenced(Connection connection) throws SQLException {
        firstTrace = connection.prepareStatement("SELECT min(id) FROM trace");
        firstLog = connection.prepareStatement("SELECT min(id) FROM log");
        forgetUse = connection.prepareStatement("DELETE FROM last_use WHERE dictionary = ? AND entry = ?");
        for (Dictionary dictionary : Dictionary.values()) {
            String name = dictionary.table;
            suspects.put(dictionary, new HashSet<>());
            statements.put(dictionary, new Statements(
                    connection.prepareStatement("DELETE FROM " + name + " WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM last_use"
                            + " WHERE dictionary = '" + name + "' AND entry = ?1 AND (last_trace >= ?2 OR last_log >= ?3))"
                            + (dictionary.ofSeries ? " AND NOT EXISTS (SELECT 1 FROM series WHERE " + name + " = ?1)" : "")),
                    connection.prepareStatement("SELECT id FROM " + name + " WHERE id > ? ORDER BY id LIMIT " + ENTRIES)));
        }
    }

    /** A row that referred to the entry is gone; it may have been the last one. */
    void suspect(Dictionary dictionary, long entry) {
        suspects.get(dictionary).add(entry);
    }

    /** Removes those of the suspected that are free; to be called when the rows that referred to them are gone. */
    void remove() throws SQLException {
        long trace = Bind.number(firstTrace, Long.MAX_VALUE);
        long log = Bind.number(firstLog, Long.MAX_VALUE);
        for (Map.Entry<Dictionary, Set<Long>> suspected : suspects.entrySet()) {
            PreparedStatement remove = statements.get(suspected.getKey()).remove;
            for (long entry : suspected.getValue()) {
                if (Bind.to(remove, entry, trace, log).executeUpdate() > 0) {
                    Bind.to(forgetUse, suspected.getKey().table, entry).executeUpdate();
                }
            }
            suspected.getValue().clear();
        }
    }

    /**
     * Suspects the next entries of a dictionary.
     *
     * @param after the number of the last entry of the step before; 0 to begin
     * @return the number of the last one that was looked at; 0 when there are no more
     */
    long sweep(Dictionary dictionary, long after) throws SQLException {
        long last = 0;
        try (ResultSet row = Bind.to(statements.get(dictionary).next, after).executeQuery()) {
            while (row.next()) {
                last = row.getLong(1);
                suspect(dictionary, last);
            }
        }
        remove();
        return last;
    }
}
