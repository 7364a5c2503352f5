package embedded.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a store of an older version up to this one, in one transaction: a process that dies in the middle leaves the old
 * store as it was.
 */
final class Migrations {
    /** The oldest version that can be brought up. */
    static final int OLDEST = 1;

    private Migrations() {}

    static void run(Connection connection, long from) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                if (from < 2) {
                    for (String step : toTwo()) {
                        statement.execute(step);
                    }
                }
                if (from < 3) {
                    RunRebuild.run(connection);
                }
                if (from < 4) {
                    for (String step : Schema.SINCE_4) {
                        statement.execute(step);
                    }
                    LastUse.markUnknown(connection);
                }
                if (from < 5) {
                    FamilyMigration.run(connection);
                    GrowthRebuild.run(connection);
                }
                statement.execute("PRAGMA user_version=" + Schema.VERSION);
                statement.execute("COMMIT");
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /** Schema URLs, spans told apart by their resource, streams told apart by their start, and an index for retention. */
    private static List<String> toTwo() {
        List<String> steps = new ArrayList<>();
        for (String table : List.of("resource", "scope")) {
            steps.add("ALTER TABLE " + table + " RENAME TO old_" + table);
            steps.add(table.equals("resource") ? Schema.RESOURCE : Schema.SCOPE);
            steps.add("INSERT INTO " + table + " SELECT id, body, '' FROM old_" + table);
            steps.add("DROP TABLE old_" + table);
        }
        steps.add("DROP INDEX span_key");
        steps.add(Schema.SPAN_KEY);
        Schema.SERIES_SINCE_2.forEach(column -> steps.add("ALTER TABLE series ADD COLUMN " + column));
        steps.add("ALTER TABLE point RENAME TO old_point");
        steps.add(Schema.POINT);
        // A gauge does not begin: its points are one stream whatever start they came with.
        steps.add("INSERT OR REPLACE INTO point SELECT p.series, CASE s.kind WHEN 'GAUGE' THEN 0 ELSE p.start END, p.time,"
                + " p.received, p.value, p.count, p.buckets, 0 FROM old_point p JOIN series s ON s.id = p.series");
        steps.add("DROP TABLE old_point");
        steps.add(Schema.POINT_RECEIVED);
        steps.add("UPDATE series SET updated = coalesce((SELECT max(received) FROM point WHERE series = series.id), 0)");
        return steps;
    }
}
