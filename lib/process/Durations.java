package process;

import java.time.Duration;
import java.util.Locale;

/** Durations in the user's form. */
public final class Durations {
    private static final long SECONDS_PER_MINUTE = 60;

    private Durations() {}

    /** For instance {@code 40 ms}, {@code 0.4 s}, {@code 12 s}, {@code 10 min}, {@code 1 min 30 s}. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0 && duration.toMillisPart() < 100) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 10 && duration.toMillisPart() >= 100) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < SECONDS_PER_MINUTE) {
            return seconds + " s";
        }
        long rest = seconds % SECONDS_PER_MINUTE;
        return seconds / SECONDS_PER_MINUTE + " min" + (rest == 0 ? "" : " " + rest + " s");
    }
}
