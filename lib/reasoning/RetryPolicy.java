package reasoning;

import java.time.Duration;
import java.util.Optional;

/**
 * When to send a failed request again: exponential backoff with full jitter, and never earlier than the API asks. Only for faults
 * that may pass by themselves.
 *
 * @param maxAttempts requests of one logical call, including the first
 * @param firstDelay the upper limit of the first wait; doubled for every further one
 * @param maxDelay the upper limit of any wait that PA chooses
 * @param longestAsked the longest wait that the API may ask for. If it asks for more, the call fails at once: an earlier request
 *     would be refused, and a longer wait would look like a hang
 * @param total after this time no further request is sent
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay, Duration longestAsked, Duration total) {
    /** Enough for minutes of overload: the time limits it, not the number of attempts. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(100, Duration.ofSeconds(1), Duration.ofSeconds(30),
            Duration.ofMinutes(2), Duration.ofMinutes(5));

    /** Far above any sensible number of attempts, and far below an overflow. */
    private static final int MAX_DOUBLINGS = 20;

    /**
     * The wait before the next request; empty when there is no next request.
     *
     * @param attempts number of requests sent so far
     * @param asked the wait that the API asks for
     * @param elapsed since the first request
     * @param chance between 0 and 1
     */
    public Optional<Duration> delay(int attempts, Optional<Duration> asked, Duration elapsed, double chance) {
        if (attempts >= maxAttempts || asked.filter(a -> a.compareTo(longestAsked) > 0).isPresent()) {
            return Optional.empty();
        }
        Duration ceiling = firstDelay.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
        Duration jittered = scaled(ceiling.compareTo(maxDelay) < 0 ? ceiling : maxDelay, chance);
        // The API's wait is a lower limit; a random addition keeps many clients from returning at the same moment.
        Duration wait = asked.map(a -> a.plus(scaled(firstDelay, chance))).filter(a -> a.compareTo(jittered) > 0)
                .orElse(jittered);
        return elapsed.plus(wait).compareTo(total) > 0 ? Optional.empty() : Optional.of(wait);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
