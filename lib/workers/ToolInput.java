package workers;

import com.fasterxml.jackson.databind.JsonNode;
import contract.SecretShapes;

/**
 * What a tool is asked to do, for its user's own eyes: the command, the pattern, the question, without the secrets in it. It
 * stands in the journal and on the terminal and is never exported; what is exported is {@link ToolDetail}.
 */
public final class ToolInput {
    /** Characters of a command that are kept; a here-document goes on and on. */
    private static final int LIMIT = 2_000;

    private ToolInput() {}

    /** Empty where {@link ToolDetail} says it all, as for a file that is read or written. */
    public static String of(JsonNode input) {
        if (input.path("command").isTextual()) {
            return command(input.path("command").textValue());
        }
        for (String key : new String[] {"pattern", "query", "url", "description"}) {
            if (input.path(key).isTextual()) {
                return Texts.atMost(SecretShapes.hide(Texts.atMost(input.path(key).textValue(), LIMIT)).strip(), LIMIT);
            }
        }
        return "";
    }

    /** A command of a shell. */
    public static String command(String command) {
        return Texts.atMost(CommandText.redacted(Texts.atMost(command, 2 * LIMIT)).strip(), LIMIT);
    }
}
