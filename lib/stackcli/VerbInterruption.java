package stackcli;

import contract.ExitCode;
import contract.Failure;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * On SIGINT and SIGTERM the command's thread is interrupted, undoes its unfinished work and ends. Only then does the process end, with
 * the JVM's exit code for the signal.
 */
final class VerbInterruption implements AutoCloseable {
    /** Longer than a container's grace period; a second signal does not wait for it. */
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

    /** The failure to report for this problem: an interruption has its own message. */
    Throwable explain(Throwable problem) {
        return interrupted || problem instanceof InterruptedException
                ? new Failure("interrupted", "stack status shows the present state; stack up continues", ExitCode.ofSignal(2),
                        problem)
                : problem;
    }

    /** The exit code when a signal has ended the command; the JVM replaces it by the signal's own. */
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
            // The process is ending already; the hook has just been told.
            return;
        }
    }
}
