package embedded.store;

import embedded.Log;
import embedded.model.Sample;
import embedded.model.SeriesKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The last value of every series that still sends, for the Prometheus surface and the tiles. Holds only what is committed, and
 * no more bytes than it may; what is beyond is stored all the same, and counted here as left out. Written by the writer's
 * thread, read by any.
 */
public final class LiveSeries {
    /** As the Collector's {@code metric_expiration} in the other engine: a minute, and above the usual export interval. */
    public static final long EXPIRY_MILLIS = TimeUnit.SECONDS.toMillis(90);

    /**
     * A sum that has gone silent still counts for so long in a sum with others that have the same labels: else that would fall
     * when a process ends, and Prometheus would count what is left of it again.
     */
    private static final long REMEMBERED_MILLIS = TimeUnit.HOURS.toMillis(1);
    /** Of the heap: room for {@link SeriesLimits#SERIES} of the usual size. */
    private static final int PART_OF_HEAP = 8;
    private static final long SWEEP_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final long limit;
    private final Map<Long, Sized> readings = new ConcurrentHashMap<>();
    private final Set<Long> leftOut = ConcurrentHashMap.newKeySet();
    private long bytes;
    private long sweptMillis;

    /** The last sample of a series, cumulative, and when it arrived by our own clock. */
    public record Reading(long id, SeriesKey key, Sample sample, long arrivedMillis) {
        private boolean isForgottenAt(long nowMillis) {
            return nowMillis - arrivedMillis > (key.accumulates() ? REMEMBERED_MILLIS : EXPIRY_MILLIS);
        }
    }

    private record Sized(Reading reading, long bytes) {}

    LiveSeries() {
        this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** @param limit bytes */
    LiveSeries(long limit) {
        this.limit = limit;
    }

    synchronized void put(Reading reading) {
        Sized held = new Sized(reading, reading.key.bytes() + reading.sample.bytes());
        if (bytes + held.bytes > limit && reading.arrivedMillis - sweptMillis > SWEEP_MILLIS) {
            forget(reading.arrivedMillis);
        }
        Sized before = readings.get(reading.id);
        bytes -= before == null ? 0 : before.bytes;
        if (bytes + held.bytes > limit) {
            readings.remove(reading.id);
            leaveOut(reading);
            return;
        }
        bytes += held.bytes;
        readings.put(reading.id, held);
        leftOut.remove(reading.id);
    }

    private void leaveOut(Reading reading) {
        if (leftOut.isEmpty()) {
            Log.warn("too many live series, or too large ones: some are left out of the text for Prometheus from now on, the"
                    + " first of " + reading.key.name() + "; they are stored all the same");
        }
        if (leftOut.size() < SeriesLimits.SERIES) {
            leftOut.add(reading.id);
        }
    }

    private synchronized void forget(long nowMillis) {
        sweptMillis = nowMillis;
        readings.values().removeIf(held -> {
            boolean forgotten = held.reading.isForgottenAt(nowMillis);
            bytes -= forgotten ? held.bytes : 0;
            return forgotten;
        });
    }

    /** What arrived lately, in no order. */
    public List<Reading> at(long nowMillis) {
        return readings.values().stream().map(Sized::reading)
                .filter(reading -> nowMillis - reading.arrivedMillis <= EXPIRY_MILLIS).toList();
    }

    /** Counters and histograms that have gone silent within the last hour, in no order. */
    public List<Reading> silentAt(long nowMillis) {
        forget(nowMillis);
        return readings.values().stream().map(Sized::reading).filter(reading -> nowMillis - reading.arrivedMillis > EXPIRY_MILLIS
                && reading.key.accumulates()).toList();
    }

    /** How many series there was no room for when they sent last. */
    public int leftOut() {
        return leftOut.size();
    }

    /** About how many bytes it holds. */
    public synchronized long bytes() {
        return bytes;
    }
}
