package checks;

import java.util.regex.Pattern;

/** Reads sections of files in the style of INI and TOML. */
final class Sections {
    private Sections() {}

    /** The lines of the sections with a matching header. */
    static String matching(String text, Pattern header) {
        StringBuilder kept = new StringBuilder();
        boolean inside = false;
        for (String line : text.split("\n")) {
            String plain = line.strip();
            if (plain.startsWith("[") && plain.contains("]")) {
                inside = header.matcher(plain).find();
            }
            if (inside && !plain.isEmpty() && !plain.startsWith("#")) {
                kept.append(plain).append('\n');
            }
        }
        return kept.toString();
    }
}
