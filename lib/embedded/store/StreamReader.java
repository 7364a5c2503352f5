package embedded.store;

import embedded.Nanos;
import embedded.model.MetricKind;
import embedded.model.PointRow;
import embedded.model.Sample;
import embedded.model.SeriesTotal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads back what the streams of a series had counted last, without looking at all their points. */
final class StreamReader {
    /** What a series counted in streams whose points are gone, as a point. */
    static final String BASE = "SELECT base_start AS start, 0 AS time, base_value AS value, base_count AS count,"
            + " base_buckets AS buckets, 0 AS marks FROM series WHERE id = ? AND base_start IS NOT NULL";
    private final PreparedStatement nextStart;
    private final PreparedStatement last;
    private final PreparedStatement base;

    StreamReader(Connection connection) throws SQLException {
        nextStart = connection.prepareStatement("SELECT min(start) FROM point WHERE series = ? AND start > ?");
        last = connection.prepareStatement("SELECT " + PointRow.COLUMNS + " FROM point WHERE series = ? AND start = ?"
                + " ORDER BY time DESC LIMIT 1");
        base = connection.prepareStatement(BASE);
    }

    /** The last sample of one stream; null when it has none. */
    Sample last(long series, MetricKind metricKind, long startNanos) throws SQLException {
        try (ResultSet row = Bind.to(last, series, Nanos.toMillis(startNanos)).executeQuery()) {
            return row.next() ? PointRow.sample(row, metricKind) : null;
        }
    }

    /** Puts everything that was counted into a total, and gives the last samples of the streams. */
    List<Sample> all(long series, MetricKind metricKind, SeriesTotal total) throws SQLException {
        List<Sample> found = new ArrayList<>();
        try (ResultSet row = Bind.to(base, series).executeQuery()) {
            if (row.next()) {
                total.addToRest(PointRow.sample(row, metricKind));
            }
        }
        for (long start = Bind.number(Bind.to(nextStart, series, -1), -1); start >= 0;
                start = Bind.number(Bind.to(nextStart, series, start), -1)) {
            try (ResultSet row = Bind.to(last, series, start).executeQuery()) {
                if (row.next()) {
                    Sample sample = PointRow.sample(row, metricKind);
                    found.add(sample);
                    total.put(sample);
                }
            }
        }
        return found;
    }
}
