package rehearsal;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for Claude Code where there is none: a program that reads its instruction on standard input, really writes the
 * files and says so in the stream-json that Claude Code writes. It keeps its conversations in its HOME and can resume them,
 * and like Claude Code it tells the cost of the whole conversation. With {@code --json-schema} it is the judge, and answers in that
 * shape.
 *
 * <p>It starts in a fresh JVM each round and so uses nothing but the JDK's core.
 */
public final class WorkerStandIn implements Transcript {
    static final String MODEL = "rehearsal";
    /** No number: it is no version of Claude Code, and whoever asks for one must not find one. */
    private static final String WHO = "stand-in for Claude Code";
    /** What a token of the made-up model costs, in the price table as here: US dollars for a million. */
    private static final BigDecimal PRICE_IN = new BigDecimal("1.00");
    private static final BigDecimal PRICE_CACHED = new BigDecimal("0.10");
    private static final BigDecimal PRICE_OUT = new BigDecimal("4.00");
    private static final int MILLIONTHS = 6;

    private final PrintStream out;
    private final RehearsalScript script;
    private final Path directory;
    private final StandInConversation conversation;
    private int messages;
    private int tools;

    private WorkerStandIn(PrintStream out, RehearsalScript script, Path directory, StandInConversation conversation) {
        this.out = out;
        this.script = script;
        this.directory = directory;
        this.conversation = conversation;
    }

    /** Takes Claude Code's arguments; those that change nothing here are ignored. */
    public static void main(String... arguments) throws Exception {
        PrintStream out = StandInProgram.stdout();
        List<String> given = Arrays.asList(arguments);
        if (given.contains("--version")) {
            out.println(WHO);
            return;
        }
        String instruction = StandInProgram.stdin();
        int shape = given.indexOf("--json-schema");
        if (shape >= 0) {
            out.println(judged(instruction, given.get(shape + 1)));
            return;
        }
        int resume = given.indexOf("--resume");
        String id = resume < 0 ? "" : given.get(resume + 1);
        if (!id.isEmpty() && !StandInConversation.exists(id)) {
            String message = "No conversation found with session ID: " + id;
            out.println("{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,\"num_turns\":0,"
                    + "\"duration_ms\":0,\"duration_api_ms\":0,\"session_id\":" + quote(id) + ",\"total_cost_usd\":0,"
                    + "\"permission_denials\":[],\"errors\":[" + quote(message) + "]}");
            System.err.println(message);
            System.exit(1);
        }
        RehearsalScript script = StandInProgram.script();
        Path directory = Path.of("").toAbsolutePath();
        WorkerStandIn worker = new WorkerStandIn(out, script, directory,
                id.isEmpty() ? StandInConversation.begin() : StandInConversation.load(id));
        new SampleWork(worker, script, directory).round(instruction);
    }

    /** A decision as a result line with {@code structured_output}. */
    private static String judged(String question, String schema) {
        SampleReasoner.Call call = SampleReasoner.decide(Asked.ofQuestion(question, schema));
        RehearsalScript.Decision used = StandInProgram.script().decision(Asked.decisionsIn(question));
        long fresh = used.prompt() - used.cached();
        long output = used.candidates() + used.thoughts();
        BigDecimal cost = PRICE_IN.multiply(BigDecimal.valueOf(fresh)).add(PRICE_CACHED.multiply(BigDecimal.valueOf(used.cached())))
                .add(PRICE_OUT.multiply(BigDecimal.valueOf(output))).movePointLeft(MILLIONTHS);
        return "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":1,\"duration_ms\":1,"
                + "\"duration_api_ms\":0,\"result\":" + quote(call.thought()) + ",\"terminal_reason\":\"completed\","
                + "\"total_cost_usd\":" + cost.toPlainString() + ",\"modelUsage\":{" + quote(MODEL) + ":{\"inputTokens\":" + fresh
                + ",\"outputTokens\":" + output + ",\"cacheReadInputTokens\":" + used.cached() + ",\"cacheCreationInputTokens\":0,"
                + "\"thinkingTokens\":" + used.thoughts() + "}},\"structured_output\":{\"reason\":" + quote(call.thought())
                + ",\"function\":" + quote(call.function()) + ",\"arguments\":" + StandInProgram.object(call.arguments())
                + "},\"permission_denials\":[]}";
    }

    @Override
    public void begin() {
        line("\"type\":\"system\",\"subtype\":\"init\",\"cwd\":" + quote(directory.toString()) + ",\"model\":" + quote(MODEL)
                + ",\"permissionMode\":\"acceptEdits\",\"claude_code_version\":" + quote(WHO)
                + ",\"tools\":[\"Read\",\"Write\",\"Edit\"]");
    }

    @Override
    public void say(String text) {
        message("{\"type\":\"text\",\"text\":" + quote(text) + "}");
    }

    @Override
    public String use(String tool, String file, Map<String, String> more) {
        String id = "toolu_rehearsal_" + conversation.rounds() + "_" + tools++;
        Map<String, String> input = new LinkedHashMap<>();
        input.put("file_path", directory.resolve(file).toString());
        input.putAll(more);
        message("{\"type\":\"tool_use\",\"id\":" + quote(id) + ",\"name\":" + quote(tool) + ",\"input\":"
                + StandInProgram.object(input) + "}");
        return id;
    }

    @Override
    public void answer(String tool, String content, boolean failed) {
        line("\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":"
                + quote(tool) + ",\"content\":" + quote(content) + (failed ? ",\"is_error\":true" : "") + "}]}");
    }

    @Override
    public void end(String said) throws IOException {
        RehearsalScript.Round figures = script.round(conversation.rounds());
        StandInConversation after = conversation.after(figures);
        line("\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":" + (tools + 1)
                + ",\"duration_ms\":1,\"duration_api_ms\":0,\"result\":" + quote(said) + ",\"total_cost_usd\":"
                + after.sum().costUsd().toPlainString() + ",\"usage\":" + usage(figures) + ",\"permission_denials\":[]");
    }

    private void message(String block) {
        line("\"type\":\"assistant\",\"message\":{\"id\":\"msg_rehearsal_" + conversation.rounds() + "_" + messages++
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":" + quote(MODEL) + ",\"content\":[" + block
                + "]},\"parent_tool_use_id\":null");
    }

    private void line(String fields) {
        out.println("{" + fields + ",\"session_id\":" + quote(conversation.id()) + "}");
    }

    private static String usage(RehearsalScript.Round figures) {
        return "{\"input_tokens\":" + figures.input() + ",\"cache_creation_input_tokens\":" + figures.cacheCreation()
                + ",\"cache_read_input_tokens\":" + figures.cacheRead() + ",\"output_tokens\":" + figures.output() + "}";
    }

    private static String quote(String text) {
        return StandInProgram.quote(text);
    }
}
