package embedded.store;

import java.util.Collection;
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

    private final Map<Long, Reading> readings = new ConcurrentHashMap<>();

    /** The last sample of a series, cumulative, and when it arrived by our own clock. */
    public record Reading(long id, SeriesKey key, Sample sample, long arrivedMillis) {}

    void put(Reading reading) {
        readings.put(reading.id, reading);
    }

    /** What arrived lately, in no order. */
    public List<Reading> at(long nowMillis) {
        Collection<Reading> all = readings.values();
        all.removeIf(reading -> nowMillis - reading.arrivedMillis > EXPIRY_MILLIS);
        return List.copyOf(all);
    }
}
