package embedded.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Reads a stored point back. */
public final class PointRow {
    /** The columns that {@link #sample} reads, of the table {@code point}. */
    public static final String COLUMNS = "start, time, value, count, buckets, marks";

    private PointRow() {}

    public static Sample sample(ResultSet row, MetricKind kind) throws SQLException {
        double value = row.getDouble("value");
        boolean none = row.wasNull();
        Distribution distribution = kind.hasDistribution() ? new Distribution(row.getLong("count"),
                none ? OptionalDouble.empty() : OptionalDouble.of(value), ShapeBytes.read(row.getBytes("buckets")))
                : Distribution.EMPTY;
        return new Sample(TimeUnit.MILLISECONDS.toNanos(row.getLong("start")),
                TimeUnit.MILLISECONDS.toNanos(row.getLong("time")), false,
                kind.hasDistribution() ? 0 : none ? Double.NaN : value, distribution, List.of(), row.getInt("marks"));
    }
}
