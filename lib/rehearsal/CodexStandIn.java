package rehearsal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for Codex: a program that reads its instruction on standard input, really writes the files and says so in the lines of
 * {@code codex exec --json}. It keeps its threads in its HOME and can resume them, and like Codex it tells the tokens of the whole
 * thread, and no cost.
 *
 * <p>It starts in a fresh JVM each round and so uses nothing but the JDK's core.
 */
public final class CodexStandIn implements Transcript {
    /** No number: it is no version of Codex. */
    private static final String WHO = "stand-in for Codex";

    private final PrintStream out;
    private final RehearsalScript script;
    private final StandInConversation conversation;
    private final Map<String, String> open = new HashMap<>();
    private int items;

    private CodexStandIn(PrintStream out, RehearsalScript script, StandInConversation conversation) {
        this.out = out;
        this.script = script;
        this.conversation = conversation;
    }

    /** Takes Codex's arguments; those that change nothing here are ignored. */
    public static void main(String... arguments) throws Exception {
        PrintStream out = StandInProgram.stdout();
        List<String> given = Arrays.asList(arguments);
        if (given.contains("--version")) {
            out.println(WHO);
            return;
        }
        String instruction = StandInProgram.stdin();
        int resume = given.indexOf("resume");
        String id = resume < 0 ? "" : given.get(resume + 1);
        if (!id.isEmpty() && !StandInConversation.exists(id)) {
            System.err.println("Error: thread/resume failed: no rollout found for thread id " + id);
            System.exit(1);
        }
        RehearsalScript script = StandInProgram.script();
        CodexStandIn codex = new CodexStandIn(out, script,
                id.isEmpty() ? StandInConversation.begin() : StandInConversation.load(id));
        new SampleWork(codex, script, Path.of("").toAbsolutePath()).round(instruction);
    }

    @Override
    public void begin() {
        out.println("{\"type\":\"thread.started\",\"thread_id\":" + quote(conversation.id()) + "}");
        out.println("{\"type\":\"turn.started\"}");
    }

    @Override
    public void say(String text) {
        item("item.completed", id(), "\"type\":\"agent_message\",\"text\":" + quote(text));
    }

    /** Codex has no tool for reading: it runs a command. */
    @Override
    public String use(String tool, String file, Map<String, String> more) {
        String id = id();
        String fields = tool.equals("Read")
                ? "\"type\":\"command_execution\",\"command\":" + quote("/bin/bash -lc 'cat " + file + "'")
                : "\"type\":\"file_change\",\"changes\":[{\"path\":" + quote(Path.of(file).toAbsolutePath().toString())
                        + ",\"kind\":" + quote(tool.equals("Write") ? "add" : "update") + "}]";
        open.put(id, fields);
        item("item.started", id, fields + ",\"status\":\"in_progress\"");
        return id;
    }

    @Override
    public void answer(String id, String content, boolean failed) {
        String fields = open.remove(id);
        String result = fields.contains("command_execution")
                ? ",\"aggregated_output\":" + quote(content) + ",\"exit_code\":" + (failed ? 1 : 0) : "";
        item("item.completed", id, fields + result + ",\"status\":" + quote(failed ? "failed" : "completed"));
    }

    @Override
    public void end(String said) throws IOException {
        RehearsalScript.Round sum = conversation.after(script.round(conversation.rounds())).sum();
        out.println("{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":"
                + (sum.input() + sum.cacheRead() + sum.cacheCreation()) + ",\"cached_input_tokens\":" + sum.cacheRead()
                + ",\"cache_write_input_tokens\":" + sum.cacheCreation() + ",\"output_tokens\":" + sum.output()
                + ",\"reasoning_output_tokens\":0}}");
    }

    private String id() {
        return "item_" + items++;
    }

    private void item(String type, String id, String fields) {
        out.println("{\"type\":" + quote(type) + ",\"item\":{\"id\":" + quote(id) + "," + fields + "}}");
    }

    private static String quote(String text) {
        return StandInProgram.quote(text);
    }
}
