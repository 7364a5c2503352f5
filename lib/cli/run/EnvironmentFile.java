package cli.run;

import contract.Failure;
import contract.Variables;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The {@code .env} of the working directory. Its author is the project's author, perhaps a stranger whose repository was just cloned.
 * It may set a key that is missing, and names. It never wins over the real environment, and never sets a program to run or an address
 * to send to.
 */
public final class EnvironmentFile {
    /** Variables that a project may set, in addition to those that the reasoners name. */
    private static final Set<String> TAKEN = Set.of(Variables.ENABLE_TELEMETRY, Variables.OWNER_ID, Variables.PROJECT_ID,
            Variables.ROLE, Variables.SERVICE_NAME, Variables.SERVICE_NAMESPACE);
    /** Variables that would redirect a key or run another program: refused with a message. All other names are allowed. */
    private static final Pattern REDIRECTS = Pattern.compile(
            "CLAUDE_BIN|CODEX_BIN|CODEX_HOME|PATH|LD_.*|JAVA_.*|(GOOGLE|GEMINI|OPENAI|CODEX|ANTHROPIC|CLAUDE|OTEL|AGENTPROXY)_.*"
                    + "(URL|ENDPOINT|BIN|HEADERS|PROXY)"
                    + "|(HTTPS?|ALL|NO)_PROXY");

    /** A file of names and values is small; a larger file is something else. */
    private static final long MAX_BYTES = 64 * 1024;

    private EnvironmentFile() {}

    /** The environment to use, and notes for the user about it. */
    public record Merged(Map<String, String> environment, List<String> notes) {}

    /**
     * Reads {@code .env} only if it is a regular file of at most 64 KiB. A link could lead to an endless device or to a file outside of
     * the project, and a named pipe would block the run for ever: they are not read, and a note says so.
     *
     * @throws Failure (usage) when {@code .env} exists and cannot be read
     */
    public static Merged read(Path directory, Map<String, String> environment) {
        Path file = directory.resolve(".env");
        Optional<BasicFileAttributes> found = attributes(file);
        // A folder with this name is a Python environment, not ours.
        if (found.isEmpty() || found.get().isDirectory()) {
            return new Merged(environment, List.of());
        }
        Optional<String> unfit = unfit(found.get());
        if (unfit.isPresent()) {
            return new Merged(environment, List.of(file + " was not read: " + unfit.get()));
        }
        Map<String, String> merged = new TreeMap<>(environment);
        List<String> notes = new ArrayList<>();
        for (DotenvEntry entry : entries(file)) {
            if (taken(entry.getKey())) {
                merged.putIfAbsent(entry.getKey(), entry.getValue());
            } else if (REDIRECTS.matcher(entry.getKey()).matches()) {
                notes.add(entry.getKey() + " in " + file + " is ignored: a project's .env may not set programs, addresses or "
                        + "headers; set it in your shell if you want it");
            }
        }
        return new Merged(Map.copyOf(merged), List.copyOf(notes));
    }

    private static boolean taken(String name) {
        return TAKEN.contains(name) || Reasoners.ALL.stream().anyMatch(kind -> kind.inEnvironmentFile().contains(name));
    }

    private static Optional<BasicFileAttributes> attributes(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw Failure.usage(file + " cannot be read: " + e.getMessage(), "fix its permissions, or move it away");
        }
    }

    private static Optional<String> unfit(BasicFileAttributes file) {
        if (file.isSymbolicLink()) {
            return Optional.of("it is a link; copy the file here, or set its variables in your shell");
        }
        if (!file.isRegularFile()) {
            return Optional.of("it is a device or a pipe, not a file");
        }
        return file.size() <= MAX_BYTES ? Optional.empty()
                : Optional.of("it has " + file.size() + " bytes, more than " + MAX_BYTES);
    }

    private static Set<DotenvEntry> entries(Path file) {
        if (!Files.isReadable(file)) {
            throw Failure.usage(file + " cannot be read", "fix its permissions, or move it away");
        }
        try {
            return Dotenv.configure().directory(file.getParent().toString()).ignoreIfMalformed().load()
                    .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE);
        } catch (DotenvException | UncheckedIOException e) {
            throw Failure.usage(file + " cannot be read: " + e.getMessage(), "fix it, or move it away");
        }
    }
}
