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
 * Ends the process when a run does not end that has to. A signal and the time limit are obeyed by the run itself, within a second
 * or two; this is for the defect that nobody has thought of: a thread that computes or waits for ever. What is journaled is kept,
 * and the next {@code pa} treats the run like one that was killed.
 */
final class LastResort implements AutoCloseable {
    /** Some ten times what a run needs to end its children and to deliver its telemetry. */
    static final Duration GRACE = Duration.ofSeconds(30);

    /** In this part of the grace the run may finish what it does when its time is over; then what still waits is cut short. */
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
     * Watches until closed.
     *
     * @param timeout the run's time limit, if it has one
     * @param note tells a person, before the process ends
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
                    + "; the process ends now. What was written is kept, and the session can be resumed");
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
