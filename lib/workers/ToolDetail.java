package workers;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a tool's input may be shown, journaled and exported: a path relative to the working directory, the program of a
 * command, the host of a URL. Never a command as a whole, which may hold secrets ({@code API_KEY=… ./run.sh}).
 */
public final class ToolDetail {
    private static final int LIMIT = 200;
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);
    /** A program's name; anything longer may be something else that slipped in. */
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

    /** The first word that is no assignment, without its folder; empty when it does not look like a program. */
    public static String program(String command) {
        for (String word : command.strip().split("\\s+", 64)) {
            if (ASSIGNMENT.matcher(word).matches()) {
                if (word.contains("\"") || word.contains("'") || word.contains("`") || word.contains("$(")) {
                    // A quoted value may go on in the next words: which of them is the program is not to be told.
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
