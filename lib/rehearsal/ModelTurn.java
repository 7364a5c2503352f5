package rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What the stand-in for Anthropic's API answers to a call. */
public sealed interface ModelTurn {
    /**
     * Words, and a tool to be used if there is one.
     *
     * @param stopReason why the answer ends; empty for the usual one
     */
    record Message(String text, Optional<ToolUse> tool, Optional<String> stopReason) implements ModelTurn {}

    record ToolUse(String name, ObjectNode input) {}

    /** An error of the API. {@code type} as Anthropic names it, for instance {@code authentication_error}. */
    record Refusal(int status, String type, String message) implements ModelTurn {}

    /** No answer, until the caller or the stand-in gives up. */
    record Silence() implements ModelTurn {}

    static ModelTurn say(String text) {
        return new Message(text, Optional.empty(), Optional.empty());
    }

    static ModelTurn use(String text, String tool, ObjectNode input) {
        return new Message(text, Optional.of(new ToolUse(tool, input)), Optional.empty());
    }
}
