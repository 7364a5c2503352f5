package reasoning;

import agent.Bounds;
import agent.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance, replaced by tests. */
public interface Timing {
    Timing SYSTEM = new Timing() {};

    /** The wall clock, for dates: prices, {@code Retry-After}. */
    default Instant now() {
        return Instant.now();
    }

    /** The monotonic clock, for measuring. */
    default long nanos() {
        return System.nanoTime();
    }

    /** A random number between 0 and 1. */
    default double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** @throws InterruptedException at once when the run is interrupted, or when its time is over before the wait ends */
    @SuppressWarnings("try") // the registration only has to be closed
    default void pause(Duration wait, Bounds bounds) throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Interruption.Registration open = bounds.interruption().onRequest(interrupted::countDown)) {
            interrupted.await(bounds.atMost(wait).toNanos(), TimeUnit.NANOSECONDS);
        }
        check(bounds);
    }

    /** @throws InterruptedException when the run is interrupted or its time is over */
    static void check(Bounds bounds) throws InterruptedException {
        bounds.interruption().check();
        if (bounds.expired()) {
            throw new InterruptedException("the run's time is over");
        }
    }
}
