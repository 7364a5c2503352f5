package stackcli;

import contract.ExitCode;
import contract.Failure;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On SIGINT and SIGTERM the verb's thread is interrupted, takes back what it has begun and ends; only then does the process
 * end. The JVM gives the exit code that belongs to the signal.
 */
final class VerbInterruption implements AutoCloseable {
    /** Longer than the grace that a container gets; a second signal does not wait for it. */
    private static final long PATIENCE_SECONDS = 45;

    private final Thread worker;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean interrupted;
    private final Thread hook = new Thread(this::interrupt, "signals");

    private VerbInterruption(Thread worker) {
        this.worker = worker;
    }

    static VerbInterruption interruptThisThread() {
        VerbInterruption signals = new VerbInterruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(signals.hook);
        return signals;
    }

    /** What to tell for this problem: an interruption is not one. */
    Throwable explain(Throwable problem) {
        return interrupted || problem instanceof InterruptedException
                ? new Failure("interrupted", "stack status shows what is there; stack up goes on", ExitCode.ofSignal(2),
                        problem)
                : problem;
    }

    /** The exit code when a signal has ended the verb; the JVM replaces it by the signal's own. */
    OptionalInt exitCode() {
        return interrupted ? OptionalInt.of(ExitCode.ofSignal(2)) : OptionalInt.empty();
    }

    private void interrupt() {
        interrupted = true;
        worker.interrupt();
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The end has begun already; the hook has just been told.
            return;
        }
    }
}
