package codex;

import agent.Hold;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a failed turn that the account is used up, and until when. Codex reports it only as text, at the beginning of the
 * failure's message (measured with 0.169.0): {@code You've hit your usage limit. … or try again at 10:46 AM.}, with a date before the
 * time if it is another day, and {@code Quota exceeded. Check your plan and billing details.} The times are local times.
 */
final class UsageLimit {
    private static final Pattern USED_UP = Pattern.compile("^You.ve hit your usage limit\\b.*", Pattern.DOTALL);
    private static final Pattern NO_CREDIT = Pattern.compile("^Quota exceeded\\. Check your plan.*", Pattern.DOTALL);
    private static final Pattern AGAIN = Pattern.compile("try again at ([A-Za-z0-9,: ]{1,80}?)\\.?$");
    /** The longest part with the time. */
    private static final int LONGEST_TIME = 200;
    private static final DateTimeFormatter CLOCK = format("h:mm a");
    private static final DateTimeFormatter DATED = format("MMM d, uuuu h:mm a");

    private UsageLimit() {}

    /** What the run waits for; empty when the message is about something else. */
    static Optional<Hold> in(String message, ZonedDateTime now) {
        if (NO_CREDIT.matcher(message).matches()) {
            return Optional.of(Hold.action("add credit to the account that Codex uses"));
        }
        if (!USED_UP.matcher(message).matches()) {
            return Optional.empty();
        }
        String end = message.strip();
        Matcher again = AGAIN.matcher(end.substring(Math.max(0, end.length() - LONGEST_TIME)));
        Optional<ZonedDateTime> reset = again.find() ? time(again.group(1), now) : Optional.empty();
        return Optional.of(reset.map(time -> Hold.until(time.toInstant()))
                .orElseGet(() -> Hold.action("wait until the limit resets, or use another account")));
    }

    private static Optional<ZonedDateTime> time(String words, ZonedDateTime now) {
        String plain = words.replaceAll("(\\d)(st|nd|rd|th)\\b", "$1");
        try {
            if (plain.contains(",")) {
                return Optional.of(LocalDateTime.parse(plain, DATED).atZone(now.getZone()));
            }
            LocalDate today = now.toLocalDate();
            ZonedDateTime time = LocalTime.parse(plain, CLOCK).atDate(today).atZone(now.getZone());
            // A time without a date is today's, also when it has just passed.
            return Optional.of(time.isBefore(now.minusHours(1)) ? time.plusDays(1) : time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DateTimeFormatter format(String pattern) {
        return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern).toFormatter(Locale.ENGLISH);
    }
}
