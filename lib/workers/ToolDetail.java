package workers;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of a tool's input that may be shown, journaled and exported: a path relative to the working directory, the program of a
 * command, the host of a URL. Never a whole command: it may contain secrets ({@code API_KEY=… ./run.sh}).
 */
public final class ToolDetail {
    private static final int LIMIT = 200;
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
    /** The longest program name; a longer word may be something else. */
    private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_.+-]{1,32}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final List<String> PATHS = List.of("file_path", "notebook_path", "path");

    private ToolDetail() {}

    public static String of(JsonNode input, Path directory) {
        for (String key : PATHS) {
            if (input.path(key).isTextual()) {
                return path(input.path(key).textValue(), directory);
            }
        }
        if (input.path("command").isTextual()) {
            return program(input.path("command").textValue());
        }
        if (input.path("url").isTextual()) {
            return host(input.path("url").textValue());
        }
        String agent = input.path("subagent_type").asText("");
        return WORD.matcher(agent).matches() ? agent : "";
    }

    /** The first word that is no assignment, without its folder; empty when the word does not look like a program. */
    public static String program(String command) {
        for (String word : command.strip().split("\\s+", 64)) {
            if (ASSIGNMENT.matcher(word).matches()) {
                if (word.contains("\"") || word.contains("'") || word.contains("`") || word.contains("$(")) {
                    // A quoted value may continue in the next words, so the program cannot be found.
                    return "";
                }
                continue;
            }
            String name = word.substring(word.lastIndexOf('/') + 1);
            return PROGRAM.matcher(name).matches() ? name : "";
        }
        return "";
    }

    private static String path(String text, Path directory) {
        try {
            Path path = Path.of(text);
            Path shown = path.isAbsolute() && path.normalize().startsWith(directory)
                    ? directory.relativize(path.normalize()) : path;
            return Texts.oneLine(shown.toString().isEmpty() ? "." : shown.toString(), LIMIT);
        } catch (InvalidPathException e) {
            return "";
        }
    }

    private static String host(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? "" : Texts.oneLine(host, LIMIT);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
