package console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hint or a next step as lines. Its text joins alternatives with {@code "; "}. The user pastes one of them, so each gets its
 * own line. Quoted text and text in parentheses stays whole.
 */
final class Steps {
    /** An apostrophe inside a word, as in "Docker's", is no quotation mark; {@code '\''} is an apostrophe inside a quoted word. */
    private static final Pattern PART = Pattern.compile(
            "(?<![\\w'])'[^'\\n]*'(?:\\\\''[^'\\n]*')*|\"[^\"\\n]*\"|\\([^()\\n]*\\)|(; )");

    private Steps() {}

    /** {@code text} after {@code label}; further lines are indented to the first line's text. */
    static List<String> lines(String label, String text) {
        List<String> lines = new ArrayList<>();
        String before = label;
        for (String part : parts(text)) {
            lines.add(before + part);
            before = " ".repeat(Cells.width(Format.printable(label)));
        }
        return lines;
    }

    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher found = PART.matcher(text);
        int from = 0;
        while (found.find()) {
            if (found.group(1) != null) {
                parts.add(text.substring(from, found.start()));
                from = found.end();
            }
        }
        parts.add(text.substring(from));
        return parts;
    }
}
