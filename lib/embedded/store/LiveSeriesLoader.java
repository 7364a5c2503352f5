package embedded.store;

import com.google.protobuf.ByteString;
import embedded.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Brings back the last values of series that were alive when the process before this one ended. */
final class LiveSeriesLoader {
    private LiveSeriesLoader() {}

    static void load(Connection connection, LiveSeries live, long nowMillis) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT s.id, s.name, s.unit, s.description, s.kind,"
                + " s.monotonic, s.attributes, r.body AS resource, c.body AS scope, p.time, p.start, p.value, p.count,"
                + " p.buckets, p.received FROM series s JOIN resource r ON r.id = s.resource JOIN scope c ON c.id = s.scope"
                + " JOIN point p ON p.series = s.id AND p.time = (SELECT max(time) FROM point WHERE series = s.id)"
                + " WHERE p.received > ?")) {
            statement.setLong(1, nowMillis - LiveSeries.EXPIRY_MILLIS);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    SeriesKey key = key(row);
                    live.put(new LiveSeries.Reading(row.getLong("id"), key, PointRow.sample(row, key.kind()),
                            row.getLong("received")));
                }
            }
        }
    }

    private static SeriesKey key(ResultSet row) throws SQLException {
        return new SeriesKey(row.getString("name"), row.getString("unit"), row.getString("description"),
                MetricKind.valueOf(row.getString("kind")), row.getBoolean("monotonic"), blob(row, "resource"),
                blob(row, "scope"), Json.readStrings(row.getString("attributes")));
    }

    private static ByteString blob(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes);
    }
}
