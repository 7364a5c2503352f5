package workers;

import contract.KnownSecrets;
import contract.SecretShapes;
import contract.Secrets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as its user may read it again on the terminal and in the journal: with all words, but without secrets. A value is
 * removed because of its name ({@code TOKEN=…}, {@code --password …}, {@code -H "X-Api-Key: …"}, {@code "secret": "…"}) or because
 * it has the shape of a secret. It is better to remove too much than too little; the text is never exported all the same.
 */
final class CommandText {
    private static final int DEEPEST = 4;
    /** {@code NAME=value}, {@code --name=value} or {@code Name: value} within a word; quotation marks around the name belong to it. */
    private static final Pattern NAMED_VALUE = Pattern.compile(
            "([{\\[,]*[\"']?-{0,2}([A-Za-z_][A-Za-z0-9_.-]{0,80})[\"']?\\s*[=:]\\s*)(.*)",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[{\\[,]*[\"']?(-{0,2})([A-Za-z_][A-Za-z0-9_-]{0,80})[\"']?(:?)");
    private static final Pattern USER = Pattern.compile("([\"']?[^:\\s]*:)(.+)", Pattern.DOTALL);
    /** A value that only refers to another place is no secret. */
    private static final Pattern REFERENCE = Pattern.compile("[\"']?\\$\\{?\\w+\\}?[\"']?");
    /** Programs whose {@code -p} is followed by a password, in the same word or in the next. */
    private static final Set<String> PASSWORD_BY_P = Set.of("mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump", "sshpass");
    private static final String BETWEEN_WORDS = ";|&()<>";

    private final String text;
    private final int depth;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private String program = "";
    /** What the next word is, because of the word before it. */
    private Expect expect = Expect.ANYTHING;

    private enum Expect { ANYTHING, SECRET, USER_AND_PASSWORD }

    private CommandText(String text, int depth) {
        this.text = text;
        this.depth = depth;
    }

    static String redacted(String command) {
        return SecretShapes.hide(new CommandText(command, 0).redact());
    }

    private String redact() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c) || BETWEEN_WORDS.indexOf(c) >= 0) {
                if (c == ';' || c == '|' || c == '&' || c == '\n') {
                    program = "";
                    expect = Expect.ANYTHING;
                }
                out.append(c);
                at++;
            } else {
                out.append(shown(word()));
            }
        }
        return out.toString();
    }

    /** From here to the end of the word; a quotation without an end goes to the end of the text. */
    private String word() {
        int start = at;
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (quote == 0 && (Character.isWhitespace(c) || BETWEEN_WORDS.indexOf(c) >= 0)) {
                break;
            }
            if (c == '\\' && quote != '\'') {
                at++;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            at++;
        }
        at = Math.min(at, text.length());
        return text.substring(start, at);
    }

    private String shown(String word) {
        Expect expected = expect;
        expect = Expect.ANYTHING;
        if (expected == Expect.SECRET) {
            return hidden(word);
        }
        if (expected == Expect.USER_AND_PASSWORD) {
            Matcher user = USER.matcher(word);
            return user.matches() ? user.group(1) + hidden(user.group(2)) : word;
        }
        Matcher named = NAMED_VALUE.matcher(word);
        if (named.matches() && secret(named.group(2)) && !named.group(3).isEmpty()) {
            return named.group(1) + hidden(named.group(3));
        }
        Matcher name = NAME.matcher(word);
        if (name.matches()) {
            if (secret(name.group(2)) && !(name.group(1).isEmpty() && name.group(3).isEmpty())) {
                expect = Expect.SECRET;
            } else if (word.equals("-u") || word.equals("--user")) {
                expect = Expect.USER_AND_PASSWORD;
            } else if (word.equals("-p") && program.equals("sshpass") || word.equals("-a") && program.equals("redis-cli")) {
                expect = Expect.SECRET;
            }
        }
        if (word.startsWith("-p") && word.length() > 2 && PASSWORD_BY_P.contains(program)) {
            return "-p" + hidden(word.substring(2));
        }
        if (program.isEmpty() && !named.matches()) {
            program = word.substring(word.lastIndexOf('/') + 1);
        }
        return quotation(word);
    }

    /** A command inside a command ({@code sh -c "…"}), or a text of several lines. */
    private String quotation(String word) {
        int open = word.indexOf('"') < 0 ? word.indexOf('\'') : word.indexOf('\'') < 0 ? word.indexOf('"')
                : Math.min(word.indexOf('"'), word.indexOf('\''));
        if (open < 0 || depth == DEEPEST) {
            return word;
        }
        return word.substring(0, open + 1) + new CommandText(word.substring(open + 1), depth + 1).redact();
    }

    private static boolean secret(String name) {
        return Secrets.isSecretName(name.replace('-', '_').replace('.', '_'));
    }

    private static String hidden(String value) {
        if (REFERENCE.matcher(value).matches() || value.isEmpty()) {
            return value;
        }
        char last = value.charAt(value.length() - 1);
        // The end of a quotation that began before the value.
        boolean closes = (last == '"' || last == '\'') && value.indexOf(last) == value.length() - 1;
        return KnownSecrets.REDACTED + (closes ? String.valueOf(last) : "");
    }
}
