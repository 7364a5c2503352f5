package patterns;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that cost a pattern much, if anything does: its own literal parts and members of its classes, again and again, alone, in
 * pairs, behind its beginning, and never ended as it would like to.
 */
final class HostileTexts {
    /** So many parts are put together in pairs. */
    private static final int PAIRED = 6;
    private static final String END = "\u0001";

    private final List<String> parts = new ArrayList<>();
    private final StringBuilder sample = new StringBuilder();

    private HostileTexts(String pattern) {
        read(pattern);
    }

    /** What is repeated, with what stands before and behind it. */
    record Recipe(String before, String again, String after) {
        String of(int length) {
            return before + again.repeat(Math.max(1, length / again.length())) + after;
        }
    }

    static Set<Recipe> of(String pattern) {
        HostileTexts texts = new HostileTexts(pattern);
        Set<String> again = new LinkedHashSet<>(texts.parts);
        again.addAll(List.of("a", " ", "\n", "0", "\t", "\"", "\\", "/", "-"));
        List<String> paired = new ArrayList<>(new LinkedHashSet<>(texts.parts)).stream().limit(PAIRED).toList();
        for (String one : paired) {
            for (String other : paired) {
                again.add(one + other);
            }
        }
        String whole = texts.sample.toString();
        Set<Recipe> recipes = new LinkedHashSet<>();
        for (int end = 1; end <= Math.min(whole.length(), 30); end++) {
            again.add(whole.substring(0, end));
        }
        again.remove("");
        for (String each : again) {
            recipes.add(new Recipe("", each, ""));
            recipes.add(new Recipe("", each, END));
        }
        // A beginning that fits, and then one thing for ever.
        for (int end = 1; end <= Math.min(whole.length(), 24); end++) {
            for (String each : paired) {
                if (each.length() == 1) {
                    recipes.add(new Recipe(whole.substring(0, end), each, END));
                }
            }
        }
        return recipes;
    }

    /** Takes an expression apart, roughly: what is between operators are literal parts, and of a class a few members count. */
    private void read(String pattern) {
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                i = escaped(pattern, i + 1, literal);
            } else if (c == '[') {
                int end = endOfClass(pattern, i);
                finish(literal);
                members(pattern.substring(i, end));
                i = end;
            } else if (c == '(' && i + 2 < pattern.length() && pattern.charAt(i + 1) == '?') {
                finish(literal);
                i += 2;
                while (i < pattern.length() && ":=!>)".indexOf(pattern.charAt(i)) < 0) {
                    i++; // flags, a name, what is looked for
                }
                i++;
            } else if (c == '{') {
                finish(literal);
                i = Math.max(i, pattern.indexOf('}', i)) + 1;
            } else if ("()|*+?^$.".indexOf(c) >= 0) {
                finish(literal);
                if (c == '.') {
                    member('x');
                }
                i++;
            } else {
                literal.append(c);
                i++;
            }
        }
        finish(literal);
    }

    private int escaped(String pattern, int at, StringBuilder literal) {
        char c = pattern.charAt(at);
        String known = "sSdDwWbBRntrx0hpPQEAzZkueG";
        if (known.indexOf(c) < 0) {
            literal.append(c);
            return at + 1;
        }
        finish(literal);
        switch (c) {
            case 's', 'h' -> member(' ');
            case 'd' -> member('7');
            case 'w', 'S', 'D' -> member('w');
            case 'W' -> member('-');
            case 'n', 'R' -> member('\n');
            case 'r' -> member('\r');
            case 't' -> member('\t');
            case 'e' -> member('\u001b');
            case 'x', 'u' -> {
                int digits = c == 'x' ? 2 : 4;
                if (at + digits < pattern.length() && pattern.substring(at + 1, at + 1 + digits).matches("[0-9a-fA-F]+")) {
                    member((char) Integer.parseInt(pattern.substring(at + 1, at + 1 + digits), 16));
                    return at + 1 + digits;
                }
            }
            case 'p', 'P' -> {
                member('P');
                return Math.max(at, pattern.indexOf('}', at)) + 1;
            }
            default -> { }
        }
        return at + 1;
    }

    private static int endOfClass(String pattern, int at) {
        int i = at + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            i = pattern.charAt(i) == '\\' ? i + 2 : pattern.charAt(i) == '[' ? endOfClass(pattern, i) : i + 1;
        }
        return Math.min(pattern.length(), i + 1);
    }

    private void members(String type) {
        java.util.regex.Pattern compiled = java.util.regex.Pattern.compile(type);
        int taken = 0;
        for (char c : "x7 _-./:=\"'\\\n\t<>{}[]()|*,;#@A".toCharArray()) {
            if (taken < 3 && compiled.matcher(String.valueOf(c)).matches()) {
                if (taken == 0) {
                    member(c);
                } else {
                    parts.add(String.valueOf(c));
                }
                taken++;
            }
        }
        if (taken == 0 && type.length() > 2) {
            member(type.charAt(1));
        }
    }

    private void member(char c) {
        parts.add(String.valueOf(c));
        sample.append(c);
    }

    private void finish(StringBuilder literal) {
        if (literal.length() > 0) {
            parts.add(literal.toString());
            if (literal.length() > 1) {
                parts.add(literal.substring(literal.length() - 1));
                parts.add(literal.substring(0, 1));
            }
            sample.append(literal);
            literal.setLength(0);
        }
    }
}
