package claude;

import agent.TokenUsage;
import agent.Usd;
import agent.WorkerReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import workers.CostLedger;
import workers.ToolDetail;

/** What a line of Claude Code's {@code --output-format stream-json} says, as far as PA uses it. */
sealed interface StreamLine {
    /** {@code system}/{@code init}: a conversation begins or goes on. */
    record Init(Optional<String> session, Optional<String> version, Optional<String> model, Optional<String> permissionMode)
            implements StreamLine {}

    /**
     * {@code assistant}: one content block of an answer; the lines of one answer share {@code messageId} and {@code usage}.
     *
     * @param subagent whether a sub-agent speaks, not the worker itself
     * @param error Claude Code's own word for an API error that this line stands for, for instance
     *     {@code authentication_failed}
     */
    record Assistant(Optional<String> session, String messageId, Optional<String> model, TokenUsage usage,
            List<String> texts, List<ToolUse> tools, boolean subagent, Optional<String> error) implements StreamLine {}

    /** A tool is asked for. {@code detail} is harmless and bounded, see {@link ToolDetail}. */
    record ToolUse(String id, String tool, String detail) {}

    /** {@code user}: results of tools. */
    record ToolResults(List<ToolResult> results) implements StreamLine {}

    record ToolResult(String id, boolean success) {}

    /**
     * {@code result}: how the turn ended.
     *
     * @param totalCost of the conversation or of the process, by version: see {@link CostLedger}
     * @param usage of this turn, the sub-agents' included where it is told
     * @param errors what it says went wrong
     */
    record Result(Optional<String> session, String subtype, boolean isError, OptionalInt apiErrorStatus, int turns,
            Duration apiTime, Optional<Usd> totalCost, TokenUsage usage, String text, List<WorkerReport.Denial> denials,
            List<String> errors) implements StreamLine {}

    /** A line to be shown: retries, compaction, hooks, and what nobody knows yet. */
    record Notice(String kind, String text) implements StreamLine {}

    /** A line that could not be used. */
    record Unusable(String kind, String text) implements StreamLine {}

    /** A line that says nothing to anybody, beside that the worker is alive. */
    record Quiet() implements StreamLine {}
}
