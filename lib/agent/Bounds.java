package agent;

import java.time.Duration;
import java.time.Instant;

/**
 * How long something may go on: until the run's deadline, or until the run is interrupted. Passed down to whatever waits.
 *
 * @param deadline {@link Instant#MAX} when the run has no time limit
 */
public record Bounds(Interruption interruption, Instant deadline) {
    public static Bounds none() {
        return new Bounds(new Interruption(), Instant.MAX);
    }

    /** The shorter of {@code limit} and the time left; never negative. */
    public Duration atMost(Duration limit) {
        if (deadline.equals(Instant.MAX)) {
            return limit;
        }
        Duration left = Duration.between(Instant.now(), deadline);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(limit) < 0 ? left : limit;
    }

    /** Whether the run's time is over. */
    public boolean expired() {
        return !deadline.equals(Instant.MAX) && !Instant.now().isBefore(deadline);
    }
}
