package workers;

import java.time.Duration;

/**
 * What bounds a round of a worker beside the run's own deadline.
 *
 * @param idle how long it may write nothing
 * @param total how long it may take
 */
public record WorkerLimits(Duration idle, Duration total) {
    public WorkerLimits {
        if (idle.isNegative() || idle.isZero() || total.isNegative() || total.isZero()) {
            throw new IllegalArgumentException("a worker's limits must be longer than nothing: " + idle + ", " + total);
        }
    }
}
