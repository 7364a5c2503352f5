package embedded;

import java.util.concurrent.TimeUnit;

/**
 * OTLP's timestamps: unsigned 64-bit nanoseconds since 1970, which a signed long holds until the year 2262. What is stored
 * for sorting is clamped; the span itself keeps what was sent.
 */
public final class Nanos {
    private static final long LONGEST_STEP = TimeUnit.DAYS.toNanos(31);

    private Nanos() {}

    public static long clamped(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }

    public static long toMillis(long unsigned) {
        return TimeUnit.NANOSECONDS.toMillis(clamped(unsigned));
    }

    /**
     * How long something took, to be added up; 0 when its beginning or end is not known, or when it is longer than any step of
     * a run: a wrong clock must not outweigh all the others.
     */
    public static long took(long start, long end) {
        long between = start == 0 || end == 0 ? 0 : between(start, end);
        return between <= LONGEST_STEP ? between : 0;
    }

    /** Time between two timestamps; 0 when the end lies before the start, as clocks that were set back can make it. */
    public static long between(long start, long end) {
        return Math.max(0, clamped(end) - clamped(start));
    }

    /** Of two moments at which sums or traces began, where 0 means that nobody says. */
    public static long earlier(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
