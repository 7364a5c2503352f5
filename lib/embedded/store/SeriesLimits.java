package embedded.store;

import embedded.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many series there may be. An attribute that is a user's id or a path makes a series of every value; what is beyond the
 * bound is counted, said once, and not stored, so that everything else goes on. Counted by the writer's thread, read by any.
 */
final class SeriesLimits implements AutoCloseable {
    /** In all. Each costs about a kilobyte of memory while it sends. */
    static final int SERIES = 50_000;
    /** Of one metric, by name. */
    static final int SERIES_OF_A_METRIC = 10_000;
    private static final long NAMES_BYTES = 8L << 20;

    private final PreparedStatement all;
    private final PreparedStatement ofMetric;
    private final LongAdder refused = new LongAdder();
    /** How many series a metric has; looked up when it gets its next. */
    private final WeighedCache<String, Long> byMetric = new WeighedCache<>(SERIES, NAMES_BYTES,
            (name, siblings) -> 2L * name.length() + 120);
    private long known;
    private boolean said;

    SeriesLimits(Connection connection) throws SQLException {
        all = connection.prepareStatement("SELECT count(*) FROM series");
        ofMetric = connection.prepareStatement("SELECT count(*) FROM series WHERE name = ?");
        count();
    }

    /** Whether there is room for another series; one for which there is none counts as a point left out. */
    boolean admits(SeriesKey key) throws SQLException {
        Long same = byMetric.get(key.name());
        long siblings = same == null ? Bind.number(Bind.to(ofMetric, key.name()), 0) : same;
        if (known < SERIES && siblings < SERIES_OF_A_METRIC) {
            known++;
            byMetric.put(key.name(), siblings + 1);
            return true;
        }
        if (known < SERIES) {
            byMetric.put(key.name(), siblings);
        }
        refused.increment();
        if (!said) {
            said = true;
            Log.warn("too many series: points of new ones are left out from now on, the first of " + key.name()
                    + "; an attribute with a value of its own for each call is the usual cause");
        }
        return false;
    }

    /** Points that were left out since the start. */
    long refused() {
        return refused.sum();
    }

    void count() throws SQLException {
        known = Bind.number(all, 0);
        byMetric.clear();
    }

    @Override
    public void close() throws SQLException {
        all.close();
        ofMetric.close();
    }
}
