package agent.loop;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A patch of a wanted length, of which every line is there once, and what a question shows of it. */
public final class LongChange {
    private static final Pattern SHOWN = Pattern.compile("(?s)`{3,}diff\\n(.*?)\\n`{3,}");

    private LongChange() {}

    /** @param size in characters, or a few more */
    public static String of(int size) {
        StringBuilder patch = new StringBuilder();
        for (int line = 0; patch.length() < size; line++) {
            if (line % 400 == 0) {
                patch.append("diff --git a/file").append(line).append(".txt b/file").append(line).append(".txt\n");
            }
            patch.append("+line ").append(line).append(" of the change, and a few words more\n");
        }
        return patch.toString();
    }

    /** The part of the change in a question. */
    public static String shown(String question) {
        Matcher matcher = SHOWN.matcher(question);
        if (!matcher.find()) {
            throw new AssertionError("no change is shown in: " + question);
        }
        return matcher.group(1);
    }
}
