package embedded.query;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The steps of a chart.
 *
 * @param fromMillis beginning of the first step
 * @param stepMillis length of each
 */
public record Timeline(long fromMillis, long stepMillis, int steps) {
    private static final int WANTED_STEPS = 60;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long WEEK_MILLIS = 168 * HOUR_MILLIS;
    /** Lengths that people can read off an axis. */
    private static final long[] STEPS_SECONDS = {5, 10, 15, 30, 60, 120, 300, 600,
        900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800};

    /** A chart of at least this length that ends with the step in which {@code nowMillis} lies. */
    public static Timeline endingAt(long nowMillis, long lengthMillis) {
        long step = Arrays.stream(STEPS_SECONDS).map(seconds -> seconds * 1000)
                .filter(millis -> lengthMillis / millis <= WANTED_STEPS).findFirst()
                .orElse((lengthMillis / WANTED_STEPS / WEEK_MILLIS + 1) * WEEK_MILLIS);
        // One more than fits: the last step has only begun.
        int steps = (int) (lengthMillis / step) + 1;
        long end = (nowMillis / step + 1) * step;
        return new Timeline(end - steps * step, step, steps);
    }

    /** Whether each step is some whole hours, which are counted already where they are stored. */
    boolean isOfHours() {
        return stepMillis % HOUR_MILLIS == 0 && fromMillis % HOUR_MILLIS == 0;
    }

    /** The hour in which it begins, since 1970. */
    long fromHour() {
        return fromMillis / HOUR_MILLIS;
    }

    /** The hour after it. */
    long toHour() {
        return toMillis() / HOUR_MILLIS;
    }

    /** Beginning of an hour since 1970. */
    static long hourMillis(long hour) {
        return hour * HOUR_MILLIS;
    }

    long toMillis() {
        return fromMillis + steps * stepMillis;
    }

    /** The step in which this moment lies; -1 when it lies outside. */
    int step(long millis) {
        return millis < fromMillis || millis >= toMillis() ? -1 : (int) ((millis - fromMillis) / stepMillis);
    }

    /** Beginnings of the steps, in seconds, as charts want them. */
    public double[] seconds() {
        return IntStream.range(0, steps).mapToDouble(i -> (fromMillis + i * stepMillis) / 1000.0).toArray();
    }
}
