package codex;

import agent.ToolAction;
import java.util.Locale;

/** What a line of {@code codex exec --json} says, as far as PA uses it: what its round is told. */
@FunctionalInterface
interface CodexLine {
    /** Says nothing to anybody, beside that Codex is alive. */
    CodexLine QUIET = (round, nanos) -> {};

    /** @param nanos when it was read, of {@link System#nanoTime} */
    void tell(CodexRound round, long nanos);

    /**
     * {@code item.started} or {@code item.completed} of an action of Codex.
     *
     * @param detail see {@code workers.ToolDetail}
     * @param input see {@code workers.ToolInput}
     * @param reason of a failure, see {@code workers.ToolFailure}; empty otherwise
     */
    record Item(String id, Kind kind, String detail, String input, ToolAction action, boolean completed, boolean success,
            String reason) {}

    /** The kinds of items; the names are those of the item's {@code type}, and of tools in telemetry. */
    enum Kind {
        COMMAND_EXECUTION, FILE_CHANGE, MCP_TOOL_CALL, WEB_SEARCH;

        String tool() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
