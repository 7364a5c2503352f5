package embedded.store;

import embedded.Nanos;
import embedded.model.Distribution;
import embedded.model.MetricKind;
import embedded.model.PointMark;
import embedded.model.RecentDeltas;
import embedded.model.Sample;
import embedded.model.SeriesKey;
import embedded.model.SeriesTotal;
import embedded.model.ShapeBytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Writes series and their points. Deltas are added up, so that what is stored is cumulative; a reading that does not change
 * moves the last point forward instead of adding one, so that an idle exporter costs no space. Belongs to the writer's
 * thread.
 */
public final class SeriesTable {
    private static final int CACHED = 20_000;
    private static final long CACHED_BYTES = 40L << 20;
    /** A clock may be ahead by this much before its points are taken to be of now. */
    static final long FUTURE_NANOS = TimeUnit.MINUTES.toNanos(5);
    /** How far what {@code series.updated} says may lie behind. */
    static final long UPDATED_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final Interned interned;
    private final LiveSeries live;
    private final SeriesLimits limits;
    private final SeriesBytes bytes;
    private final StreamReader streams;
    private final GrowthTable growth;
    private final PreparedStatement find;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement insertPoint;
    private final PreparedStatement movePoint;
    private final Map<Long, LiveSeries.Reading> pending = new HashMap<>();
    private final WeighedCache<SeriesKey, State> states = new WeighedCache<>(CACHED, CACHED_BYTES,
            (key, state) -> key.bytes() + state.total.bytes() + state.deltas.bytes());

    /** What is stored last of a series. */
    private static final class State {
        private final long id;
        private final long family;
        private final SeriesTotal total;
        /** The stream whose last two points are alike, so that the last one may move; -1 when there is none. */
        private long flatStart = -1;
        private final RecentDeltas deltas = new RecentDeltas();
        /** Where the sum of deltas began, and where a sum began whose sender does not say; 0 before there is one. */
        private long deltasFrom;
        private long unknownFrom;
        private long updatedMillis;

        State(long id, long family, SeriesTotal total) {
            this.id = id;
            this.family = family;
            this.total = total;
        }
    }

    SeriesTable(Connection connection, Interned interned, LiveSeries live) throws SQLException {
        this.interned = interned;
        this.live = live;
        limits = new SeriesLimits(connection);
        bytes = new SeriesBytes(connection, System::currentTimeMillis);
        streams = new StreamReader(connection);
        growth = new GrowthTable(connection);
        find = connection.prepareStatement("SELECT id FROM series WHERE key = ?");
        insert = connection.prepareStatement("INSERT INTO series (key, family, resource, scope, updated)"
                + " VALUES (?, ?, ?, ?, ?) RETURNING id");
        update = connection.prepareStatement("UPDATE series SET updated = ? WHERE id = ?");
        insertPoint = connection.prepareStatement("INSERT OR REPLACE INTO point (series, start, time, received, value,"
                + " count, buckets, marks) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        movePoint = connection.prepareStatement(
                "UPDATE OR REPLACE point SET time = ?, received = ? WHERE series = ? AND start = ? AND time = ?");
    }

    /** Stores a point; one of a series beyond the bound is counted and left out. */
    public void store(SeriesKey key, Sample sent) throws SQLException {
        State state = states.get(key);
        if (state == null) {
            state = load(key);
            if (state == null) {
                return;
            }
            states.put(key, state);
        }
        long arrived = System.currentTimeMillis();
        if (sent.delta() && sent.time() != 0 && !state.deltas.add(sent.start(), sent.time())) {
            return;
        }
        Sample timed = timed(sent, arrived);
        Sample now = sent.delta() ? added(state, key, timed) : cumulative(state, key, timed);
        Sample before = state.total.last(now.start());
        if (before != null && now.time() < before.time() && isTimedHere(before) && !(key.monotonic() && isLess(now, before))) {
            // The one before stands at the time of its arrival, and this one has arrived after it.
            now = now.at(now.start(), Math.max(before.time(), TimeUnit.MILLISECONDS.toNanos(arrived)), now.marks());
        }
        if (before != null && now.time() < before.time()) {
            // Late: it belongs into the history, and the last value stays the last.
            write(state, key, null, now, arrived);
            state.flatStart = state.flatStart == now.start() ? -1 : state.flatStart;
            return;
        }
        if (before != null) {
            now = now.withExemplarsOf(before);
        }
        boolean same = before != null && now.sameReading(before);
        if (same && state.flatStart == now.start()) {
            Bind.to(movePoint, Nanos.toMillis(now.time()), arrived, state.id, Nanos.toMillis(now.start()),
                    Nanos.toMillis(before.time())).executeUpdate();
        } else {
            write(state, key, before, now, arrived);
        }
        state.flatStart = same ? now.start() : -1;
        state.total.put(now);
        states.put(key, state); // weighed again: it may have grown
        if (arrived - state.updatedMillis > UPDATED_MILLIS) {
            Bind.to(update, arrived, state.id).executeUpdate();
            state.updatedMillis = arrived;
        }
        pending.put(state.id, new LiveSeries.Reading(state.id, key, state.total.now(), arrived));
    }

    /** A point without a time, or of a time to come, is of now: a wrong clock must not hold the series. */
    private static Sample timed(Sample sent, long arrivedMillis) {
        long now = TimeUnit.MILLISECONDS.toNanos(arrivedMillis);
        if (sent.time() == 0) {
            return sent.at(sent.start(), now, sent.marks() | PointMark.TIME_MISSING.bit);
        }
        if (sent.time() > now + FUTURE_NANOS) {
            return sent.at(Math.min(sent.start(), now), now, sent.marks() | PointMark.TIME_IN_FUTURE.bit);
        }
        return sent.at(sent.start(), sent.time(), sent.marks());
    }

    /** A delta on top of those before it. */
    private Sample added(State state, SeriesKey key, Sample timed) throws SQLException {
        if (state.deltasFrom == 0) {
            state.deltasFrom = timed.start() == 0 || timed.start() > timed.time() ? timed.time() : timed.start();
        }
        Sample delta = timed.at(state.deltasFrom, timed.time(), timed.marks() | PointMark.FROM_DELTAS.bit);
        Sample before = remembered(state, key, state.deltasFrom);
        return before == null ? delta : delta.onTopOf(before);
    }

    /** Finds out which stream a cumulative point belongs to. */
    private Sample cumulative(State state, SeriesKey key, Sample timed) throws SQLException {
        if (key.kind() == MetricKind.GAUGE) {
            return timed.at(0, timed.time(), timed.marks()); // a gauge does not begin
        }
        if (timed.start() != 0) {
            remembered(state, key, millisOnly(timed.start()));
            return timed.at(millisOnly(timed.start()), timed.time(), timed.marks());
        }
        Sample before = remembered(state, key, state.unknownFrom);
        boolean resets = key.kind() != MetricKind.SUMMARY && key.monotonic();
        if (before != null && resets && timed.time() >= before.time() && isLess(timed, before)) {
            // The data model: a sum that falls has begun again, at the last moment at which it had not.
            state.unknownFrom = millisOnly(before.time());
        }
        return timed.at(state.unknownFrom, timed.time(), timed.marks() | PointMark.START_UNKNOWN.bit);
    }

    /** Whether its time is that of its arrival, since the sender gave none that can be used. */
    private static boolean isTimedHere(Sample sample) {
        return sample.isMarked(PointMark.TIME_MISSING) || sample.isMarked(PointMark.TIME_IN_FUTURE);
    }

    private static boolean isLess(Sample now, Sample before) {
        return now.value() < before.value() || now.distribution().count() < before.distribution().count();
    }

    /** The last sample of a stream, looked up when it was forgotten. */
    private Sample remembered(State state, SeriesKey key, long start) throws SQLException {
        if (!state.total.knows(start)) {
            Sample stored = streams.last(state.id, key.kind(), start);
            if (stored != null) {
                state.total.takeFromRest(stored);
            }
        }
        return state.total.last(start);
    }

    /** @param before the last point of the stream, after which this one comes */
    private void write(State state, SeriesKey key, Sample before, Sample sample, long arrived) throws SQLException {
        boolean last = before == null ? !state.total.knows(sample.start())
                : Nanos.toMillis(before.time()) < Nanos.toMillis(sample.time());
        if (key.accumulates() && last) {
            growth.appended(state.family, key.kind(), before, sample, arrived);
        } else if (key.accumulates()) {
            growth.inserted(state.family, key.kind(), state.id, sample, arrived);
        }
        Distribution distribution = sample.distribution();
        double value = key.kind().hasDistribution() ? distribution.sum().orElse(Double.NaN) : sample.value();
        Bind.to(insertPoint, state.id, Nanos.toMillis(sample.start()), Nanos.toMillis(sample.time()), arrived, value,
                distribution.count(), ShapeBytes.write(distribution.shape()), sample.marks()).executeUpdate();
    }

    private State load(SeriesKey key) throws SQLException {
        byte[] digest = key.digest();
        long known = Bind.number(Bind.to(find, digest), -1);
        if (known >= 0) {
            State state = new State(known, interned.family(key), new SeriesTotal(key.kind(), key.monotonic()));
            for (Sample last : streams.all(known, key.kind(), state.total)) {
                if (last.isMarked(PointMark.FROM_DELTAS)) {
                    state.deltasFrom = last.start();
                } else if (last.isMarked(PointMark.START_UNKNOWN)) {
                    state.unknownFrom = Math.max(state.unknownFrom, last.start());
                }
            }
            return state;
        }
        if (!bytes.admits(key)) {
            limits.refuse(key.name(), "too many large series");
            return null;
        }
        if (!limits.admits(key.name())) {
            return null;
        }
        long family = interned.family(key);
        long resource = interned.resource(key.resource().toByteArray(), "");
        bytes.stored(key, family, resource);
        Bind.to(insert, digest, family, resource,
                interned.scope(key.scope().toByteArray(), key.scopeSchema()), System.currentTimeMillis());
        return new State(Bind.number(insert, -1), family, new SeriesTotal(key.kind(), key.monotonic()));
    }

    /** The store keeps milliseconds: two that are the same there are the same stream. */
    private static long millisOnly(long nanos) {
        return TimeUnit.MILLISECONDS.toNanos(Nanos.toMillis(nanos));
    }

    /** How many points were left out because there were too many series. */
    SeriesLimits limits() {
        return limits;
    }

    /** How much of the store series may take beside their points. */
    SeriesBytes bytes() {
        return bytes;
    }

    /** To be called before the transaction is committed. */
    void flush() throws SQLException {
        growth.flush();
    }

    /** Makes what was committed visible. */
    void committed() {
        pending.values().forEach(live::put);
        pending.clear();
    }

    /** After a rollback what is remembered is not what is stored. */
    void forget() throws SQLException {
        pending.clear();
        states.clear();
        growth.forget();
        limits.count();
        bytes.forget();
    }
}
