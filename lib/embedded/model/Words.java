package embedded.model;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The distinct words of a group of spans or of a log record, for the full-text index. A value that was seen before in the
 * group is not split again: telemetry repeats itself, and this is what keeps the index cheaper than the intake.
 */
public final class Words {
    /** Of one value: enough for a message or an id; the rest of a prompt of megabytes is not worth an index. */
    private static final int MAX_VALUE_CHARS = 512;
    /** Of an output or a message. */
    private static final int MAX_TEXT_CHARS = 32_768;
    private static final int MAX_WORD_CHARS = 64;
    /** Of one document; a span with ten thousand attributes does not fill the index by itself. */
    private static final int MAX_WORDS = 4096;

    private final Set<String> values = new HashSet<>();
    private final Set<String> words = new LinkedHashSet<>();

    public void add(String value) {
        if (isNew(value)) {
            words.addAll(split(value, MAX_VALUE_CHARS, MAX_WORDS - words.size()));
        }
    }

    /** The same for what people look for: output of checks, errors, and messages, of which more is worth an index. */
    public void addWhole(String value) {
        if (isNew(value)) {
            for (String text : MessageText.isJson(value) ? MessageText.strings(value) : List.of(value)) {
                words.addAll(split(text, MAX_TEXT_CHARS, MAX_WORDS - words.size()));
            }
        }
    }

    private boolean isNew(String value) {
        return !value.isEmpty() && words.size() < MAX_WORDS && values.add(value);
    }

    /** All words, one blank between two. */
    public String text() {
        return String.join(" ", words);
    }

    /** Letters and digits in lower case; everything else parts words, as SQLite's {@code unicode61} tokenizer does it. */
    public static Set<String> split(String value, int limit) {
        return split(value, MAX_VALUE_CHARS, limit);
    }

    private static Set<String> split(String value, int chars, int limit) {
        Set<String> found = new LinkedHashSet<>();
        int end = Math.min(value.length(), chars);
        int start = -1;
        for (int i = 0; i <= end && found.size() < limit; i++) {
            boolean inWord = i < end && (Character.isLetterOrDigit(value.charAt(i))
                    || Character.isSurrogate(value.charAt(i)));
            if (inWord && start < 0) {
                start = i;
            } else if (!inWord && start >= 0) {
                found.add(value.substring(start, Math.min(i, start + MAX_WORD_CHARS)).toLowerCase(Locale.ROOT));
                start = -1;
            }
        }
        return found;
    }

    /** The query that finds documents with a word that begins like this one; quoted, so that no operator gets through. */
    public static String match(String word) {
        return '"' + word.replace("\"", "") + "\"*";
    }
}
