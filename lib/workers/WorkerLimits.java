package workers;

import java.time.Duration;

/**
 * The limits of a worker's round, in addition to the run's own deadline.
 *
 * @param idle the longest time without output
 * @param total the longest time of a round
 */
public record WorkerLimits(Duration idle, Duration total) {
    public WorkerLimits {
        if (idle.isNegative() || idle.isZero() || total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException("a worker's limits must be above zero: " + idle + ", " + total);
        }
    }
}
