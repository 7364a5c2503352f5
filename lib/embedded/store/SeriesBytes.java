package embedded.store;

import embedded.model.SeriesKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much of the store names, attributes and resources of series may take. They stay for as long as their series sends, whatever
 * its points, so without a bound a flood of large ones would push everything else out. Belongs to the writer's thread, but for
 * the bound.
 */
final class SeriesBytes {
    /** A row of {@code series} with its entries in four indexes. */
    private static final long ROW = 150;
    /** Beside its texts, of a family. */
    private static final long FAMILY = 200;
    /** Ordinary series have a few hundred bytes. Larger ones may take half, so that a flood of them leaves room for those. */
    private static final long LARGE = 4 << 10;
    private static final long RECOUNT_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final PreparedStatement sum;
    private final LongSupplier clock;
    private volatile long most = Long.MAX_VALUE;
    /** -1: not counted yet; it is only worth it when something new comes. */
    private long bytes = -1;
    private long lastFamily;
    private long lastResource;
    private long countedMillis;

    /** @param clock milliseconds since 1970 */
    SeriesBytes(Connection connection, LongSupplier clock) throws SQLException {
        this.clock = clock;
        sum = connection.prepareStatement("SELECT " + ROW + " * (SELECT count(*) FROM series) + (SELECT coalesce(sum("
                + "octet_length(attributes) + octet_length(description) + " + FAMILY + "), 0) FROM family) + (SELECT coalesce("
                + "sum(length(body)), 0) FROM resource WHERE EXISTS (SELECT 1 FROM series WHERE series.resource = resource.id)),"
                + " (SELECT coalesce(max(id), 0) FROM family), (SELECT coalesce(max(id), 0) FROM resource)");
    }

    /** May be called on any thread. */
    void bound(long newMost) {
        most = newMost;
    }

    /** Whether there is room for another series like this. */
    boolean admits(SeriesKey key) throws SQLException {
        if (bytes < 0) {
            count();
        }
        if (!hasRoom(key) && clock.getAsLong() - countedMillis > RECOUNT_MILLIS) {
            count();
        }
        return hasRoom(key);
    }

    private boolean hasRoom(SeriesKey key) {
        return bytes + key.bytes() <= (key.bytes() > LARGE ? most / 2 : most);
    }

    /** A series was stored; what it has in common with others counts once. */
    void stored(SeriesKey key, long family, long resource) {
        bytes += ROW;
        if (family > lastFamily) {
            lastFamily = family;
            bytes += FAMILY + key.description().length();
            for (var attribute : key.attributes().entrySet()) {
                bytes += attribute.getKey().length() + attribute.getValue().length();
            }
        }
        if (resource > lastResource) {
            lastResource = resource;
            bytes += key.resource().size();
        }
    }

    /** What was counted may not be what is stored. */
    void forget() {
        bytes = -1;
    }

    private void count() throws SQLException {
        countedMillis = clock.getAsLong();
        try (var row = sum.executeQuery()) {
            row.next();
            bytes = row.getLong(1);
            lastFamily = row.getLong(2);
            lastResource = row.getLong(3);
        }
    }
}
