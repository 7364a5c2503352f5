package claude;

import com.fasterxml.jackson.core.filter.TokenFilter;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of a stream-json line that PA reads. All others (file contents, lists of commands) are skipped during parsing and never
 * kept in memory; {@code workers.RecordReader} limits the length of a tool's answer. A filter is for one line: it also limits the
 * number of fields and elements that are kept.
 */
final class Fields extends TokenFilter {
    /** Fields and array elements kept from one line; a real line has some hundred at most. */
    private static final int MAX_KEPT = 20_000;
    private static final String ANY = "*";

    private static final Map<String, Object> USAGE = leaves("input_tokens", "output_tokens", "cache_read_input_tokens",
            "cache_creation_input_tokens").and("output_tokens_details", leaves("thinking_tokens").map).map;
    private static final Map<String, Object> MODEL_USAGE = leaves().and(ANY, leaves("inputTokens", "outputTokens",
            "cacheReadInputTokens", "cacheCreationInputTokens", "thinkingTokens").map).map;
    private static final Map<String, Object> WINDOWS = leaves().and(ANY, leaves("contextWindow").map).map;
    private static final Map<String, Object> TOOL_INPUT =
            leaves("file_path", "notebook_path", "path", "command", "url", "subagent_type", "pattern", "query", "description", "offset",
                    "limit", "pages", "glob", "type", "output_mode", "head_limit", "-A", "-B", "-C", "-i", "old_string",
                    "new_string").map;
    private static final Map<String, Object> MESSAGE = leaves("id", "model").and("usage", USAGE)
            .and("content", leaves("type", "text", "id", "name", "tool_use_id", "is_error")
                    .and("input", TOOL_INPUT).and("content", leaves("text").map).map).map;
    private static final Map<String, Object> LINE = leaves("type", "subtype", "session_id", "parent_tool_use_id", "error",
            "model", "permissionMode", "claude_code_version", "is_error", "api_error_status", "num_turns", "duration_api_ms",
            "total_cost_usd", "result", "errors", "tool_name", "tool_use_id", "decision_reason_type", "attempt",
            "max_retries", "retry_delay_ms", "error_status", "hook_name", "hook_event", "exit_code", "status", "terminal_reason",
            "api_error_type", "api_error", "stop_reason", "original_model", "api_refusal_category", "queued_turn_count",
            "prevent_continuation", "content", "summary", "is_backgrounded")
            .and("message", MESSAGE).and("usage", USAGE).and("model_usage_since_last_result", MODEL_USAGE)
            .and("modelUsage", WINDOWS)
            .and("tasks", leaves("task_id", "task_type", "description").map)
            .and("prompt_submit_outcome", leaves("kind", "reason").map)
            .and("rate_limit_info", leaves("status", "resetsAt", "rateLimitType").map)
            .and("compact_metadata", leaves("trigger", "pre_tokens").map)
            .and("permission_denials", leaves("tool_name", "tool_use_id").and("tool_input", TOOL_INPUT).map).map;

    private final Map<String, Object> wanted;
    private final int[] kept;

    private Fields(Map<String, Object> wanted, int[] kept) {
        this.wanted = wanted;
        this.kept = kept;
    }

    /** The filter for one line. */
    static Fields ofLine() {
        return new Fields(LINE, new int[1]);
    }

    @Override
    public TokenFilter includeProperty(String name) {
        Object field = wanted.getOrDefault(name, wanted.get(ANY));
        return field == null || ++kept[0] > MAX_KEPT ? null : filter(field);
    }

    @Override
    public TokenFilter includeElement(int index) {
        return ++kept[0] > MAX_KEPT ? null : this;
    }

    /** Empty is not the same as absent: "no usage since the last result" differs from "usage unknown". */
    @Override
    public boolean includeEmptyObject(boolean contentsFiltered) {
        return true;
    }

    @SuppressWarnings("unchecked")
    private TokenFilter filter(Object field) {
        return new Fields((Map<String, Object>) field, kept);
    }

    private static Builder leaves(String... names) {
        Builder builder = new Builder();
        for (String name : names) {
            builder.map.put(name, Map.of());
        }
        return builder;
    }

    private static final class Builder {
        private final Map<String, Object> map = new HashMap<>();

        Builder and(String name, Map<String, Object> fields) {
            map.put(name, fields);
            return this;
        }
    }
}
