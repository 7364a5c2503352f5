package verdict.rules;

import checks.MeasuredText;
import java.util.regex.Pattern;

/** A line of a file, numbered from 1. */
record Line(int number, String text) {
    private static final Pattern COMMENT = Pattern.compile("(#(?!\\[)|//|\\*|/\\*|--).*");

    /** Whether the pattern is found in it. */
    boolean has(Pattern pattern) {
        return pattern.matcher(MeasuredText.of(text)).find();
    }

    /** Whether it is nothing but a comment. */
    boolean comment() {
        return comment(text);
    }

    static boolean comment(String text) {
        return COMMENT.matcher(text.strip()).matches();
    }
}
