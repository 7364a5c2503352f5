package verdict.rules;

import checks.MeasuredText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and strings that stand in program text. */
final class Literals {
    /** Possessive: one that gives back takes a level of the stack for each character. */
    static final String ONE = "(?:-?\\b\\d+(?:\\.\\d+)?\\b|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+')";

    private static final Pattern LITERAL = Pattern.compile(ONE);
    private static final Set<String> COMMON = Set.of("0", "1", "-1", "", " ", "0.0", "1.0");

    private Literals() {}

    /** In the order in which they stand; strings without their quotes. */
    static List<String> of(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = LITERAL.matcher(MeasuredText.of(text));
        while (matcher.find()) {
            found.add(plain(matcher.group()));
        }
        return found;
    }

    static Set<String> set(String text) {
        return new LinkedHashSet<>(of(text));
    }

    static String plain(String literal) {
        return literal.startsWith("\"") || literal.startsWith("'") ? literal.substring(1, literal.length() - 1) : literal;
    }

    /** Whether a literal is so common that it says nothing. */
    static boolean common(String plain) {
        return COMMON.contains(plain);
    }
}
