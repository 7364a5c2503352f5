package workers;

import java.time.Duration;
import java.util.OptionalLong;

/** What a worker's own package makes of the lines that its program writes. Called on the thread that runs the round. */
@FunctionalInterface
public interface Reading<T> {
    void take(LinePump.Arrival<T> arrival);

    /** How long a program may go on writing after its result. */
    Duration CHATTER = Duration.ofSeconds(20);

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

    /**
     * When a program that has told its result has had its time: a grace after its last line, but not longer than {@link #CHATTER}
     * after the result, whatever it still writes. Some write that they are alive for ever.
     *
     * @param result when the result came, of {@link System#nanoTime}
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
