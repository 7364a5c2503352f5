package agent;

import java.time.Duration;

/** How long something takes, whatever becomes of the clock of the day meanwhile: that may be set back, or leap ahead. */
public final class Stopwatch {
    private final long startedNanos = System.nanoTime();

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
