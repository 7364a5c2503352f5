package agent;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** A request from outside to end the run now. Thread-safe; once requested it stays so. */
public final class Interruption {
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final List<Runnable> waits = new CopyOnWriteArrayList<>();
    private volatile int signal;
    private volatile boolean overdue;

    /** Ends what is going on. Called by a signal handler; the first signal is the one that counts. */
    public void request(int signalNumber) {
        synchronized (this) {
            if (signal != 0) {
                return;
            }
            signal = signalNumber;
        }
        actions.forEach(Runnable::run);
    }

    /**
     * The run's time is long over, and something still waits: ends that, and only that. The run then ends as one whose time was
     * over, not as interrupted.
     */
    public void timeIsOver() {
        overdue = true;
        waits.forEach(Runnable::run);
    }

    public boolean requested() {
        return signal != 0;
    }

    /** The signal's number, if there was one. */
    public OptionalInt signal() {
        return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    /** @throws InterruptedException when the end was requested, or the time is long over */
    public void check() throws InterruptedException {
        if (requested()) {
            throw new InterruptedException("interrupted by signal " + signal);
        }
        if (overdue) {
            throw new InterruptedException("the run's time is over");
        }
    }

    /**
     * Has {@code action} run, on the thread of whoever requests the end, as long as the registration is open; at once when
     * the end was requested already.
     */
    public Registration onRequest(Runnable action) {
        actions.add(action);
        if (requested()) {
            action.run();
        }
        return () -> actions.remove(action);
    }

    /** As {@link #onRequest}, and also when the time is long over: for what only waits. */
    public Registration onEnd(Runnable action) {
        Registration registration = onRequest(action);
        waits.add(action);
        if (overdue) {
            action.run();
        }
        return () -> {
            registration.close();
            waits.remove(action);
        };
    }

    /** An action that waits for the end; close it when there is nothing to cancel any more. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
