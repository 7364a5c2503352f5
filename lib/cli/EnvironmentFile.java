package cli;

import contract.Failure;
import contract.Variables;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The {@code .env} of the working directory. It belongs to whoever wrote the project, perhaps a stranger whose repository
 * was just cloned: it can give a key where there is none and names, but it never beats the real environment and never says
 * which program runs or where anything is sent.
 */
final class EnvironmentFile {
    private static final Set<String> TAKEN = Set.of(Variables.GEMINI_API_KEY, Variables.GOOGLE_API_KEY,
            Variables.GEMINI_MODEL, Variables.ENABLE_TELEMETRY, Variables.OWNER_ID, Variables.PROJECT_ID, Variables.ROLE,
            Variables.SERVICE_NAME, Variables.SERVICE_NAMESPACE);
    /** What would redirect a key or run another program: refused aloud. Other names are the project's own business. */
    private static final Pattern REDIRECTS = Pattern.compile(
            "CLAUDE_BIN|PATH|LD_.*|JAVA_.*|(GOOGLE|GEMINI|ANTHROPIC|CLAUDE|OTEL|AGENTPROXY)_.*(URL|ENDPOINT|BIN|HEADERS|PROXY)"
                    + "|(HTTPS?|ALL|NO)_PROXY");

    private EnvironmentFile() {}

    /** The environment to use, and what to tell the person about it. */
    record Merged(Map<String, String> environment, List<String> notes) {}

    /** @throws Failure (usage) when there is a {@code .env} that cannot be read */
    static Merged read(Path directory, Map<String, String> environment) {
        Path file = directory.resolve(".env");
        // A folder of this name is a Python environment, not ours.
        if (!Files.exists(file) || Files.isDirectory(file)) {
            return new Merged(environment, List.of());
        }
        Map<String, String> merged = new TreeMap<>(environment);
        List<String> notes = new ArrayList<>();
        for (DotenvEntry entry : entries(file)) {
            if (TAKEN.contains(entry.getKey())) {
                merged.putIfAbsent(entry.getKey(), entry.getValue());
            } else if (REDIRECTS.matcher(entry.getKey()).matches()) {
                notes.add(entry.getKey() + " in " + file + " is ignored: a project's .env may not set programs, addresses or "
                        + "headers; set it in your shell if you mean it");
            }
        }
        return new Merged(Map.copyOf(merged), List.copyOf(notes));
    }

    private static Set<DotenvEntry> entries(Path file) {
        if (!Files.isReadable(file)) {
            throw Failure.usage(file + " cannot be read", "mend its permissions, or move it away");
        }
        try {
            return Dotenv.configure().directory(file.getParent().toString()).ignoreIfMalformed().load()
                    .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE);
        } catch (DotenvException | UncheckedIOException e) {
            throw Failure.usage(file + " cannot be read: " + e.getMessage(), "mend it, or move it away");
        }
    }
}
