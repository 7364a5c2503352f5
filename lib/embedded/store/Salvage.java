package embedded.store;

import embedded.Log;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Takes out of a damaged store what can still be read: every table from its beginning to the first page that does not read,
 * and from its end back to there. The index of words is not copied; what was saved is found by its id and in the lists.
 */
record Salvage(Connection from, Connection to) {
    /** All but SQLite's own and those of the index of words. */
    private static final String TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%'"
            + " ESCAPE '\\' AND name NOT LIKE '%words%' ORDER BY name <> 'trace'";

    /** A sentence about what was saved into the new store; that nothing could be when the file does not even open. */
    static String into(Connection fresh, Path damaged) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + damaged, config.toProperties())) {
            if (Schema.pragma(old, "user_version") != Schema.VERSION) {
                return "Nothing could be saved from it.";
            }
            return new Salvage(old, fresh).all();
        } catch (SQLException e) {
            if (StoreFault.isDamage(e) || StoreFault.isBusy(e)) {
                return "Nothing could be saved from it.";
            }
            throw e;
        }
    }

    private String all() throws SQLException {
        try (Statement statement = to.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            List<String> tables = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(TABLES)) {
                while (row.next()) {
                    tables.add(row.getString(1));
                }
            }
            for (String table : tables) {
                // What belongs to a trace or a series that was lost is lost with it.
                if (copy(table).contains("trace")) {
                    statement.execute("DELETE FROM " + table + " WHERE trace NOT IN (SELECT id FROM trace)");
                }
            }
            statement.execute("DELETE FROM series WHERE family NOT IN (SELECT id FROM family)");
            statement.execute("DELETE FROM point WHERE series NOT IN (SELECT id FROM series)");
            GrowthRebuild.run(to);
            statement.execute("UPDATE trace SET documents = 0");
            LastUse.markUnknown(to);
            statement.execute("COMMIT");
        }
        return "Saved from it: " + count("trace") + " traces, " + count("log") + " log records and " + count("point")
                + " points; the search by words does not know them.";
    }

    private long count(String table) throws SQLException {
        try (PreparedStatement statement = to.prepareStatement("SELECT count(*) FROM " + table)) {
            return Bind.number(statement, 0);
        }
    }

    /** @return the table's columns */
    private List<String> copy(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> key = new ArrayList<>();
        try (Statement statement = to.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA table_info(" + table + ")")) {
            while (row.next()) {
                columns.add(row.getString("name"));
                if (row.getInt("pk") > 0) {
                    key.add(row.getString("name"));
                }
            }
        }
        if (!copy(table, columns, String.join(", ", key))) {
            copy(table, columns, String.join(" DESC, ", key) + " DESC");
        }
        return columns;
    }

    /** @return whether the end was reached */
    private boolean copy(String table, List<String> columns, String order) throws SQLException {
        String names = String.join(", ", columns);
        try (PreparedStatement insert = to.prepareStatement("INSERT OR IGNORE INTO " + table + " (" + names + ") VALUES (?"
                    + ", ?".repeat(columns.size() - 1) + ")");
                Statement statement = from.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + names + " FROM " + table + " ORDER BY " + order)) {
            while (row.next()) {
                Object[] values = new Object[columns.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.getObject(i + 1);
                }
                Bind.to(insert, values).executeUpdate();
            }
            return true;
        } catch (SQLException e) {
            if (!StoreFault.isDamage(e)) {
                throw e;
            }
            Log.info("salvage of " + table + " by " + order + " ended: " + e.getMessage());
            return false;
        }
    }
}
