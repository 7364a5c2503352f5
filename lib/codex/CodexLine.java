package codex;

import agent.TokenUsage;
import agent.ToolAction;
import java.util.Locale;

/** A line of {@code codex exec --json}, as far as PA uses it. */
sealed interface CodexLine {
    /**
     * Passes this line to {@code round}. A new kind of line does not compile until the round handles it.
     *
     * @param nanos when it was read, of {@link System#nanoTime}
     */
    void tell(CodexRound round, long nanos);

    /** {@code thread.started}; also for a thread that is resumed. */
    record ThreadStarted(String id) implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code item.started} or {@code item.completed} of an action of Codex.
     *
     * @param detail see {@code workers.ToolDetail}
     * @param input see {@code workers.ToolInput}
     * @param reason of a failure, see {@code workers.ToolFailure}; empty otherwise
     */
    record Item(String id, Kind kind, String detail, String input, ToolAction action, boolean completed, boolean success, String reason)
            implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** The kinds of items; the names are those of the item's {@code type}, and of tools in telemetry. */
    enum Kind {
        COMMAND_EXECUTION, FILE_CHANGE, MCP_TOOL_CALL, WEB_SEARCH;

        String tool() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code agent_message}: a message of the model. The last one is the result. */
    record Said(String text) implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code turn.completed}.
     *
     * @param total over the whole thread
     */
    record Completed(TokenUsage total) implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** {@code turn.failed}. */
    record Failed(String message) implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** A line to show to the user: an {@code error} that is not one, a retry, an unknown kind. */
    record Notice(String kind, String text) implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** A line that could not be used. */
    record Unusable(String kind, String text) implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** A line without information, except that Codex is alive. */
    record Quiet() implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {}
    }
}
