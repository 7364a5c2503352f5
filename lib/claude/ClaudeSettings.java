package claude;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The settings that PA passes with {@code --settings}, beside the user's own files. */
final class ClaudeSettings {
    private ClaudeSettings() {}

    /**
     * Settings that allow one command of the Bash tool, exactly as it stands; other arguments stay denied (measured with
     * 2.1.332). Empty for a command that the rule would read as a pattern.
     */
    static Optional<String> allowing(String commandLine) {
        if (commandLine.indexOf('*') >= 0 || commandLine.indexOf('\n') >= 0) {
            return Optional.empty();
        }
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("permissions").putArray("allow").add("Bash(" + commandLine + ")");
        return Optional.of(settings.toString());
    }
}
