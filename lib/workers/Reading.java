package workers;

import java.time.Duration;
import java.util.OptionalLong;

/** What a worker's own package makes of the lines that its program writes. Called on the thread that runs the round. */
@FunctionalInterface
public interface Reading<T> {
    void take(LinePump.Arrival<T> arrival);

    /**
     * When the program is to be ended although it still runs, because its work is over: a result line is there, and what may
     * come after it has had its time.
     *
     * @param lastLine when the last line came, of {@link System#nanoTime}
     * @return of {@link System#nanoTime}; empty while the work goes on
     */
    default OptionalLong overAt(long lastLine) {
        return OptionalLong.empty();
    }

    /** The sum of a point of {@link System#nanoTime} and a duration. */
    static OptionalLong after(long nanos, Duration duration) {
        return OptionalLong.of(nanos + duration.toNanos());
    }
}
