package reasoning;

import agent.Bounds;
import agent.Interruption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance, so that tests need neither. */
public interface Timing {
    Timing SYSTEM = new Timing() {};

    /** For what is dated: prices, {@code Retry-After}. */
    default Instant now() {
        return Instant.now();
    }

    /** For what is measured. */
    default long nanos() {
        return System.nanoTime();
    }

    /** Between 0 and 1. */
    default double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** @throws InterruptedException at once when the run is interrupted, or when its time is over before the wait is */
    @SuppressWarnings("try") // the registration is only there to be closed
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
