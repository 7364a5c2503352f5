package agent;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What bounds a run.
 *
 * @param maxIterations decisions of the reasoner
 * @param maxCost money of the whole session, all models together
 * @param timeout wall time of this run
 * @param workerIdle how long a worker may say nothing
 * @param workerTotal how long one round of the worker may take
 * @param maxTurns the worker's own turns in one round
 */
public record Limits(int maxIterations, Optional<Usd> maxCost, Optional<Duration> timeout, Duration workerIdle,
        Duration workerTotal, OptionalInt maxTurns) {
    public static final int DEFAULT_MAX_ITERATIONS = 25;
    public static final Duration DEFAULT_WORKER_IDLE = Duration.ofMinutes(10);
    public static final Duration DEFAULT_WORKER_TOTAL = Duration.ofHours(1);

    public static Limits defaults() {
        return new Limits(DEFAULT_MAX_ITERATIONS, Optional.empty(), Optional.empty(), DEFAULT_WORKER_IDLE,
                DEFAULT_WORKER_TOTAL, OptionalInt.empty());
    }
}
