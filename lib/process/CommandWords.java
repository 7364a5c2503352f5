package process;

import contract.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Splits a command line of a user or a model into words by the quoting rules of POSIX shells, without running a shell. */
public final class CommandWords {
    private static final Set<String> OPERATORS = Set.of("&&", "||", "|", ";", "&", ">", ">>", "<", "2>&1", "2>");

    private static final String PLAIN = "-_=+:,./@%^~";

    private CommandWords() {}

    /** @throws Failure (usage) when a quote is not closed, there is no word, or the line needs a shell */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        boolean quoted = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '\'') {
                if (c == '\'') {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\\' && i + 1 < line.length() && (quote == 0 || "\\\"$`\n".indexOf(line.charAt(i + 1)) >= 0)) {
                word = word == null ? new StringBuilder() : word;
                word.append(line.charAt(++i));
                quoted = true;
            } else if (quote == '"') {
                if (c == '"') {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                word = word == null ? new StringBuilder() : word;
                quote = c;
                quoted = true;
            } else if (Character.isWhitespace(c)) {
                add(words, word, quoted);
                word = null;
                quoted = false;
            } else {
                word = word == null ? new StringBuilder() : word;
                word.append(c);
            }
        }
        if (quote != 0) {
            throw Failure.usage("the command has a quote that is not closed: " + line, "close the " + quote);
        }
        add(words, word, quoted);
        if (words.isEmpty()) {
            throw Failure.usage("the command is empty", "give a program and its arguments");
        }
        return List.copyOf(words);
    }

    /** The reverse of {@link #split}: a line with these words, quoted only where necessary. */
    public static String join(List<String> words) {
        return words.stream().map(CommandWords::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (!word.isEmpty() && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static void add(List<String> words, StringBuilder word, boolean quoted) {
        if (word == null) {
            return;
        }
        String text = word.toString();
        if (!quoted && (OPERATORS.contains(text) || text.endsWith(";"))) {
            throw Failure.usage("commands run without a shell, so '" + text + "' has no meaning",
                    "put the line into a script, or write: sh -c '…'");
        }
        words.add(text);
    }
}
