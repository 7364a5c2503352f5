package embedded.store;

import embedded.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes what is older than wanted and, when the store is larger than wanted, the oldest; in short transactions between
 * which others are stored. Age counts from the arrival, so that a sender with a wrong clock does not lose its spans. A store
 * that is far too large gives removing more of the writer's time, so that intake at any speed cannot outrun it.
 */
public final class Retention {
    /** Of the writer's time for one transaction, with a store that is hardly too large. */
    private static final long STEP_MILLIS = 150;
    private static final long LONGEST_STEP_MILLIS = 2000;
    /** It is measured anew when one part in so many of the store has been removed. */
    private static final int MEASURED_ANEW = 16;
    private static final int PAGES_PER_STEP = 2000;
    /** Points older than this are thinned to one per minute and stream. */
    private static final Duration FULL_RESOLUTION = Duration.ofHours(24);
    private static final long THINNED_MILLIS = Duration.ofMinutes(1).toMillis();
    /** A series that was heard of lately is kept, also when it has no points left. */
    private static final long QUIET_MILLIS = Duration.ofHours(1).toMillis();

    private final Store store;
    private final Duration age;
    private final long maxBytes;
    /** Whether the size made something go since the last time that it was tidied up. */
    private final AtomicBoolean untidy = new AtomicBoolean();
    /** What takes how much, and how much was removed since that was measured; null before it was needed. */
    private volatile Shares shares;
    private final AtomicLong removedSince = new AtomicLong();

    public Retention(Store store, Duration age, long maxBytes) {
        this.store = store;
        this.age = age;
        this.maxBytes = maxBytes;
    }

    /** Brings the store within its bounds; called from time to time, on a thread that may wait. */
    public void apply(long nowMillis) throws SQLException, InterruptedException, ExecutionException {
        long oldest = nowMillis - age.toMillis();
        long removed = 0;
        for (Shares.Kind kind : Shares.Kind.values()) {
            for (long step = -1; step != 0; removed += step) {
                step = store.remove(removal -> olderThan(kind, removal, oldest), STEP_MILLIS);
            }
        }
        removed += thin(nowMillis - FULL_RESOLUTION.toMillis());
        shrink();
        if (untidy.getAndSet(false) || removed > 0) {
            tidy(nowMillis);
        }
        sweep();
    }

    /**
     * Removes the oldest until the store is within its size, of kinds that take more than their share ({@link Shares}); called
     * every few seconds.
     *
     * @return how many traces, records and points that were
     */
    public long shrink() throws SQLException, InterruptedException, ExecutionException {
        long removed = 0;
        for (long used = store.bytesUsed(); used > maxBytes; used = store.bytesUsed()) {
            long excess = Math.min(LONGEST_STEP_MILLIS, STEP_MILLIS + (used - maxBytes) * 10 * STEP_MILLIS / maxBytes);
            if (shares == null || removedSince.get() > maxBytes / MEASURED_ANEW) {
                shares = store.read(connection -> Shares.measure(connection, maxBytes));
                removedSince.set(0);
            }
            Shares now = shares;
            long step = store.remove(removal -> {
                long before = removal.bytesUsed();
                long some = before > maxBytes ? removal.oldest(now) : 0;
                removedSince.addAndGet(before - removal.bytesUsed());
                return some;
            }, excess);
            if (step == 0) {
                break;
            }
            removed += step;
        }
        if (removed > 0) {
            untidy.set(true);
            Log.info("retention by size removed " + removed + " traces, records and points");
        }
        return removed;
    }

    private static long olderThan(Shares.Kind kind, Removal removal, long oldest) throws SQLException {
        return switch (kind) {
            case TRACES -> removal.traces(oldest);
            case LOGS -> removal.logs(oldest);
            case POINTS -> removal.points(oldest);
        };
    }

    /** Of the points of a minute the last one says it all: what is stored is cumulative. */
    private long thin(long oldest) throws InterruptedException, ExecutionException {
        long[] removed = {0};
        store.execute(transaction -> {
            transaction.begin();
            removed[0] = update(transaction.connection(), "DELETE FROM point AS p WHERE p.received BETWEEN "
                    + (oldest - FULL_RESOLUTION.toMillis()) + " AND " + oldest + " AND EXISTS (SELECT 1 FROM point AS later"
                    + " WHERE later.series = p.series AND later.start = p.start AND later.time > p.time AND later.received < "
                    + oldest + " AND later.time / " + THINNED_MILLIS + " = p.time / " + THINNED_MILLIS + ")");
            transaction.commit();
        });
        return removed[0];
    }

    private static long update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Entries of dictionaries that only a series referred to, or a trace that somebody removed, in short transactions. */
    private void sweep() throws InterruptedException, ExecutionException {
        for (Dictionary dictionary : Dictionary.values()) {
            long[] last = {0};
            do {
                store.remove(removal -> last[0] = removal.sweep(dictionary, last[0]), 0);
            } while (last[0] != 0);
        }
    }

    /** Series without points go too, and hours of which no point is left, and free pages go back to the file system. */
    private void tidy(long nowMillis) throws InterruptedException, ExecutionException {
        store.execute(transaction -> {
            transaction.begin();
            update(transaction.connection(), "DELETE FROM log_words WHERE rowid < coalesce((SELECT min(id) FROM log), "
                    + Long.MAX_VALUE + ")");
            update(transaction.connection(), "DELETE FROM growth WHERE received < coalesce((SELECT min(received) FROM point), "
                    + Long.MAX_VALUE + ")");
            long series = update(transaction.connection(), "DELETE FROM series WHERE updated < " + (nowMillis - QUIET_MILLIS)
                    + " AND NOT EXISTS (SELECT 1 FROM point WHERE point.series = series.id)");
            if (series > 0) {
                update(transaction.connection(), "DELETE FROM family WHERE NOT EXISTS (SELECT 1 FROM series WHERE"
                        + " series.family = family.id) AND NOT EXISTS (SELECT 1 FROM growth WHERE growth.family = family.id)");
            }
            transaction.commit();
            transaction.forget();
        });
        store.execute(transaction -> {
            try (Statement statement = transaction.connection().createStatement()) {
                statement.execute("PRAGMA incremental_vacuum(" + PAGES_PER_STEP + ")");
            }
        });
    }
}
