package embedded.store;

import embedded.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Removes what is older than wanted and, when the store is larger than wanted, the oldest; in small transactions between
 * which others are stored. Age counts from the arrival, so that a sender with a wrong clock does not lose its spans.
 */
public final class Retention {
    private static final int TRACES_PER_STEP = 50;
    private static final int LOGS_PER_STEP = 1000;
    private static final int POINTS_PER_STEP = 5000;
    private static final int PAGES_PER_STEP = 2000;
    /** Points older than this are thinned to one per minute and series. */
    private static final Duration FULL_RESOLUTION = Duration.ofHours(24);
    private static final long THINNED_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Store store;
    private final Duration age;
    private final long maxBytes;

    public Retention(Store store, Duration age, long maxBytes) {
        this.store = store;
        this.age = age;
        this.maxBytes = maxBytes;
    }

    /** Brings the store within its bounds; called from time to time, on a thread that may wait. */
    public void apply(long nowMillis) throws SQLException, InterruptedException, ExecutionException {
        long removed = removeUntil(nowMillis - age.toMillis());
        while (store.bytesUsed() > maxBytes) {
            long step = remove("SELECT id FROM trace ORDER BY id LIMIT " + TRACES_PER_STEP, 0)
                    + count("DELETE FROM log WHERE id IN (SELECT id FROM log ORDER BY id LIMIT " + TRACES_PER_STEP + ")")
                    + count("DELETE FROM point WHERE (series, time) IN (SELECT series, time FROM point ORDER BY received"
                            + " LIMIT " + TRACES_PER_STEP + ")");
            if (step == 0) {
                break;
            }
            removed += step;
        }
        removed += thin(nowMillis - FULL_RESOLUTION.toMillis());
        if (removed > 0) {
            tidy();
            Log.info("retention removed " + removed + " traces, records and points");
        }
    }

    private long removeUntil(long oldest) throws InterruptedException, ExecutionException {
        long removed = 0;
        for (long step = -1; step != 0; removed += step) {
            step = remove("SELECT id FROM trace WHERE received < ? ORDER BY id LIMIT " + TRACES_PER_STEP, oldest);
        }
        for (long step = -1; step != 0; removed += step) {
            step = count("DELETE FROM log WHERE id IN (SELECT id FROM log WHERE received < " + oldest
                    + " ORDER BY id LIMIT " + LOGS_PER_STEP + ")");
        }
        for (long step = -1; step != 0; removed += step) {
            step = count("DELETE FROM point WHERE (series, time) IN (SELECT series, time FROM point WHERE received < "
                    + oldest + " LIMIT " + POINTS_PER_STEP + ")");
        }
        return removed;
    }

    /** Of the points of a minute the last one says it all: what is stored is cumulative. */
    private long thin(long oldest) throws InterruptedException, ExecutionException {
        return count("DELETE FROM point AS p WHERE p.received BETWEEN "
                + (oldest - FULL_RESOLUTION.toMillis()) + " AND " + oldest + " AND EXISTS (SELECT 1 FROM point AS later"
                + " WHERE later.series = p.series AND later.time > p.time AND later.received < " + oldest
                + " AND later.start = p.start AND later.time / " + THINNED_MILLIS + " = p.time / " + THINNED_MILLIS + ")");
    }

    private long remove(String traces, long oldest) throws InterruptedException, ExecutionException {
        long[] removed = {0};
        store.execute(transaction -> {
            transaction.begin();
            for (long trace : ids(transaction.connection(), traces, oldest)) {
                removeTrace(transaction.connection(), trace);
                removed[0]++;
            }
            transaction.commit();
            transaction.forget();
        });
        return removed[0];
    }

    private static List<Long> ids(Connection connection, String sql, long oldest) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (statement.getParameterMetaData().getParameterCount() > 0) {
                statement.setLong(1, oldest);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
        }
        return ids;
    }

    private static void removeTrace(Connection connection, long trace) throws SQLException {
        long firstDocument = trace << SpanTable.DOCUMENT_BITS;
        long documents = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT documents FROM trace WHERE id = " + trace)) {
            documents = row.next() ? row.getLong(1) : 0;
        }
        try (Statement statement = connection.createStatement()) {
            for (long document = firstDocument; document < firstDocument + documents; document++) {
                statement.executeUpdate("DELETE FROM words WHERE rowid = " + document);
            }
            statement.executeUpdate("DELETE FROM span WHERE trace = " + trace);
            statement.executeUpdate("DELETE FROM trace_service WHERE trace = " + trace);
            statement.executeUpdate("DELETE FROM run WHERE trace = " + trace);
            statement.executeUpdate("DELETE FROM trace WHERE id = " + trace);
        }
    }

    private long count(String deletion) throws InterruptedException, ExecutionException {
        long[] removed = {0};
        store.execute(transaction -> {
            transaction.begin();
            try (Statement statement = transaction.connection().createStatement()) {
                removed[0] = statement.executeUpdate(deletion);
            }
            transaction.commit();
            transaction.forget();
        });
        return removed[0];
    }

    /** What nothing refers to goes too, and free pages go back to the file system. */
    private void tidy() throws InterruptedException, ExecutionException {
        count("DELETE FROM log_words WHERE rowid < coalesce((SELECT min(id) FROM log), " + Long.MAX_VALUE + ")");
        count("DELETE FROM series WHERE NOT EXISTS (SELECT 1 FROM point WHERE point.series = series.id)");
        store.execute(transaction -> {
            try (Statement statement = transaction.connection().createStatement()) {
                statement.execute("PRAGMA incremental_vacuum(" + PAGES_PER_STEP + ")");
            }
        });
    }
}
