package workers;

import java.time.Duration;
import java.util.OptionalLong;

/** Interprets the lines of one kind of worker program. Called on the thread that runs the round. */
@FunctionalInterface
public interface Reading<T> {
    void take(LinePump.Arrival<T> arrival);

    /** The longest time that a program may write after its result. */
    Duration CHATTER = Duration.ofSeconds(20);

    /**
     * The time to end a program that still runs although its work is over: its result line is there, and the time for further output
     * has passed.
     *
     * @param lastLine the time of the last line, of {@link System#nanoTime}
     * @return of {@link System#nanoTime}; empty while the work goes on
     */
    default OptionalLong overAt(long lastLine) {
        return OptionalLong.empty();
    }

    /**
     * The end of the time for further output after the result: a grace period after the last line, but at most {@link #CHATTER} after
     * the result. Some programs write "still alive" for ever.
     *
     * @param result the time of the result, of {@link System#nanoTime}
     */
    static OptionalLong settled(long result, long lastLine, Duration grace) {
        long quiet = lastLine + grace.toNanos();
        long most = result + CHATTER.toNanos();
        return OptionalLong.of(quiet - most < 0 ? quiet : most);
    }

    /** The sum of a point of {@link System#nanoTime} and a duration. */
    static OptionalLong after(long nanos, Duration duration) {
        return OptionalLong.of(nanos + duration.toNanos());
    }
}
