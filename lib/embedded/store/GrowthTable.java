package embedded.store;

import embedded.Nanos;
import embedded.model.MetricKind;
import embedded.model.PointRow;
import embedded.model.Sample;
import embedded.model.Shape;
import embedded.model.ShapeBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What all series of a {@link Interned family} counted within each hour, kept up to date with every point, so that a chart
 * over a month reads some hundred rows instead of the points of ten thousand runs. The same as the points say: a stream begins
 * at nothing, and one whose value falls has begun again. Belongs to the writer's thread.
 */
final class GrowthTable {
    static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final int CACHED = 10_000;
    private static final long CACHED_BYTES = 8L << 20;
    private static final int ROW_BYTES = 250;

    private final PreparedStatement find;
    private final PreparedStatement write;
    private final PreparedStatement at;
    private final PreparedStatement previous;
    private final PreparedStatement next;
    private final WeighedCache<Key, Row> cache = new WeighedCache<>(CACHED, CACHED_BYTES, (key, row) -> ROW_BYTES
            + (row.shape == null ? 0 : row.shape.bytes()));
    private final Map<Key, Row> changed = new LinkedHashMap<>();

    private record Key(long family, long hour) {}

    private static final class Row {
        private long received;
        private double value;
        private boolean known;
        private long unknown;
        private long count;
        private Shape shape;
        private int marks;

        /** @param sign 1 to count it, -1 to count it no more */
        void add(Sample grown, Sample point, MetricKind kind, int sign) {
            if (kind.hasDistribution()) {
                if (grown.distribution().count() > 0) {
                    add(grown.distribution().sum().orElse(Double.NaN), sign);
                    unknown += grown.distribution().sum().isEmpty() ? sign : 0;
                    count += sign * grown.distribution().count();
                    shape = sign > 0 ? shape.plus(grown.distribution().shape()) : shape.without(grown.distribution().shape());
                }
            } else {
                add(grown.value(), sign);
                unknown += Double.isFinite(point.value()) ? 0 : sign;
            }
        }

        private void add(double more, int sign) {
            if (Double.isFinite(more)) {
                value += sign * more;
                known = true;
            }
        }
    }

    GrowthTable(Connection connection) throws SQLException {
        find = connection.prepareStatement("SELECT received, value, unknown, count, buckets, marks FROM growth"
                + " WHERE family = ? AND hour = ?");
        write = connection.prepareStatement("INSERT OR REPLACE INTO growth (family, hour, received, value, unknown, count,"
                + " buckets, marks) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        String stream = "SELECT " + PointRow.COLUMNS + " FROM point WHERE series = ? AND start = ? AND time ";
        at = connection.prepareStatement(stream + "= ?");
        previous = connection.prepareStatement(stream + "< ? ORDER BY time DESC LIMIT 1");
        next = connection.prepareStatement(stream + "> ? ORDER BY time LIMIT 1");
    }

    /** A point that came after all others of its stream. @param before the last of those; null when it is the first */
    void appended(long family, MetricKind kind, Sample before, Sample now, long arrivedMillis) throws SQLException {
        Row row = count(family, kind, before, now, 1);
        row.marks |= now.marks();
        row.received = Math.max(row.received, arrivedMillis);
    }

    /** A point that takes the place of another, or comes late; to be called before it is stored. */
    void inserted(long family, MetricKind kind, long series, Sample now, long arrivedMillis) throws SQLException {
        Sample replaced = neighbour(at, series, now, kind);
        if (replaced != null && replaced.sameReading(now)) {
            return; // it was sent again
        }
        Sample before = neighbour(previous, series, now, kind);
        Sample after = neighbour(next, series, now, kind);
        if (replaced != null) {
            count(family, kind, before, replaced, -1);
        }
        if (after != null) {
            count(family, kind, replaced == null ? before : replaced, after, -1);
            count(family, kind, now, after, 1);
        }
        appended(family, kind, before, now, arrivedMillis);
    }

    private Sample neighbour(PreparedStatement which, long series, Sample now, MetricKind kind) throws SQLException {
        try (ResultSet row = Bind.to(which, series, Nanos.toMillis(now.start()), Nanos.toMillis(now.time())).executeQuery()) {
            return row.next() ? PointRow.sample(row, kind) : null;
        }
    }

    private Row count(long family, MetricKind kind, Sample before, Sample now, int sign) throws SQLException {
        Key key = new Key(family, Math.floorDiv(Nanos.toMillis(now.time()), HOUR_MILLIS));
        Row row = row(key);
        row.add(now.since(before), now, kind, sign);
        return row;
    }

    private Row row(Key key) throws SQLException {
        Row row = changed.get(key);
        if (row == null) {
            row = cache.get(key);
            row = row == null ? stored(key) : row;
            changed.put(key, row);
        }
        return row;
    }

    private Row stored(Key key) throws SQLException {
        Row row = new Row();
        try (ResultSet found = Bind.to(find, key.family, key.hour).executeQuery()) {
            if (found.next()) {
                row.received = found.getLong("received");
                row.value = found.getDouble("value");
                row.known = !found.wasNull();
                row.unknown = found.getLong("unknown");
                row.count = found.getLong("count");
                row.marks = found.getInt("marks");
                row.shape = ShapeBytes.read(found.getBytes("buckets"));
            } else {
                row.shape = ShapeBytes.read(null);
            }
        }
        return row;
    }

    /** To be called before the transaction is committed. */
    void flush() throws SQLException {
        for (Map.Entry<Key, Row> entry : changed.entrySet()) {
            Row row = entry.getValue();
            Bind.to(write, entry.getKey().family, entry.getKey().hour, row.received, row.known ? row.value : null, row.unknown,
                    row.count, ShapeBytes.write(row.shape), row.marks).executeUpdate();
            cache.put(entry.getKey(), row);
        }
        changed.clear();
    }

    /** How many rows wait to be written. */
    int waiting() {
        return changed.size();
    }

    /** After a rollback, or when rows were removed, what is remembered is not what is stored. */
    void forget() {
        changed.clear();
        cache.clear();
    }
}
