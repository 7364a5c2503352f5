package embedded.store;

import com.google.protobuf.ByteString;
import embedded.Json;
import embedded.model.MetricKind;
import embedded.model.SeriesKey;
import embedded.model.SeriesTotal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Brings back the last values of series that were alive when the process before this one ended. */
final class LiveSeriesLoader {
    private LiveSeriesLoader() {}

    static void load(Connection connection, LiveSeries live, long nowMillis) throws SQLException {
        StreamReader streams = new StreamReader(connection);
        try (PreparedStatement statement = connection.prepareStatement("SELECT s.id, f.name, f.unit, f.description,"
                + " f.kind, f.monotonic, f.attributes, s.updated, r.body AS resource, c.body AS scope, c.schema FROM series s"
                + " JOIN family f ON f.id = s.family JOIN resource r ON r.id = s.resource JOIN scope c ON c.id = s.scope"
                + " WHERE s.updated > ?");
                ResultSet row = Bind.to(statement, nowMillis - LiveSeries.EXPIRY_MILLIS - SeriesTable.UPDATED_MILLIS)
                .executeQuery()) {
            while (row.next()) {
                SeriesKey key = key(row);
                SeriesTotal total = new SeriesTotal(key.kind(), key.monotonic());
                if (!streams.all(row.getLong("id"), key.kind(), total).isEmpty()) {
                    long arrived = Math.min(nowMillis, row.getLong("updated") + SeriesTable.UPDATED_MILLIS);
                    live.put(new LiveSeries.Reading(row.getLong("id"), key, total.now(), arrived));
                }
            }
        }
    }

    private static SeriesKey key(ResultSet row) throws SQLException {
        return new SeriesKey(row.getString("name"), row.getString("unit"), row.getString("description"),
                MetricKind.valueOf(row.getString("kind")), row.getBoolean("monotonic"), blob(row, "resource"),
                blob(row, "scope"), row.getString("schema"), Json.readStrings(row.getString("attributes")));
    }

    private static ByteString blob(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? ByteString.EMPTY : ByteString.copyFrom(bytes);
    }
}
