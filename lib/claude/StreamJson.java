package claude;

import agent.TokenUsage;
import agent.WorkerReport.Denial;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import workers.LineParser;
import workers.LineReader;
import workers.RecordReader;
import workers.Texts;
import workers.ToolActions;
import workers.ToolDetail;
import workers.ToolFailure;
import workers.ToolInput;
import workers.WorkerJson;

/**
 * Reads Claude Code's stream-json. Fields may be missing or of another type than expected, types may be unknown, lines may not be
 * JSON. Each of these gives a {@link StreamLine}; none gives an exception.
 */
record StreamJson(Path directory) implements LineParser<StreamLine> {
    /** Characters of a line's text that are passed on. */
    static final int MAX_TEXT = 64 << 10;
    private static final int MAX_SHORT = 500;
    private static final int MAX_NAME = 100;
    /** Blocks, results and denials that are read from one line; Claude Code writes one or a few. */
    private static final int MAX_ITEMS = 100;

    /** A line may contain other bytes around its record, and more than one record. */
    @Override
    public StreamLine parse(LineReader line) throws IOException {
        List<StreamLine> records = new ArrayList<>();
        RecordReader record = new RecordReader(line);
        try (JsonParser parser = WorkerJson.MAPPER.createParser(record).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
                JsonParser filtered = new FilteringParserDelegate(parser, Fields.ofLine(), Inclusion.INCLUDE_ALL_AND_PATH,
                        true)) {
            JsonNode node = WorkerJson.MAPPER.readTree(filtered);
            while (node != null && !node.isMissingNode() && records.size() < MAX_ITEMS) {
                if (!node.path("type").isTextual()) {
                    return unusable("garbage", line);
                }
                records.add(known(node, line));
                node = WorkerJson.MAPPER.readTree(filtered);
            }
        } catch (LineReader.TooLong | StreamConstraintsException e) {
            if (records.isEmpty()) {
                line.finish();
                return unusable("too_long", "skipped a line of " + line.length() + " characters: " + head(line));
            }
        } catch (JacksonException e) {
            if (records.isEmpty()) {
                return unusable("garbage", line);
            }
        }
        line.finish();
        return records.isEmpty() ? unusable("garbage", line)
                : records.size() == 1 ? records.get(0) : (round, nanos) -> records.forEach(each -> each.tell(round, nanos));
    }

    @Override
    public StreamLine unreadable(LineReader line) {
        return unusable("garbage", head(line));
    }

    private StreamLine known(JsonNode node, LineReader line) {
        String type = node.path("type").textValue();
        return switch (type) {
            case "assistant" -> assistant(node);
            case "user" -> toolResults(node);
            case "result" -> result(node);
            case "system" -> system(node, line);
            // Parts of a message that comes as a whole later; they only show that Claude Code is alive.
            case "stream_event", "keep_alive", "tool_progress" -> StreamLine.QUIET;
            case "rate_limit_event" -> rateLimit(node, line);
            default -> notice(Texts.oneLine(type, 60), head(line));
        };
    }

    private StreamLine system(JsonNode node, LineReader line) {
        String subtype = node.path("subtype").asText("");
        return switch (subtype) {
            case "init" -> {
                StreamLine.Init init = new StreamLine.Init(text(node, "session_id"), text(node, "claude_code_version"),
                        text(node, "model"), text(node, "permissionMode"));
                yield (round, nanos) -> round.init(init);
            }
            case "api_retry" -> notice(subtype, "attempt " + node.path("attempt").asText("?") + " of "
                    + node.path("max_retries").asText("?") + " failed: " + node.path("error_status").asText("") + " "
                    + Texts.oneLine(node.path("error").asText(""), MAX_SHORT) + ", next in "
                    + WorkerJson.count(node.path("retry_delay_ms")) + " ms");
            case "compact_boundary" -> notice(subtype, "the conversation was compacted ("
                    + node.path("compact_metadata").path("trigger").asText("?") + ", "
                    + node.path("compact_metadata").path("pre_tokens").asText("?") + " tokens before)");
            // The message may contain the whole command, so it is not shown.
            case "permission_denied" -> notice(subtype, Texts.oneLine(node.path("tool_name").asText("a tool")
                    + " (" + node.path("decision_reason_type").asText("denied") + ")", MAX_SHORT));
            case "background_tasks_changed" -> tasks(node);
            case "task_started" -> taskStarted(node, line);
            case "task_notification" -> taskEnded(node);
            case "informational" -> node.path("prevent_continuation").asBoolean(false) ? blocked(node)
                    : notice(subtype, Texts.oneLine(node.path("content").asText(""), MAX_SHORT));
            case "model_refusal_no_fallback" -> {
                Optional<String> model = text(node, "original_model");
                Optional<String> category = text(node, "api_refusal_category");
                yield (round, nanos) -> round.modelRefused(model, category);
            }
            case "status", "task_updated", "task_progress" -> StreamLine.QUIET;
            default -> notice(Texts.oneLine(subtype.isEmpty() ? "system" : subtype, 60), head(line));
        };
    }

    private static StreamLine tasks(JsonNode node) {
        List<StreamLine.BackgroundTask> tasks = new ArrayList<>();
        for (JsonNode task : items(node.path("tasks"))) {
            tasks.add(new StreamLine.BackgroundTask(Texts.oneLine(task.path("task_id").asText(""), MAX_NAME),
                    Texts.oneLine(task.path("task_type").asText("?"), MAX_NAME),
                    Texts.oneLine(task.path("description").asText(""), MAX_NAME)));
        }
        return (round, nanos) -> round.backgroundTasks(tasks);
    }

    private static StreamLine taskStarted(JsonNode node, LineReader line) {
        return text(node, "tool_use_id").filter(id -> node.path("is_backgrounded").asBoolean(false))
                .<StreamLine>map(id -> (round, nanos) -> round.taskStarted(id))
                .orElseGet(() -> notice("task_started", head(line)));
    }

    private static StreamLine taskEnded(JsonNode node) {
        Optional<String> toolUse = text(node, "tool_use_id");
        boolean success = node.path("status").asText("").equals("completed");
        String summary = Texts.oneLine(node.path("summary").asText(""), MAX_SHORT);
        return (round, nanos) -> round.taskEnded(toolUse, success, summary, nanos);
    }

    private static StreamLine blocked(JsonNode node) {
        String reason = node.path("prompt_submit_outcome").path("reason").asText("");
        String because = Texts.oneLine(reason.isBlank() ? node.path("content").asText("") : reason, MAX_SHORT);
        return (round, nanos) -> round.promptBlocked(because);
    }

    private static StreamLine rateLimit(JsonNode node, LineReader line) {
        JsonNode info = node.path("rate_limit_info");
        if (!info.path("status").asText("").equals("rejected")) {
            return notice("rate_limit_event", head(line));
        }
        StreamLine.AccountUsedUp account =
                new StreamLine.AccountUsedUp(WorkerJson.time(info.path("resetsAt")), text(info, "rateLimitType"));
        return (round, nanos) -> round.accountUsedUp(account);
    }

    private StreamLine assistant(JsonNode node) {
        JsonNode message = node.path("message");
        List<String> texts = new ArrayList<>();
        List<StreamLine.ToolUse> tools = new ArrayList<>();
        int room = MAX_TEXT;
        for (JsonNode block : items(message.path("content"))) {
            String type = block.path("type").asText("");
            if (type.equals("text") && !block.path("text").asText("").isBlank()) {
                texts.add(Texts.atMost(block.path("text").asText(), room));
                room = Math.max(0, room - block.path("text").asText().length());
            } else if (type.endsWith("tool_use") && block.path("id").isTextual()) {
                tools.add(new StreamLine.ToolUse(Texts.oneLine(block.path("id").textValue(), MAX_NAME),
                        Texts.oneLine(block.path("name").asText("?"), MAX_NAME),
                        ToolDetail.of(block.path("input"), directory), ToolInput.of(block.path("input")),
                        ToolActions.of(block.path("name").asText(""), block.path("input"))));
            }
        }
        // "<synthetic>" is Claude Code's model name for a message that no model wrote.
        Optional<String> model = text(message, "model").filter(m -> !m.startsWith("<"));
        StreamLine.Assistant answer = new StreamLine.Assistant(text(node, "session_id"), text(message, "id").orElse(""), model,
                usage(message.path("usage")), texts, tools, text(node, "parent_tool_use_id"), text(node, "error"));
        return (round, nanos) -> round.assistant(answer, nanos);
    }

    private static StreamLine toolResults(JsonNode node) {
        List<StreamLine.ToolResult> results = new ArrayList<>();
        for (JsonNode block : items(node.path("message").path("content"))) {
            if (block.path("tool_use_id").isTextual()) {
                boolean failed = block.path("is_error").asBoolean(false);
                results.add(new StreamLine.ToolResult(Texts.oneLine(block.path("tool_use_id").textValue(), MAX_NAME), !failed,
                        failed ? ToolFailure.of(answer(block.path("content"))) : ""));
            }
        }
        return (round, nanos) -> round.toolResults(results, nanos);
    }

    /** A text, or blocks, some of them texts. */
    private static String answer(JsonNode content) {
        StringBuilder text = new StringBuilder(content.asText(""));
        for (JsonNode block : items(content)) {
            text.append(block.path("text").asText("")).append('\n');
        }
        return text.toString();
    }

    private StreamLine result(JsonNode node) {
        JsonNode perModel = node.path("model_usage_since_last_result");
        TokenUsage sinceLast = TokenUsage.NONE;
        for (JsonNode model : perModel) {
            sinceLast = sinceLast.plus(usage(WorkerJson.count(model.path("inputTokens")),
                    WorkerJson.count(model.path("cacheReadInputTokens")),
                    WorkerJson.count(model.path("cacheCreationInputTokens")),
                    WorkerJson.count(model.path("outputTokens")), WorkerJson.count(model.path("thinkingTokens"))));
        }
        List<Denial> denials = new ArrayList<>();
        for (JsonNode denial : items(node.path("permission_denials"))) {
            denials.add(new Denial(Texts.oneLine(denial.path("tool_name").asText("?"), MAX_NAME),
                    ToolDetail.of(denial.path("tool_input"), directory)));
        }
        List<String> errors = new ArrayList<>();
        items(node.path("errors")).forEach(e -> errors.add(Texts.oneLine(e.asText(""), MAX_SHORT)));
        Map<String, Long> windows = new TreeMap<>();
        node.path("modelUsage").properties().forEach(model ->
                windows.put(model.getKey(), WorkerJson.count(model.getValue().path("contextWindow"))));
        StreamLine.Result result = new StreamLine.Result(text(node, "session_id"),
                Texts.oneLine(node.path("subtype").asText(""), 60), text(node, "terminal_reason"),
                // A result without this field is not a success.
                node.path("is_error").asBoolean(true), new StreamLine.ApiFailure(WorkerJson.status(node.path("api_error_status")),
                        text(node, "api_error_type"), text(node, "api_error")),
                node.path("stop_reason").asText("").equals("refusal"), (int) WorkerJson.count(node.path("queued_turn_count")),
                new StreamLine.Spent((int) WorkerJson.count(node.path("num_turns")),
                        Duration.ofMillis(WorkerJson.count(node.path("duration_api_ms"))),
                        WorkerJson.usd(node.path("total_cost_usd")),
                        // Empty is not absent: nothing was used since the last result.
                        perModel.isObject() ? sinceLast : usage(node.path("usage"))),
                Texts.atMost(node.path("result").asText(""), MAX_TEXT), denials, errors, windows);
        return (round, nanos) -> round.result(result, nanos);
    }

    private static List<JsonNode> items(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        for (int i = 0; i < Math.min(array.size(), MAX_ITEMS) && array.isArray(); i++) {
            items.add(array.get(i));
        }
        return items;
    }

    private static TokenUsage usage(JsonNode usage) {
        return usage(WorkerJson.count(usage.path("input_tokens")), WorkerJson.count(usage.path("cache_read_input_tokens")),
                WorkerJson.count(usage.path("cache_creation_input_tokens")), WorkerJson.count(usage.path("output_tokens")),
                WorkerJson.count(usage.path("output_tokens_details").path("thinking_tokens")));
    }

    /** Anthropic counts tokens read from or written to a cache separately; the GenAI conventions include them in the input. */
    private static TokenUsage usage(long input, long cacheRead, long cacheCreation, long output, long thinking) {
        return new TokenUsage(input + cacheRead + cacheCreation, output, cacheRead, cacheCreation, thinking);
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty()
                ? Optional.of(Texts.oneLine(value.textValue(), MAX_SHORT)) : Optional.empty();
    }

    private static StreamLine unusable(String kind, LineReader line) throws IOException {
        line.finish();
        return line.head().isBlank() ? StreamLine.QUIET : unusable(kind, head(line));
    }

    private static StreamLine unusable(String kind, String text) {
        return (round, nanos) -> round.unusable(kind, text);
    }

    private static StreamLine notice(String kind, String text) {
        return (round, nanos) -> round.notice(kind, text);
    }

    private static String head(LineReader line) {
        return Texts.oneLine(line.head(), LineReader.HEAD);
    }
}
