package handover;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes panels and rules read counters that Collectors have added up. On one machine each run has series of its own, and what
 * was counted in a window is the sum of their highest values. A series that many runs share goes on for ever and begins at
 * nothing when its Collector restarts, so there it is {@code increase()}: measured over such a restart, 307 of 320, where the
 * other form says 160.
 */
public final class SharedCounting {
    private static final String COUNTER = "[a-zA-Z_:][a-zA-Z0-9_:]*_(?:total|bucket|sum|count)(?:\\{[^}]*\\})?";
    /** What a series had at the end of a window, less what it had at its beginning; as the rules write it. */
    private static final Pattern DIFFERENCE = Pattern.compile("max_over_time\\((" + COUNTER + ")\\[([^\\]]+)]\\)\\s*"
            + "-\\s*\\(\\s*\\1 offset \\2\\s+or\\s+max_over_time\\(\\1\\[\\2]\\) \\* 0\\s*\\)");
    private static final Pattern HIGHEST = Pattern.compile("max_over_time\\((" + COUNTER + ")\\[");

    private SharedCounting() {}

    /** An expression, or a file full of them; strings of JSON may be around it. */
    public static String of(String text) {
        // In JSON the quotation marks of a selector are escaped, which changes nothing here.
        String differences = DIFFERENCE.matcher(text).replaceAll(found ->
                Matcher.quoteReplacement("increase(" + found.group(1) + "[" + found.group(2) + "])"));
        return HIGHEST.matcher(differences).replaceAll(found ->
                Matcher.quoteReplacement("increase(" + found.group(1) + "["));
    }
}
