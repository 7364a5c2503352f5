package reasoning;

import java.util.Locale;

/** Shortens text for the model, with a note about the length of the missing part. */
public final class Excerpt {
    private Excerpt() {}

    /**
     * At most {@code limit} characters of the text, with a note between its beginning and its end. The end gets two thirds, because
     * the result of a command is there.
     */
    public static String of(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int head = boundary(text, limit / 3);
        int tail = boundary(text, text.length() - (limit - limit / 3));
        String note = String.format(Locale.ROOT, "\n[… %,d characters left out here …]\n", tail - head);
        return text.substring(0, head) + note + text.substring(tail);
    }

    /** The first line, cut to {@code limit} characters. */
    public static String line(String text, int limit) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() <= limit ? line : line.substring(0, boundary(line, limit)) + "…";
    }

    /** Never cuts between the two halves of a surrogate pair. */
    private static int boundary(String text, int index) {
        return index > 0 && index < text.length() && Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
