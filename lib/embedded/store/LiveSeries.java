package embedded.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The last value of every series that still sends, for the Prometheus surface and the tiles. Holds only what is committed;
 * written by the writer's thread, read by any.
 */
public final class LiveSeries {
    /** As the Collector's {@code metric_expiration} in the other engine: a minute, and above the usual export interval. */
    public static final long EXPIRY_MILLIS = TimeUnit.SECONDS.toMillis(90);

    /**
     * A sum that has gone silent still counts for so long in a sum with others that have the same labels: else that would fall
     * when a process ends, and Prometheus would count what is left of it again.
     */
    private static final long REMEMBERED_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final Map<Long, Reading> readings = new ConcurrentHashMap<>();

    /** The last sample of a series, cumulative, and when it arrived by our own clock. */
    public record Reading(long id, SeriesKey key, Sample sample, long arrivedMillis) {}

    void put(Reading reading) {
        readings.put(reading.id, reading);
    }

    /** What arrived lately, in no order. */
    public List<Reading> at(long nowMillis) {
        return readings.values().stream().filter(reading -> nowMillis - reading.arrivedMillis <= EXPIRY_MILLIS).toList();
    }

    /** Counters and histograms that have gone silent within the last hour, in no order. */
    public List<Reading> silentAt(long nowMillis) {
        readings.values().removeIf(reading -> nowMillis - reading.arrivedMillis > (reading.key.accumulates()
                ? REMEMBERED_MILLIS : EXPIRY_MILLIS));
        return readings.values().stream().filter(reading -> nowMillis - reading.arrivedMillis > EXPIRY_MILLIS
                && reading.key.accumulates()).toList();
    }
}
