package claude;

import agent.TokenUsage;
import agent.ToolAction;
import agent.Usd;
import agent.WorkerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import workers.CostLedger;
import workers.ToolDetail;
import workers.ToolFailure;
import workers.ToolInput;

/** A line of Claude Code's {@code --output-format stream-json}, as far as PA uses it. */
sealed interface StreamLine {
    /**
     * Passes this line to {@code round}. A new kind of line does not compile until the round handles it.
     *
     * @param nanos when it was read, of {@link System#nanoTime}
     */
    void tell(Round round, long nanos);

    /** Whether the line contains more than a sign that Claude Code is alive. */
    default boolean news() {
        return true;
    }

    /** {@code system}/{@code init}: a conversation begins or continues. */
    record Init(Optional<String> session, Optional<String> version, Optional<String> model, Optional<String> permissionMode)
            implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code assistant}: one content block of an answer; the lines of one answer share {@code messageId} and {@code usage}.
     *
     * @param parent the call that started the speaking sub-agent; empty for the worker itself
     * @param error Claude Code's name for the API error that this line reports, for instance
     *     {@code authentication_failed}
     */
    record Assistant(Optional<String> session, String messageId, Optional<String> model, TokenUsage usage,
            List<String> texts, List<ToolUse> tools, Optional<String> parent, Optional<String> error) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** The call of a tool. {@code detail} may be exported, see {@link ToolDetail}; {@code input} may not, see {@link ToolInput}. */
    record ToolUse(String id, String tool, String detail, String input, ToolAction action) {}

    /** {@code user}: results of tools. */
    record ToolResults(List<ToolResult> results) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** @param reason of a failure, in one line; empty otherwise, see {@link ToolFailure} */
    record ToolResult(String id, boolean success, String reason) {}

    /**
     * {@code result}: the end of the turn.
     *
     * @param terminalReason why there is no further turn, for instance {@code completed}, {@code prompt_too_long}
     * @param refused whether the model's safeguards stopped it ({@code stop_reason} is {@code refusal})
     * @param queued the number of turns that follow in this process
     * @param errors the reported errors
     * @param windows the size of each model's context window, in tokens
     */
    record Result(Optional<String> session, String subtype, Optional<String> terminalReason, boolean isError, ApiFailure api,
            boolean refused, int queued, Spent spent, String text, List<WorkerReport.Denial> denials, List<String> errors,
            Map<String, Long> windows) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * The API's error in a result; all fields are empty when there was none.
     *
     * @param type the API's own name, for instance {@code billing_error}
     * @param name Claude Code's name for an error without an answer of the API, for instance {@code connection_failed}
     */
    record ApiFailure(OptionalInt status, Optional<String> type, Optional<String> name) {}

    /**
     * What a turn used.
     *
     * @param totalCost of the conversation or of the process, depending on the version: see {@link CostLedger}
     * @param usage since the last result, including the sub-agents' if the line has it
     */
    record Spent(int turns, Duration apiTime, Optional<Usd> totalCost, TokenUsage usage) {}

    /** {@code system}/{@code background_tasks_changed}: everything that runs in the background now. */
    record BackgroundTasks(List<BackgroundTask> tasks) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** @param kind {@code local_bash}, {@code local_agent}, or a kind that PA does not know yet */
    record BackgroundTask(String id, String kind, String description) {}

    /** {@code system}/{@code task_started} of a call that continues in the background after its answer. */
    record TaskStarted(String toolUse) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code system}/{@code task_notification}: a background task has ended, and Claude Code will tell the model.
     *
     * @param toolUse the call that started the task
     * @param success whether the task ended by itself and succeeded
     */
    record TaskEnded(Optional<String> toolUse, boolean success, String summary) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** {@code system}/{@code informational} with {@code prevent_continuation}: a hook blocked the prompt. */
    record PromptBlocked(String reason) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code system}/{@code model_refusal_no_fallback}: the model's safeguards stopped it, and there was no other model to continue.
     *
     * @param category the API's category of the content, if it names one
     */
    record ModelRefused(Optional<String> model, Optional<String> category) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code rate_limit_event} with status {@code rejected}: the account is used up.
     *
     * @param resets when the limit resets
     * @param limit which limit, for instance {@code five_hour}
     */
    record AccountUsedUp(Optional<Instant> resets, Optional<String> limit) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** Several records on one line. */
    record Several(List<StreamLine> lines) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            lines.forEach(line -> line.tell(round, nanos));
        }
    }

    /** A line to show to the user: retries, compaction, hooks, and unknown kinds. */
    record Notice(String kind, String text) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** A line that could not be used. */
    record Unusable(String kind, String text) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** A line without information, except that the worker is alive. */
    record Quiet() implements StreamLine {
        @Override
        public boolean news() {
            return false;
        }

        @Override
        public void tell(Round round, long nanos) {}
    }
}
