package workers;

import agent.ToolAction;
import agent.ToolAction.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import contract.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The kind of action behind a tool call: it reads, edits, or runs something. Only the detection of stalls uses it; an unknown call
 * does not count.
 */
public final class ToolActions {
    private static final Map<String, Kind> TOOLS = Map.of("Read", Kind.READ, "NotebookRead", Kind.READ, "Grep", Kind.READ, "Glob",
            Kind.READ, "LS", Kind.READ, "Edit", Kind.EDIT, "MultiEdit", Kind.EDIT, "Write", Kind.EDIT, "NotebookEdit", Kind.EDIT);
    private static final String SHELL = "Bash";
    /** Programs that only read. */
    private static final Set<String> LOOK = Set.of("cat", "head", "tail", "less", "more", "nl", "ls", "tree", "find", "grep", "egrep",
            "fgrep", "rg", "ag", "ack", "wc", "file", "stat", "awk", "cut", "sort", "uniq", "diff", "cmp", "pwd", "which", "type",
            "echo", "printf", "jq", "yq", "xxd", "od", "strings", "du", "df", "column", "tr", "basename", "dirname", "realpath",
            "sed", "xargs", "test", "true", "cd", "[");
    private static final Set<String> CHANGE = Set.of("tee", "patch", "mv", "cp", "rm", "mkdir", "rmdir", "touch", "ln", "chmod",
            "install", "truncate", "dd");
    private static final Set<String> GIT_LOOKS = Set.of("log", "show", "diff", "status", "blame", "grep", "ls-files", "branch",
            "rev-parse");
    private static final Set<String> GIT_CHANGES = Set.of("apply", "checkout", "switch", "restore", "stash", "reset", "revert", "mv",
            "rm", "merge", "rebase", "cherry-pick", "am", "commit", "pull", "clone", "clean");
    private static final Set<String> AROUND = Set.of("sudo", "time", "timeout", "env", "nice", "command");
    /** A redirection into a file, not into another stream or {@code /dev/null}. */
    private static final Pattern REDIRECTED = Pattern.compile("(?:^|[^0-9&>-])>{1,2}\\s*(?!/dev/null|&|>|\\s)");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern PARTS = Pattern.compile("&&|\\|\\||;|\\||\\n");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=\\S*");
    private static final Pattern MOVED = Pattern.compile("^\\s*cd \\S+\\s*(?:&&|;)\\s*");
    private static final int DIGITS = 16;
    private static final byte[] SALT = salt();

    private ToolActions() {}

    /** A call of one of Claude Code's tools; {@code input} may be incomplete. */
    public static ToolAction of(String tool, JsonNode input) {
        if (tool.equals(SHELL)) {
            return ofCommand(input.path("command").asText(""));
        }
        Kind kind = TOOLS.get(tool);
        if (kind == null) {
            return ToolAction.UNKNOWN;
        }
        // The missing part of an edit may be the difference.
        boolean whole = kind == Kind.READ || input.has("old_string") && input.has("new_string");
        return new ToolAction(kind, whole ? fingerprint(tool + " " + sorted(input)) : "");
    }

    /** A line of a shell. */
    public static ToolAction ofCommand(String command) {
        if (command.isBlank()) {
            return ToolAction.UNKNOWN;
        }
        String plain = MOVED.matcher(command).replaceFirst("").strip().replaceAll("\\s+", " ");
        return new ToolAction(kind(command), fingerprint("$ " + plain));
    }

    private static Kind kind(String command) {
        // Quoted text is no syntax of the shell.
        String bare = QUOTED.matcher(command).replaceAll("Q");
        if (REDIRECTED.matcher(bare).find()) {
            return Kind.EDIT;
        }
        Kind kind = Kind.READ;
        for (String part : PARTS.split(bare)) {
            Kind each = kind(words(part));
            if (each == Kind.EDIT) {
                return Kind.EDIT;
            }
            kind = each == Kind.RUN ? Kind.RUN : kind;
        }
        return kind;
    }

    private static Kind kind(List<String> words) {
        if (words.isEmpty()) {
            return Kind.READ;
        }
        String first = words.get(0);
        String program = first.substring(first.lastIndexOf('/') + 1);
        String second = words.size() > 1 ? words.get(1) : "";
        if (CHANGE.contains(program) || program.equals("git") && GIT_CHANGES.contains(second)
                || Set.of("sed", "perl").contains(program) && words.stream().anyMatch(w -> w.matches("-[a-zA-Z]*i.*"))) {
            return Kind.EDIT;
        }
        return LOOK.contains(program) || program.equals("git") && GIT_LOOKS.contains(second) ? Kind.READ : Kind.RUN;
    }

    private static List<String> words(String part) {
        List<String> words = new ArrayList<>();
        for (String word : part.strip().split("\\s+")) {
            boolean leading = words.isEmpty() && (word.isEmpty() || ASSIGNMENT.matcher(word).matches()
                    || AROUND.contains(word.toLowerCase(Locale.ROOT)));
            if (!leading) {
                words.add(word);
            }
        }
        return words;
    }

    private static String sorted(JsonNode input) {
        Map<String, String> fields = new TreeMap<>();
        input.properties().forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
        return fields.toString();
    }

    /** A new key in each process: a command may contain a secret, and nobody should be able to guess it from the hash. */
    private static String fingerprint(String text) {
        MessageDigest digest = Sha256.digest();
        digest.update(SALT);
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8))).substring(0, DIGITS);
    }

    private static byte[] salt() {
        byte[] salt = new byte[DIGITS];
        new SecureRandom().nextBytes(salt);
        return salt;
    }
}
