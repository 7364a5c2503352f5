package handover;

import java.util.List;
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
    private static final String AT_END = "max_over_time\\((" + COUNTER + ")\\[([^\\]]+)]\\)\\s*-\\s*";
    private static final String AT_END_AGAIN = "max_over_time\\(\\1\\[\\2]\\)";
    /**
     * What a series had at the end of a window, less what it had at its beginning, or else all of it: as the rules and panels
     * write it, and as they did before.
     */
    private static final List<Pattern> DIFFERENCES = List.of(
            Pattern.compile(AT_END + "\\(\\s*\\1 offset \\2\\s*\\)\\s+or\\s+" + AT_END_AGAIN),
            Pattern.compile(AT_END + "\\(\\s*\\1 offset \\2\\s+or\\s+" + AT_END_AGAIN + " \\* 0\\s*\\)"));
    private static final Pattern HIGHEST = Pattern.compile("max_over_time\\((" + COUNTER + ")\\[");

    private SharedCounting() {}

    /** An expression, or a file full of them; strings of JSON may be around it. */
    public static String of(String text) {
        // In JSON the quotation marks of a selector are escaped, which changes nothing here.
        String differences = text;
        for (Pattern difference : DIFFERENCES) {
            differences = difference.matcher(differences).replaceAll(found ->
                    Matcher.quoteReplacement("increase(" + found.group(1) + "[" + found.group(2) + "])"));
        }
        return HIGHEST.matcher(differences).replaceAll(found ->
                Matcher.quoteReplacement("increase(" + found.group(1) + "["));
    }
}
