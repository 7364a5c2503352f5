package agent.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says for people until when something has to wait. */
public final class WaitText {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private WaitText() {}

    /** For instance {@code it resets at Thu 26 Nov 17:10 CET, in 2 h 5 min}. */
    public static String until(Instant time, Instant now) {
        Duration left = Duration.between(now, time);
        if (left.isNegative()) {
            return "it was to reset at " + CLOCK.format(time);
        }
        long minutes = (left.toSeconds() + 59) / 60;
        String span = minutes >= 48 * 60 ? minutes / (24 * 60) + " days"
                : minutes >= 60 ? minutes / 60 + " h " + minutes % 60 + " min" : minutes + " min";
        return "it resets at " + CLOCK.format(time) + ", in " + span;
    }
}
