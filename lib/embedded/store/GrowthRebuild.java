package embedded.store;

import embedded.model.MetricKind;
import embedded.model.PointRow;
import embedded.model.Sample;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes {@link GrowthTable}'s rows from the points: for a store that had none, and for one of which a part was lost. */
final class GrowthRebuild {
    /** Of rows that are held until they are written. */
    private static final int MOST_WAITING = 20_000;

    private GrowthRebuild() {}

    /** Within the open transaction. */
    static void run(Connection connection) throws SQLException {
        GrowthTable growth = new GrowthTable(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM growth");
            // Crossed, so that points are read in the order in which they lie: to sort a month of them takes their size in memory.
            try (ResultSet row = statement.executeQuery("SELECT p.series, p.received, p." + PointRow.COLUMNS.replace(", ", ", p.")
                    + ", s.family, f.kind FROM point p CROSS JOIN series s ON s.id = p.series CROSS JOIN family f"
                    + " ON f.id = s.family"
                    + " WHERE f.kind IN ('HISTOGRAM', 'EXPONENTIAL_HISTOGRAM') OR f.kind = 'SUM' AND f.monotonic"
                    + " ORDER BY p.series, p.start, p.time")) {
                long series = -1;
                Sample before = null;
                while (row.next()) {
                    MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                    Sample now = PointRow.sample(row, kind);
                    boolean goesOn = series == row.getLong("series") && before != null && before.start() == now.start();
                    growth.appended(row.getLong("family"), kind, goesOn ? before : null, now, row.getLong("received"));
                    series = row.getLong("series");
                    before = now;
                    if (growth.waiting() > MOST_WAITING) {
                        growth.flush();
                    }
                }
            }
            growth.flush();
        }
    }
}
