package reasoning;

import java.time.Duration;
import java.util.Optional;

/**
 * When a request that failed for a passing reason is sent again: exponential backoff with full jitter, and never earlier
 * than the API asks.
 *
 * @param maxAttempts requests of one logical call, the first included
 * @param firstDelay the upper end of the first wait; doubles with every further one
 * @param maxDelay the upper end of any wait of our own choice
 * @param longestAsked the longest wait that the API may ask for; when it asks for more, the call gives up at once: to ask
 *     earlier would be refused, to wait longer would look like a hang
 * @param total after this time no further request is sent
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay, Duration longestAsked, Duration total) {
    /** Lasts through minutes of overload: the time bounds it, not the number. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(100, Duration.ofSeconds(1), Duration.ofSeconds(30),
            Duration.ofMinutes(2), Duration.ofMinutes(5));

    /** Far above any sensible number of attempts, and far below an overflow. */
    private static final int MAX_DOUBLINGS = 20;

    /**
     * The wait before the next request; empty when there is to be none.
     *
     * @param attempts sent so far
     * @param asked what the API asks for
     * @param elapsed since the first one
     * @param chance between 0 and 1
     */
    public Optional<Duration> delay(int attempts, Optional<Duration> asked, Duration elapsed, double chance) {
        if (attempts >= maxAttempts || asked.filter(a -> a.compareTo(longestAsked) > 0).isPresent()) {
            return Optional.empty();
        }
        Duration ceiling = firstDelay.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        Duration jittered = scaled(ceiling.compareTo(maxDelay) < 0 ? ceiling : maxDelay, chance);
        // What is asked for is a lower bound, and a little chance on top keeps many clients from coming back at once.
        Duration wait = asked.map(a -> a.plus(scaled(firstDelay, chance))).filter(a -> a.compareTo(jittered) > 0)
                .orElse(jittered);
        return elapsed.plus(wait).compareTo(total) > 0 ? Optional.empty() : Optional.of(wait);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
