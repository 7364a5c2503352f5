package codex;

import agent.TokenUsage;
import agent.ToolAction;
import java.util.Locale;

/** What a line of {@code codex exec --json} says, as far as PA uses it. */
sealed interface CodexLine {
    /**
     * Has {@code round} take this line. A line of a new kind does not compile until the round takes it.
     *
     * @param nanos when it was read, of {@link System#nanoTime}
     */
    void tell(CodexRound round, long nanos);

    /** {@code thread.started}: also of a thread that is resumed. */
    record ThreadStarted(String id) implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code item.started} or {@code item.completed} of something that Codex does.
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

    /** What an item is; the names are those of its {@code type}, and of tools in telemetry. */
    enum Kind {
        COMMAND_EXECUTION, FILE_CHANGE, MCP_TOOL_CALL, WEB_SEARCH;

        String tool() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code agent_message}: words to read. The last one stands for the result. */
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

    /** A line to be shown: an {@code error} that is none by itself, a retry, what nobody knows yet. */
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

    /** A line that says nothing to anybody, beside that Codex is alive. */
    record Quiet() implements CodexLine {
        @Override
        public void tell(CodexRound round, long nanos) {}
    }
}
