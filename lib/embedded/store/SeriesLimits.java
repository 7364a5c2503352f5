package embedded.store;

import embedded.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How many series there may be. An attribute that is a user's id or a path makes a series of every value; what is beyond the
 * bound is counted, said once, and not stored, so that everything else goes on. What a run that ended has left behind is no
 * memory any more: it counts only against what may be stored in all. Counted by the writer's thread, read by any.
 */
final class SeriesLimits {
    /** That something was sent for within the last hour. Each costs about a kilobyte of memory while it sends. */
    static final int SERIES = 50_000;
    /** Of one metric, by name; of the same hour. */
    static final int SERIES_OF_A_METRIC = 10_000;
    /** Stored in all: some 20,000 runs of pa. */
    static final int STORED = 1_000_000;
    static final long LIVING_MILLIS = TimeUnit.HOURS.toMillis(1);
    /** Those that went silent are looked for only so often, since it means reading the list of series. */
    private static final long RECOUNT_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long NAMES_BYTES = 8L << 20;

    private final PreparedStatement all;
    private final PreparedStatement living;
    private final PreparedStatement ofMetric;
    private final LongSupplier clock;
    private final LongAdder refused = new LongAdder();
    /** How many living series a metric has; looked up when it gets its next. */
    private final WeighedCache<String, Long> byMetric = new WeighedCache<>(SERIES, NAMES_BYTES,
            (name, siblings) -> 2L * name.length() + 120);
    private long stored;
    private long known;
    private long countedMillis;
    private boolean said;

    SeriesLimits(Connection connection) throws SQLException {
        this(connection, System::currentTimeMillis);
    }

    /** @param clock milliseconds since 1970 */
    SeriesLimits(Connection connection, LongSupplier clock) throws SQLException {
        this.clock = clock;
        all = connection.prepareStatement("SELECT count(*) FROM series");
        living = connection.prepareStatement("SELECT count(*) FROM series WHERE updated > ?");
        ofMetric = connection.prepareStatement("SELECT count(*) FROM family f JOIN series s ON s.family = f.id WHERE f.name = ?"
                + " AND s.updated > ?");
        count();
    }

    /** Whether there is room for another series of this metric; one for which there is none counts as a point left out. */
    boolean admits(String name) throws SQLException {
        if (!hasRoom(name) && clock.getAsLong() - countedMillis > RECOUNT_MILLIS) {
            count();
        }
        if (hasRoom(name)) {
            known++;
            stored++;
            byMetric.put(name, siblings(name) + 1);
            return true;
        }
        refuse(name, "too many series");
        return false;
    }

    /** Counts a point that is left out; says why once. */
    void refuse(String name, String why) {
        refused.increment();
        if (!said) {
            said = true;
            Log.warn(why + ": points of new ones are left out from now on, the first of " + name
                    + "; an attribute with a value of its own for each call is the usual cause");
        }
    }

    private boolean hasRoom(String name) throws SQLException {
        return stored < STORED && known < SERIES && siblings(name) < SERIES_OF_A_METRIC;
    }

    private long siblings(String name) throws SQLException {
        Long same = byMetric.get(name);
        if (same == null) {
            same = Bind.number(Bind.to(ofMetric, name, clock.getAsLong() - LIVING_MILLIS), 0);
            byMetric.put(name, same);
        }
        return same;
    }

    /** Points that were left out since the start. */
    long refused() {
        return refused.sum();
    }

    void count() throws SQLException {
        countedMillis = clock.getAsLong();
        stored = Bind.number(all, 0);
        known = Bind.number(Bind.to(living, countedMillis - LIVING_MILLIS), 0);
        byMetric.clear();
    }
}
