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

/**
 * What a line of Claude Code's {@code --output-format stream-json} says, as far as PA uses it: what its round is
 * told. The records hold what is told of the larger ones.
 */
@FunctionalInterface
interface StreamLine {
    /** Says nothing to anybody, beside that the worker is alive. */
    StreamLine QUIET = (round, nanos) -> {};

    /** @param nanos when it was read, of {@link System#nanoTime} */
    void tell(Round round, long nanos);

    /** {@code system}/{@code init}: a conversation begins or continues. */
    record Init(Optional<String> session, Optional<String> version, Optional<String> model, Optional<String> permissionMode) {}

    /**
     * {@code assistant}: one content block of an answer; the lines of one answer share {@code messageId} and {@code usage}.
     *
     * @param parent the call that started the speaking sub-agent; empty for the worker itself
     * @param error Claude Code's name for the API error that this line reports, for instance
     *     {@code authentication_failed}
     */
    record Assistant(Optional<String> session, String messageId, Optional<String> model, TokenUsage usage,
            List<String> texts, List<ToolUse> tools, Optional<String> parent, Optional<String> error) {}

    /** The call of a tool. {@code detail} may be exported, see {@link ToolDetail}; {@code input} may not, see {@link ToolInput}. */
    record ToolUse(String id, String tool, String detail, String input, ToolAction action) {}

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
            Map<String, Long> windows) {}

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

    /** @param kind {@code local_bash}, {@code local_agent}, or a kind that PA does not know yet */
    record BackgroundTask(String id, String kind, String description) {}

    /**
     * {@code rate_limit_event} with status {@code rejected}: the account is used up.
     *
     * @param resets when the limit resets
     * @param limit which limit, for instance {@code five_hour}
     */
    record AccountUsedUp(Optional<Instant> resets, Optional<String> limit) {}
}
