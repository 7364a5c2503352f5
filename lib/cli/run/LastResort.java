package cli.run;

import agent.Interruption;
import contract.ExitCode;
import contract.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Ends the process when a run that must end does not end. Normally the run itself obeys a signal and the time limit within a second or
 * two; this class is for an unknown bug: a thread that computes or waits for ever. The journal is kept, and the next {@code pa}
 * treats the run like a killed one.
 */
final class LastResort implements AutoCloseable {
    /** About ten times as long as a run needs to end its children and to deliver its telemetry. */
    static final Duration GRACE = Duration.ofSeconds(30);

    /** In this part of the grace period the run may finish its present step; then remaining waits are interrupted. */
    private static final int WRAP_UP = 6;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Duration grace;
    private final Consumer<String> note;
    private final IntConsumer halt;
    private Interruption.Registration registration = () -> {};

    private LastResort(Duration grace, Consumer<String> note, IntConsumer halt) {
        this.grace = grace;
        this.note = note;
        this.halt = halt;
    }

    /**
     * Watches until {@link #close}.
     *
     * @param timeout the run's time limit, if it has one
     * @param note shows a message to the user before the process ends
     */
    static LastResort watch(Interruption interruption, Optional<Duration> timeout, Consumer<String> note) {
        return watch(interruption, timeout, GRACE, note, Runtime.getRuntime()::halt);
    }

    static LastResort watch(Interruption interruption, Optional<Duration> timeout, Duration grace, Consumer<String> note,
            IntConsumer halt) {
        LastResort watch = new LastResort(grace, note, halt);
        watch.registration = interruption.onRequest(() -> watch.waitFor(grace, "it was interrupted",
                ExitCode.ofSignal(interruption.signal().orElse(2))));
        timeout.ifPresent(limit -> {
            watch.after(limit.plus(grace.dividedBy(WRAP_UP)), interruption::timeIsOver);
            watch.waitFor(limit.plus(grace), "its time was over", Status.TIMEOUT.exitCode());
        });
        return watch;
    }

    private void waitFor(Duration time, String why, int exitCode) {
        after(time, () -> {
            note.accept("pa: the run did not end within " + grace.toSeconds() + " s after " + why
                    + "; the process ends now. The journal is kept, and the session can be resumed");
            halt.accept(exitCode);
        });
    }

    private void after(Duration time, Runnable action) {
        Thread thread = new Thread(() -> {
            try {
                if (!over.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    action.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "last-resort");
        thread.setDaemon(true);
        thread.start();
    }

    /** The run is over. */
    @Override
    public void close() {
        over.countDown();
        registration.close();
    }
}
