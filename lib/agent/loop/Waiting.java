package agent.loop;

import agent.Bounds;
import agent.Hold;
import agent.Interruption;
import agent.RunEvent;
import agent.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for an account's limit to reset, when that was asked for ({@code --wait}). */
final class Waiting {
    /** Clocks differ a little. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final long LOOK_MILLIS = 30_000;

    private final boolean wanted;
    private final Bounds bounds;
    private final RunListener listener;
    private final InstantSource clock;

    Waiting(boolean wanted, Bounds bounds, RunListener listener) {
        this(wanted, bounds, listener, InstantSource.system());
    }

    Waiting(boolean wanted, Bounds bounds, RunListener listener, InstantSource clock) {
        this.clock = clock;
        this.wanted = wanted;
        this.bounds = bounds;
        this.listener = listener;
    }

    /**
     * Waits out what holds the run, where that is a matter of time.
     *
     * @return whether it is over; false at once when it is not waited for, was to be over before, or would last longer than the run
     *     may
     * @throws InterruptedException when the run is interrupted meanwhile
     */
    @SuppressWarnings("try") // the registration is only there to be closed
    boolean over(Hold hold) throws InterruptedException {
        if (!wanted || hold.until().isEmpty()) {
            return false;
        }
        Instant until = hold.until().get().plus(MARGIN);
        // A time that is long over is no time to wait for: asked again at once, the same would be said again.
        if (!bounds.deadline().isAfter(until) || until.isBefore(clock.instant())) {
            return false;
        }
        listener.on(new RunEvent.Notice("waiting: " + WaitText.until(hold.until().get(), clock.instant())));
        CountDownLatch interrupted = new CountDownLatch(1);
        try (Interruption.Registration open = bounds.interruption().onRequest(interrupted::countDown)) {
            long left = Duration.between(clock.instant(), until).toMillis();
            // A computer that sleeps meanwhile must not add its sleep to the wait: the clock is looked at now and then.
            while (left > 0 && !interrupted.await(Math.min(left, LOOK_MILLIS), TimeUnit.MILLISECONDS)) {
                left = Duration.between(clock.instant(), until).toMillis();
            }
        }
        bounds.interruption().check();
        return true;
    }
}
