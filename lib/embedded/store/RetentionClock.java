package embedded.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The time by which retention by age is reckoned. A clock that jumps ahead by a year must not remove everything within the minutes until
 * it is set right: from one look to the next the time gains no more than a day on what really passed. After a machine has slept
 * for weeks it takes some hours until the age is right again. For one thread.
 */
public final class RetentionClock {
    private static final long MOST_GAINED_MILLIS = Duration.ofDays(1).toMillis();

    private long lastMillis;
    private long lastNanos;

    /**
     * @param wallMillis the clock of the day
     * @param nanos a clock that nobody sets
     */
    public RetentionClock(long wallMillis, long nanos) {
        lastMillis = wallMillis;
        lastNanos = nanos;
    }

    /** Milliseconds since 1970, as far as they can be believed. */
    public long look(long wallMillis, long nanos) {
        long passed = TimeUnit.NANOSECONDS.toMillis(nanos - lastNanos);
        lastMillis = Math.min(wallMillis, lastMillis + passed + MOST_GAINED_MILLIS);
        lastNanos = nanos;
        return lastMillis;
    }
}
