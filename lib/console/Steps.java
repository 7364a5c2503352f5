package console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hint or a next step as lines. Its texts join what can be done with {@code "; "}; a person pastes one of them, so each
 * stands on a line of its own. What is quoted or in parentheses stays whole.
 */
final class Steps {
    /** An apostrophe within a word, as in "Docker's", opens nothing; {@code '\''} is how a quoted word has one. */
    private static final Pattern PART = Pattern.compile(
            "(?<![\\w'])'[^'\\n]*'(?:\\\\''[^'\\n]*')*|\"[^\"\\n]*\"|\\([^()\\n]*\\)|(; )");

    private Steps() {}

    /** {@code text} behind {@code label}, further lines below the first one's text. */
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
