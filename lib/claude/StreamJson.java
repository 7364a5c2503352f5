package claude;

import agent.TokenUsage;
import agent.Usd;
import agent.WorkerReport.Denial;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import workers.LineParser;
import workers.LineReader;
import workers.Texts;
import workers.ToolDetail;

/**
 * Reads Claude Code's stream-json. Fields may be missing or of another type than expected, types may be unknown, lines may
 * be no JSON: each gives a {@link StreamLine}, nothing an exception.
 */
final class StreamJson implements LineParser<StreamLine> {
    /** A single value longer than this makes its line unusable; only values that are read count, not those skipped. */
    static final int MAX_VALUE = 4 << 20;
    /** Characters of a line's text that are handed on. */
    static final int MAX_TEXT = 64 << 10;
    private static final int MAX_SHORT = 500;
    private static final int MAX_NAME = 100;
    /** Blocks, results and denials that are read of one line; Claude Code writes one or a few. */
    private static final int MAX_ITEMS = 100;
    /** Ten places after the point: what a token costs, without the noise of the sender's binary fractions. */
    private static final int USD_SCALE = 10;

    private final ObjectMapper mapper;
    private final Path directory;

    StreamJson(Path directory) {
        this.directory = directory;
        JsonFactory factory = JsonFactory.builder().streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(MAX_VALUE).maxDocumentLength(-1).build()).build();
        mapper = new ObjectMapper(factory).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    @Override
    public StreamLine parse(LineReader line) throws IOException {
        JsonNode node;
        try (JsonParser parser = mapper.createParser(line).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
                JsonParser filtered = new FilteringParserDelegate(parser, Fields.ofLine(), Inclusion.INCLUDE_ALL_AND_PATH,
                        true)) {
            node = mapper.readTree(filtered);
            if (parser.nextToken() != null) {
                return unusable("garbage", line);
            }
        } catch (LineReader.TooLong | StreamConstraintsException e) {
            line.finish();
            return new StreamLine.Unusable("too_long", "skipped a line of " + line.length() + " characters: " + head(line));
        } catch (JacksonException e) {
            return unusable("garbage", line);
        }
        if (node == null || node.isMissingNode()) {
            return line.head().isBlank() ? new StreamLine.Quiet() : unusable("garbage", line);
        }
        return node.path("type").isTextual() ? known(node, line) : unusable("garbage", line);
    }

    private StreamLine known(JsonNode node, LineReader line) {
        String type = node.path("type").textValue();
        return switch (type) {
            case "assistant" -> assistant(node);
            case "user" -> toolResults(node);
            case "result" -> result(node);
            case "system" -> system(node, line);
            // Pieces of what comes as a whole line afterwards, and proof of life.
            case "stream_event", "keep_alive", "tool_progress" -> new StreamLine.Quiet();
            case "rate_limit_event" -> new StreamLine.Notice(type, head(line));
            default -> new StreamLine.Notice(Texts.oneLine(type, 60), head(line));
        };
    }

    private StreamLine system(JsonNode node, LineReader line) {
        String subtype = node.path("subtype").asText("");
        return switch (subtype) {
            case "init" -> new StreamLine.Init(text(node, "session_id"), text(node, "claude_code_version"),
                    text(node, "model"), text(node, "permissionMode"));
            case "api_retry" -> new StreamLine.Notice(subtype, "attempt " + node.path("attempt").asText("?") + " of "
                    + node.path("max_retries").asText("?") + " failed: " + node.path("error_status").asText("") + " "
                    + Texts.oneLine(node.path("error").asText(""), MAX_SHORT) + ", next in "
                    + node.path("retry_delay_ms").asLong(0) + " ms");
            case "compact_boundary" -> new StreamLine.Notice(subtype, "the conversation was compacted ("
                    + node.path("compact_metadata").path("trigger").asText("?") + ", "
                    + node.path("compact_metadata").path("pre_tokens").asText("?") + " tokens before)");
            // Its message may hold the whole command, so that it is not shown.
            case "permission_denied" -> new StreamLine.Notice(subtype, Texts.oneLine(node.path("tool_name").asText("a tool")
                    + " (" + node.path("decision_reason_type").asText("denied") + ")", MAX_SHORT));
            case "status" -> new StreamLine.Quiet();
            default -> new StreamLine.Notice(Texts.oneLine(subtype.isEmpty() ? "system" : subtype, 60), head(line));
        };
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
                        ToolDetail.of(block.path("input"), directory)));
            }
        }
        // "<synthetic>" is Claude Code's own word for a message that no model wrote.
        Optional<String> model = text(message, "model").filter(m -> !m.startsWith("<"));
        return new StreamLine.Assistant(text(node, "session_id"), text(message, "id").orElse(""), model,
                usage(message.path("usage")), texts, tools, node.path("parent_tool_use_id").isTextual(),
                text(node, "error"));
    }

    private static StreamLine toolResults(JsonNode node) {
        List<StreamLine.ToolResult> results = new ArrayList<>();
        for (JsonNode block : items(node.path("message").path("content"))) {
            if (block.path("tool_use_id").isTextual()) {
                results.add(new StreamLine.ToolResult(Texts.oneLine(block.path("tool_use_id").textValue(), MAX_NAME),
                        !block.path("is_error").asBoolean(false)));
            }
        }
        return new StreamLine.ToolResults(results);
    }

    private StreamLine result(JsonNode node) {
        TokenUsage perModel = TokenUsage.NONE;
        for (JsonNode model : node.path("model_usage_since_last_result")) {
            perModel = perModel.plus(usage(model.path("inputTokens").asLong(), model.path("cacheReadInputTokens").asLong(),
                    model.path("cacheCreationInputTokens").asLong(), model.path("outputTokens").asLong(),
                    model.path("thinkingTokens").asLong()));
        }
        List<Denial> denials = new ArrayList<>();
        for (JsonNode denial : items(node.path("permission_denials"))) {
            denials.add(new Denial(Texts.oneLine(denial.path("tool_name").asText("?"), MAX_NAME),
                    ToolDetail.of(denial.path("tool_input"), directory)));
        }
        List<String> errors = new ArrayList<>();
        items(node.path("errors")).forEach(e -> errors.add(Texts.oneLine(e.asText(""), MAX_SHORT)));
        JsonNode status = node.path("api_error_status");
        return new StreamLine.Result(text(node, "session_id"), Texts.oneLine(node.path("subtype").asText(""), 60),
                // A result that does not say is no success.
                node.path("is_error").asBoolean(true),
                status.canConvertToInt() && status.isNumber() ? OptionalInt.of(status.intValue()) : OptionalInt.empty(),
                node.path("num_turns").asInt(0), Duration.ofMillis(Math.max(0, node.path("duration_api_ms").asLong(0))),
                usd(node.path("total_cost_usd")), perModel.total() > 0 ? perModel : usage(node.path("usage")),
                Texts.atMost(node.path("result").asText(""), MAX_TEXT), denials, errors);
    }

    private static List<JsonNode> items(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        for (int i = 0; i < Math.min(array.size(), MAX_ITEMS) && array.isArray(); i++) {
            items.add(array.get(i));
        }
        return items;
    }

    private static TokenUsage usage(JsonNode usage) {
        return usage(usage.path("input_tokens").asLong(), usage.path("cache_read_input_tokens").asLong(),
                usage.path("cache_creation_input_tokens").asLong(), usage.path("output_tokens").asLong(),
                usage.path("output_tokens_details").path("thinking_tokens").asLong());
    }

    /** Anthropic counts what came from or went into a cache apart; the GenAI conventions count it into the input. */
    private static TokenUsage usage(long input, long cacheRead, long cacheCreation, long output, long thinking) {
        return new TokenUsage(input + cacheRead + cacheCreation, output, cacheRead, cacheCreation, thinking);
    }

    private static Optional<Usd> usd(JsonNode amount) {
        if (!amount.isNumber() || amount.decimalValue().signum() < 0) {
            return Optional.empty();
        }
        BigDecimal rounded = amount.decimalValue().setScale(USD_SCALE, RoundingMode.HALF_UP).stripTrailingZeros();
        return Optional.of(new Usd(rounded.scale() < 0 ? rounded.setScale(0) : rounded));
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty()
                ? Optional.of(Texts.oneLine(value.textValue(), MAX_SHORT)) : Optional.empty();
    }

    private static StreamLine unusable(String kind, LineReader line) throws IOException {
        line.finish();
        return line.head().isBlank() ? new StreamLine.Quiet() : new StreamLine.Unusable(kind, head(line));
    }

    private static String head(LineReader line) {
        return Texts.oneLine(line.head(), LineReader.HEAD);
    }
}
