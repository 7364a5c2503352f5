package functions.tree;

import java.time.Duration;

/**
 * A moment that several steps share.
 *
 * @param end by {@link System#nanoTime}
 */
public record Deadline(long end) {
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** The time left; never negative. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public boolean over() {
        return left().isZero();
    }
}
