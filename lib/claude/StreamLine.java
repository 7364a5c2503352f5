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

/** What a line of Claude Code's {@code --output-format stream-json} says, as far as PA uses it. */
sealed interface StreamLine {
    /**
     * Has {@code round} take this line. A line of a new kind does not compile until the round takes it.
     *
     * @param nanos when it was read, of {@link System#nanoTime}
     */
    void tell(Round round, long nanos);

    /** Whether it says more than that Claude Code is alive. */
    default boolean news() {
        return true;
    }

    /** {@code system}/{@code init}: a conversation begins or goes on. */
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
     * @param parent the call of the sub-agent that speaks; empty when it is the worker itself
     * @param error Claude Code's own word for an API error that this line stands for, for instance
     *     {@code authentication_failed}
     */
    record Assistant(Optional<String> session, String messageId, Optional<String> model, TokenUsage usage,
            List<String> texts, List<ToolUse> tools, Optional<String> parent, Optional<String> error) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** A tool is asked for. {@code detail} is harmless, see {@link ToolDetail}; {@code input} is not, see {@link ToolInput}. */
    record ToolUse(String id, String tool, String detail, String input, ToolAction action) {}

    /** {@code user}: results of tools. */
    record ToolResults(List<ToolResult> results) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** @param reason of a failure in a line; empty otherwise, see {@link ToolFailure} */
    record ToolResult(String id, boolean success, String reason) {}

    /**
     * {@code result}: how the turn ended.
     *
     * @param terminalReason why there is no further turn, for instance {@code completed}, {@code prompt_too_long}
     * @param refused whether the model's safeguards stopped it ({@code stop_reason} is {@code refusal})
     * @param queued turns that are to follow in this process
     * @param errors what it says went wrong
     * @param windows how many tokens each model can be sent
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
     * What a result tells of the API; nothing where all went well.
     *
     * @param type the API's own word, for instance {@code billing_error}
     * @param name Claude Code's own word for what is no answer of the API, for instance {@code connection_failed}
     */
    record ApiFailure(OptionalInt status, Optional<String> type, Optional<String> name) {}

    /**
     * What a turn took.
     *
     * @param totalCost of the conversation or of the process, by version: see {@link CostLedger}
     * @param usage since the result before, the sub-agents' included where it is told
     */
    record Spent(int turns, Duration apiTime, Optional<Usd> totalCost, TokenUsage usage) {}

    /** {@code system}/{@code background_tasks_changed}: all that runs in the background now. */
    record BackgroundTasks(List<BackgroundTask> tasks) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** @param kind {@code local_bash}, {@code local_agent}, or what nobody knows yet */
    record BackgroundTask(String id, String kind, String description) {}

    /** {@code system}/{@code task_started} of a call that goes on in the background after it has been answered. */
    record TaskStarted(String toolUse) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code system}/{@code task_notification}: something in the background has ended, and Claude Code will tell the model.
     *
     * @param toolUse the call that started it
     * @param success whether it ended by itself and well
     */
    record TaskEnded(Optional<String> toolUse, boolean success, String summary) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /** {@code system}/{@code informational} with {@code prevent_continuation}: a hook took the prompt away. */
    record PromptBlocked(String reason) implements StreamLine {
        @Override
        public void tell(Round round, long nanos) {
            round.on(this, nanos);
        }
    }

    /**
     * {@code system}/{@code model_refusal_no_fallback}: the model's safeguards stopped it, and no other model was to take over.
     *
     * @param category the API's word for what it is about, where it says so
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
     * @param resets when there is something again
     * @param limit which one, for instance {@code five_hour}
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

    /** A line to be shown: retries, compaction, hooks, and what nobody knows yet. */
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

    /** A line that says nothing to anybody, beside that the worker is alive. */
    record Quiet() implements StreamLine {
        @Override
        public boolean news() {
            return false;
        }

        @Override
        public void tell(Round round, long nanos) {}
    }
}
