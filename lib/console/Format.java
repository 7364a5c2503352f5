package console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How values are written for the user. */
public final class Format {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final double KILO = 1000;

    private Format() {}

    /** {@code 0.3 s}, {@code 12.4 s}, {@code 3 m 05 s}, {@code 2 h 01 m}. */
    public static String duration(Duration duration) {
        // Times of the wall clock: the clock may have been set back between the two.
        long millis = Math.max(0, duration.toMillis());
        if (millis < MINUTE) {
            return String.format(Locale.ROOT, "%.1f s", millis / KILO);
        }
        if (millis < HOUR) {
            return String.format(Locale.ROOT, "%d m %02d s", millis / MINUTE, millis % MINUTE / (int) KILO);
        }
        return String.format(Locale.ROOT, "%d h %02d m", millis / HOUR, millis % HOUR / MINUTE);
    }

    /** {@code 950}, {@code 12.3k}, {@code 1.2M}. */
    public static String count(long count) {
        if (count < KILO) {
            return Long.toString(count);
        }
        return count < KILO * KILO ? String.format(Locale.ROOT, "%.1fk", count / KILO)
                : String.format(Locale.ROOT, "%.1fM", count / KILO / KILO);
    }

    public static String plural(long count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    /** One line of at most {@code columns}, for a terminal: control characters, which could move the cursor, become spaces. */
    public static String oneLine(String text, int columns) {
        return cut(printable(text).replaceAll("\\s+", " ").strip(), columns);
    }

    /** As {@link #oneLine}, but keeps the spaces at the beginning and between words; a tab becomes two spaces. */
    public static String codeLine(String text, int columns) {
        return cut(printable(text).replace("\t", "  ").replace('\n', ' ').stripTrailing(), columns);
    }

    /** The text in lines of at most {@code columns}, broken between words. A word that is too long gets a line of its own. */
    public static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : printable(text).strip().split("\n")) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.strip().split("\\s+")) {
                if (line.length() > 0 && Cells.width(line.toString()) + 1 + Cells.width(word) > columns) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.length() > 0 ? " " : "").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Joins parts into as few lines as possible. A part is broken only if it is too long for one line. */
    public static List<String> flow(List<String> parts, String separator, int columns) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String part : parts) {
            if (!line.isEmpty() && Cells.width(line) + Cells.width(separator) + Cells.width(part) <= columns) {
                line += separator + part;
                continue;
            }
            if (!line.isEmpty()) {
                lines.addAll(wrap(line, columns));
            }
            line = part;
        }
        if (!line.isEmpty()) {
            lines.addAll(wrap(line, columns));
        }
        return lines;
    }

    private static String cut(String line, int columns) {
        // A line with fewer characters than half the columns always fits: the usual case for texts in a pipe.
        return line.length() <= columns / 2 || Cells.width(line) <= columns ? line
                : Cells.beginning(line, Math.max(0, columns - 1)).stripTrailing() + "…";
    }

    /** Removes what could control the terminal from a foreign text: escape sequences, and control characters except \n and \t. */
    public static String printable(String text) {
        return text.replaceAll("\u001b\\[[0-9;?]*[ -/]*[@-~]|\u001b\\][^\u0007\u001b]*(\u0007|\u001b\\\\)", "")
                // Some terminals obey C1 controls, and direction marks reverse the text beside them.
                .replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069&&[^\n\t]]", "");
    }

    /**
     * Reads a duration: {@code 90s}, {@code 10m}, {@code 1h30m}, or ISO-8601 ({@code PT10M}). Empty when the text is not a duration
     * above zero.
     */
    public static Optional<Duration> parseDuration(String text) {
        String iso = text.strip().toUpperCase(Locale.ROOT);
        if (iso.matches("\\d+")) {
            iso += "S";
        }
        if (iso.matches("(\\d+D)?(\\d+H)?(\\d+M)?(\\d+S)?") && !iso.isEmpty()) {
            int day = iso.indexOf('D');
            String days = day < 0 ? "" : iso.substring(0, day + 1);
            String time = iso.substring(day + 1);
            iso = "P" + days + (time.isEmpty() ? "" : "T" + time);
        }
        try {
            Duration duration = Duration.parse(iso);
            return duration.isZero() || duration.isNegative() ? Optional.empty() : Optional.of(duration);
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
