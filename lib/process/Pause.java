package process;

import java.time.Duration;

/** Waits even if the thread is interrupted, because processes must be ended first. */
final class Pause {
    private Pause() {}

    /** Waits; sets the interrupted flag afterwards if there was an interruption. */
    static void uninterrupted(Duration duration) {
        long start = System.nanoTime();
        boolean interrupted = false;
        Duration left = duration;
        while (left.toNanos() > 0) {
            try {
                Thread.sleep(left.toMillis(), left.toNanosPart() % 1_000_000);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = duration.minus(since(start));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The time since {@code start}, a value of {@link System#nanoTime}. */
    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
