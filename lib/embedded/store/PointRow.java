package embedded.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the columns {@code time, start, value, count, buckets} of a stored point back. */
public final class PointRow {
    private PointRow() {}

    public static Sample sample(ResultSet row, MetricKind kind) throws SQLException {
        double value = row.getDouble("value");
        Distribution distribution = kind.hasDistribution()
                ? Distribution.of(row.getLong("count"), value, row.getBytes("buckets")) : Distribution.EMPTY;
        return new Sample(TimeUnit.MILLISECONDS.toNanos(row.getLong("start")),
                TimeUnit.MILLISECONDS.toNanos(row.getLong("time")),
                false, kind.hasDistribution() ? 0 : value, distribution, List.of());
    }
}
