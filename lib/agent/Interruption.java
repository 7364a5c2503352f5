package agent;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** A request from outside to end the run now. Thread-safe; once requested it stays so. */
public final class Interruption {
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private volatile int signal;

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

    public boolean requested() {
        return signal != 0;
    }

    /** The signal's number, if there was one. */
    public OptionalInt signal() {
        return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    /** @throws InterruptedException when the end was requested */
    public void check() throws InterruptedException {
        if (requested()) {
            throw new InterruptedException("interrupted by signal " + signal);
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

    /** An action that waits for the end; close it when there is nothing to cancel any more. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
