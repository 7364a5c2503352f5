package claude;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that PA passes with {@code --settings}. They win over the user's files; managed settings win over them. Settings
 * with variables are written to a file that only this user can read, for the time of the round: the header of an endpoint is a
 * secret, and everybody can read a command line.
 */
final class ClaudeSettings implements AutoCloseable {
    private final Optional<String> json;
    private final Optional<Path> file;

    private ClaudeSettings(Optional<String> json, Optional<Path> file) {
        this.json = json;
        this.file = file;
    }

    /**
     * @param allowed the exact command that the Bash tool may run
     * @param variables to set, even if the {@code env} block of the user's settings says otherwise
     * @throws IOException when the file cannot be written
     */
    static ClaudeSettings of(Optional<String> allowed, Map<String, String> variables) throws IOException {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        allowed.filter(ClaudeSettings::literal)
                .ifPresent(command -> settings.putObject("permissions").putArray("allow").add("Bash(" + command + ")"));
        if (variables.isEmpty()) {
            return new ClaudeSettings(settings.isEmpty() ? Optional.empty() : Optional.of(settings.toString()),
                    Optional.empty());
        }
        ObjectNode env = settings.putObject("env");
        variables.forEach(env::put);
        Path file = Files.createTempFile("pa-settings-", ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, settings.toString());
        return new ClaudeSettings(Optional.empty(), Optional.of(file));
    }

    /** The value of {@code --settings}; empty when there is nothing to set. */
    Optional<String> argument() {
        return json.or(() -> file.map(Path::toString));
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }

    /**
     * Whether a rule with this command matches exactly this command; other arguments stay denied (measured with 2.1.332). A star
     * would be a pattern.
     */
    private static boolean literal(String command) {
        return command.indexOf('*') < 0 && command.indexOf('\n') < 0;
    }
}
