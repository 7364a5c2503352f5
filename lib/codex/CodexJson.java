package codex;

import agent.TokenUsage;
import agent.ToolAction;
import codex.CodexLine.Kind;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * Reads the lines of {@code codex exec --json}. Fields may be missing or of another type than expected, types may be unknown, lines
 * may not be JSON. Each of these gives a {@link CodexLine}; none gives an exception.
 */
record CodexJson(Path directory) implements LineParser<CodexLine> {
    /** Characters of a line's text that are passed on. */
    private static final int MAX_TEXT = 64 << 10;
    private static final int MAX_SHORT = 500;
    private static final int MAX_NAME = 100;
    private static final Map<String, Kind> KINDS = Map.of("command_execution", Kind.COMMAND_EXECUTION, "file_change",
            Kind.FILE_CHANGE, "mcp_tool_call", Kind.MCP_TOOL_CALL, "web_search", Kind.WEB_SEARCH);
    /** Codex runs each command in a shell: {@code /bin/bash -lc 'make test'}. */
    private static final Pattern SHELL = Pattern.compile("(?:\\S*/)?(?:ba|z|da)?sh -l?c ['\"]?(.*)", Pattern.DOTALL);

    @Override
    public CodexLine parse(LineReader line) throws IOException {
        JsonNode node;
        try {
            node = WorkerJson.MAPPER.readTree(new RecordReader(line));
        } catch (LineReader.TooLong | StreamConstraintsException e) {
            line.finish();
            return unusable("too_long", "skipped a line of " + line.length() + " characters: " + head(line));
        } catch (JacksonException e) {
            line.finish();
            return unusable(line);
        }
        line.finish();
        return node == null || !node.path("type").isTextual() ? unusable(line) : known(node, line);
    }

    @Override
    public CodexLine unreadable(LineReader line) {
        return unusable(line);
    }

    private CodexLine known(JsonNode node, LineReader line) {
        String type = node.path("type").textValue();
        return switch (type) {
            case "thread.started" -> threadStarted(Texts.oneLine(node.path("thread_id").asText(""), MAX_NAME));
            case "turn.started", "item.updated" -> CodexLine.QUIET;
            case "item.started" -> item(node.path("item"), false, line);
            case "item.completed" -> item(node.path("item"), true, line);
            case "turn.completed" -> completed(usage(node.path("usage")));
            case "turn.failed" -> failed(Texts.oneLine(node.at("/error/message").asText(""), MAX_SHORT));
            case "error" -> notice("error", Texts.oneLine(node.path("message").asText(""), MAX_SHORT));
            default -> notice(Texts.oneLine(type, 60), head(line));
        };
    }

    private CodexLine item(JsonNode item, boolean completed, LineReader line) {
        String type = item.path("type").asText("");
        Kind kind = KINDS.get(type);
        if (kind != null) {
            String status = item.path("status").asText("");
            // An item without a status has ended.
            boolean success = completed && (status.isEmpty() || status.equals("completed"));
            CodexLine.Item done = new CodexLine.Item(Texts.oneLine(item.path("id").asText(""), MAX_NAME), kind,
                    detail(kind, item), input(kind, item), action(kind, item), completed, success,
                    completed && !success ? reason(item, status) : "");
            return (round, nanos) -> round.item(done, nanos);
        }
        return switch (type) {
            case "agent_message" -> completed ? said(Texts.atMost(item.path("text").asText(""), MAX_TEXT))
                    : CodexLine.QUIET;
            case "error" -> notice("error", Texts.oneLine(item.path("message").asText(""), MAX_SHORT));
            case "reasoning", "todo_list" -> CodexLine.QUIET;
            default -> completed ? notice(Texts.oneLine(type.isEmpty() ? "item" : type, 60), head(line))
                    : CodexLine.QUIET;
        };
    }

    private String detail(Kind kind, JsonNode item) {
        return switch (kind) {
            case COMMAND_EXECUTION -> ToolDetail.program(inner(item.path("command").asText("")));
            case FILE_CHANGE -> ToolDetail.of(JsonNodeFactory.instance.objectNode().put("file_path",
                    item.at("/changes/0/path").asText("")), directory);
            case MCP_TOOL_CALL -> Texts.oneLine(item.path("server").asText(""), MAX_NAME);
            case WEB_SEARCH -> "";
        };
    }

    private static String input(Kind kind, JsonNode item) {
        return switch (kind) {
            case COMMAND_EXECUTION -> ToolInput.command(wholeInner(item.path("command").asText("")));
            case MCP_TOOL_CALL -> Texts.oneLine(item.path("server").asText("") + " " + item.path("tool").asText(""), MAX_NAME);
            case WEB_SEARCH -> ToolInput.of(item);
            case FILE_CHANGE -> "";
        };
    }

    private static String reason(JsonNode item, String status) {
        JsonNode exit = item.path("exit_code");
        String said = ToolFailure.ofCommand(exit.canConvertToInt() && exit.isIntegralNumber() ? OptionalInt.of(exit.intValue())
                : OptionalInt.empty(), item.path("aggregated_output").asText(item.at("/error/message").asText("")));
        return said.isEmpty() ? Texts.oneLine(status, MAX_NAME) : said;
    }

    /** The command that the shell runs, without the shell's own quotes. */
    private static String wholeInner(String command) {
        Matcher shell = SHELL.matcher(command);
        if (!shell.matches()) {
            return command;
        }
        String rest = shell.group(1);
        char before = command.charAt(shell.start(1) - 1);
        return (before == '\'' || before == '"') && rest.endsWith(String.valueOf(before))
                ? rest.substring(0, rest.length() - 1) : rest;
    }

    private static ToolAction action(Kind kind, JsonNode item) {
        return switch (kind) {
            case COMMAND_EXECUTION -> ToolActions.ofCommand(inner(item.path("command").asText("")));
            // The line names the files, but not the changes in them.
            case FILE_CHANGE -> new ToolAction(ToolAction.Kind.EDIT, "");
            case MCP_TOOL_CALL, WEB_SEARCH -> ToolAction.UNKNOWN;
        };
    }

    private static String inner(String command) {
        Matcher shell = SHELL.matcher(command);
        return shell.matches() ? shell.group(1) : command;
    }

    private static TokenUsage usage(JsonNode usage) {
        // Both parts of the cache are included in the input.
        return new TokenUsage(WorkerJson.count(usage.path("input_tokens")), WorkerJson.count(usage.path("output_tokens")),
                WorkerJson.count(usage.path("cached_input_tokens")), WorkerJson.count(usage.path("cache_write_input_tokens")),
                WorkerJson.count(usage.path("reasoning_output_tokens")));
    }

    private static CodexLine unusable(LineReader line) {
        return line.head().isBlank() ? CodexLine.QUIET : unusable("garbage", head(line));
    }

    private static CodexLine threadStarted(String id) {
        return (round, nanos) -> round.threadStarted(id);
    }

    private static CodexLine said(String text) {
        return (round, nanos) -> round.said(text);
    }

    private static CodexLine completed(TokenUsage total) {
        return (round, nanos) -> round.completed(total, nanos);
    }

    private static CodexLine failed(String message) {
        return (round, nanos) -> round.failed(message, nanos);
    }

    private static CodexLine notice(String kind, String text) {
        return (round, nanos) -> round.notice(kind, text, nanos);
    }

    private static CodexLine unusable(String kind, String text) {
        return (round, nanos) -> round.unusable(kind, text);
    }

    private static String head(LineReader line) {
        return Texts.oneLine(line.head(), LineReader.HEAD);
    }
}
