package embedded.store;

import embedded.Json;
import embedded.model.MetricKind;
import embedded.model.SeriesKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Brings a store of the version before up to this one, in one transaction: a process that dies in the middle leaves the old
 * store as it was. Takes what series have in common out of their table, where each of them had it for itself, and counts the
 * hours that are past.
 */
final class Migration {
    /** The version that can be brought up. */
    static final int FROM = 4;
    private static final String COMMON = "name, unit, kind, monotonic, attributes";

    private Migration() {}

    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                series(connection, statement);
                GrowthRebuild.run(connection);
                statement.execute("PRAGMA user_version=" + Schema.VERSION);
                statement.execute("COMMIT");
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static void series(Connection connection, Statement statement) throws SQLException {
        statement.execute("ALTER TABLE series RENAME TO old_series");
        for (String table : Schema.SERIES) {
            statement.execute(table);
        }
        families(connection);
        statement.execute("CREATE INDEX family_search ON family (attributes, name)");
        statement.execute("INSERT INTO series (id, key, family, resource, scope, updated, base_start, base_value,"
                + " base_count, base_buckets) SELECT s.id, s.key, f.id, s.resource, s.scope, s.updated, s.base_start,"
                + " s.base_value, s.base_count, s.base_buckets FROM old_series s CROSS JOIN family f"
                + " ON f.attributes = s.attributes AND f.name = s.name AND f.unit = s.unit AND f.kind = s.kind"
                + " AND f.monotonic = s.monotonic");
        statement.execute("DROP INDEX family_search");
        statement.execute("DROP TABLE old_series");
        for (String index : Schema.SERIES_INDEXES) {
            statement.execute(index);
        }
    }

    private static void families(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO family (key, name, unit, description,"
                        + " kind, monotonic, attributes) VALUES (?, ?, ?, ?, ?, ?, ?)");
                ResultSet row = statement.executeQuery("SELECT " + COMMON + ", max(description) AS description FROM old_series"
                        + " GROUP BY " + COMMON + " ORDER BY min(id)")) {
            while (row.next()) {
                byte[] key = SeriesKey.familyDigest(row.getString("name"), row.getString("unit"),
                        MetricKind.valueOf(row.getString("kind")), row.getBoolean("monotonic"),
                        Json.readStrings(row.getString("attributes")));
                Bind.to(insert, key, row.getString("name"), row.getString("unit"), row.getString("description"),
                        row.getString("kind"), row.getBoolean("monotonic"), row.getString("attributes")).executeUpdate();
            }
        }
    }
}
