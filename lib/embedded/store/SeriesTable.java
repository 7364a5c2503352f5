package embedded.store;

import embedded.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes series and their points. Deltas are added up, so that what is stored is cumulative; a reading that does not change
 * moves the last point forward instead of adding one, so that an idle exporter costs no space. Belongs to the writer's
 * thread.
 */
public final class SeriesTable implements AutoCloseable {
    private static final int CACHED = 20_000;

    private final Interned interned;
    private final LiveSeries live;
    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final PreparedStatement last;
    private final PreparedStatement insertPoint;
    private final PreparedStatement movePoint;
    private final Map<Long, LiveSeries.Reading> pending = new HashMap<>();
    private final Map<SeriesKey, State> states = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SeriesKey, State> eldest) {
            return size() > CACHED;
        }
    };

    /** What is stored last of a series. */
    private static final class State {
        private final long id;
        private Sample sample;
        /** Whether the last two points are alike, so that the last one may move. */
        private boolean flat;
        /** Of the last delta that was added, to know it when it is sent again. */
        private long deltaStart = -1;
        private long deltaTime = -1;

        State(long id, Sample sample) {
            this.id = id;
            this.sample = sample;
        }
    }

    SeriesTable(Connection connection, Interned interned, LiveSeries live) throws SQLException {
        this.interned = interned;
        this.live = live;
        find = connection.prepareStatement("SELECT id FROM series WHERE key = ?");
        insert = connection.prepareStatement("INSERT INTO series (key, name, unit, description, kind, monotonic, resource,"
                + " scope, attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id");
        last = connection.prepareStatement(
                "SELECT time, start, value, count, buckets FROM point WHERE series = ? ORDER BY time DESC LIMIT 1");
        insertPoint =
                connection.prepareStatement("INSERT OR REPLACE INTO point (series, time, start, received, value, count,"
                + " buckets) VALUES (?, ?, ?, ?, ?, ?, ?)");
        movePoint = connection.prepareStatement(
                "UPDATE OR REPLACE point SET time = ?, received = ? WHERE series = ? AND time = ?");
    }

    public void store(SeriesKey key, Sample sent) throws SQLException {
        State state = states.get(key);
        if (state == null) {
            state = load(key);
            states.put(key, state);
        }
        Sample before = state.sample;
        if (sent.delta() && sent.time() == state.deltaTime && sent.start() == state.deltaStart) {
            return;
        }
        Sample now = sent;
        if (sent.delta()) {
            now = before == null ? sent.asFirst() : sent.onTopOf(before);
            state.deltaStart = sent.start();
            state.deltaTime = sent.time();
        } else if (before != null) {
            now = sent.withExemplarsOf(before);
        }
        long arrived = System.currentTimeMillis();
        if (before != null && now.time() < before.time()) {
            // Late: it belongs into the history, and the last value stays the last.
            write(state.id, now, key.kind(), arrived);
            state.flat = false;
            return;
        }
        boolean same = before != null && now.sameReading(before);
        if (same && state.flat) {
            move(state.id, before, now, arrived);
        } else {
            write(state.id, now, key.kind(), arrived);
        }
        state.flat = same;
        state.sample = now;
        pending.put(state.id, new LiveSeries.Reading(state.id, key, now, arrived));
    }

    private void move(long series, Sample before, Sample now, long arrived) throws SQLException {
        movePoint.setLong(1, millis(now.time()));
        movePoint.setLong(2, arrived);
        movePoint.setLong(3, series);
        movePoint.setLong(4, millis(before.time()));
        movePoint.executeUpdate();
    }

    private void write(long series, Sample sample, MetricKind kind, long arrived) throws SQLException {
        Distribution distribution = sample.distribution();
        insertPoint.setLong(1, series);
        insertPoint.setLong(2, millis(sample.time()));
        insertPoint.setLong(3, millis(sample.start()));
        insertPoint.setLong(4, arrived);
        insertPoint.setDouble(5, kind.hasDistribution() ? finite(distribution.sum()) : finite(sample.value()));
        insertPoint.setLong(6, distribution.count());
        insertPoint.setBytes(7, kind.hasDistribution() ? distribution.buckets() : null);
        insertPoint.executeUpdate();
    }

    private State load(SeriesKey key) throws SQLException {
        byte[] digest = key.digest();
        find.setBytes(1, digest);
        try (ResultSet row = find.executeQuery()) {
            if (row.next()) {
                long id = row.getLong(1);
                return new State(id, lastSample(id, key.kind()));
            }
        }
        insert.setBytes(1, digest);
        insert.setString(2, key.name());
        insert.setString(3, key.unit());
        insert.setString(4, key.description());
        insert.setString(5, key.kind().name());
        insert.setBoolean(6, key.monotonic());
        insert.setLong(7, interned.resource(key.resource().toByteArray()));
        insert.setLong(8, interned.scope(key.scope().toByteArray()));
        insert.setString(9, Json.write(key.attributes()));
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return new State(row.getLong(1), null);
        }
    }

    private Sample lastSample(long series, MetricKind kind) throws SQLException {
        last.setLong(1, series);
        try (ResultSet row = last.executeQuery()) {
            return row.next() ? PointRow.sample(row, kind) : null;
        }
    }

    /** Makes what was committed visible. */
    void committed() {
        pending.values().forEach(live::put);
        pending.clear();
    }

    /** After a rollback what is remembered is not what is stored. */
    void forget() {
        pending.clear();
        states.clear();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** SQLite knows no NaN: it would store NULL. */
    private static double finite(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : new PreparedStatement[] {find, insert, last, insertPoint, movePoint}) {
            statement.close();
        }
    }
}
