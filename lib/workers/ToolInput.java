package workers;

import com.fasterxml.jackson.databind.JsonNode;
import contract.SecretShapes;

/**
 * The input of a tool for the user of this machine: the command, the pattern, the question, without secrets. It is kept in the
 * journal and shown on the terminal, but never exported; {@link ToolDetail} is the part for export.
 */
public final class ToolInput {
    /** The longest command in characters; a here-document can be very long. */
    private static final int LIMIT = 2_000;

    private ToolInput() {}

    /** Empty where {@link ToolDetail} already says everything, as for a file that is read or written. */
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
