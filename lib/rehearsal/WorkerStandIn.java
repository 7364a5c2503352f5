package rehearsal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Stands in for Claude Code where there is none: a program that reads its instruction on standard input, really writes the
 * files and says so in the stream-json that Claude Code writes. It keeps its conversations in its HOME and can resume them,
 * and like Claude Code it tells the cost of the whole conversation.
 *
 * <p>It starts in a fresh JVM each round and so uses nothing but the JDK's core.
 */
public final class WorkerStandIn {
    /** The system property with the script, see {@link RehearsalScript#encodeRounds}. */
    static final String SCRIPT = "rehearsal.script";
    static final String MODEL = "rehearsal";
    /** No number: it is no version of Claude Code, and whoever asks for one must not find one. */
    private static final String WHO = "stand-in for Claude Code";

    private final PrintStream out;
    private final RehearsalScript script;
    private final Path directory;
    private final Conversation conversation;
    private int messages;
    private int tools;

    private WorkerStandIn(PrintStream out, RehearsalScript script, Path directory, Conversation conversation) {
        this.out = out;
        this.script = script;
        this.directory = directory;
        this.conversation = conversation;
    }

    /**
     * A conversation as it is kept.
     *
     * @param rounds that ended so far
     * @param cost of them all, in US dollars
     */
    private record Conversation(String id, int rounds, BigDecimal cost) {
        static Conversation begin() {
            return new Conversation(UUID.randomUUID().toString(), 0, BigDecimal.ZERO);
        }

        static Path file(String id) {
            return Path.of(System.getenv("HOME"), ".worker-stand-in", id);
        }

        static Conversation load(String id) throws IOException {
            String[] kept = Files.readString(file(id)).split(" ");
            return new Conversation(id, Integer.parseInt(kept[0]), new BigDecimal(kept[1]));
        }

        Conversation after(BigDecimal roundCost) throws IOException {
            Conversation next = new Conversation(id, rounds + 1, cost.add(roundCost));
            Files.createDirectories(file(id).getParent());
            Files.writeString(file(id), next.rounds + " " + next.cost.toPlainString());
            return next;
        }
    }

    /** Takes Claude Code's arguments; those that change nothing here are ignored. */
    public static void main(String... arguments) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        List<String> given = Arrays.asList(arguments);
        if (given.contains("--version")) {
            out.println(WHO);
            return;
        }
        String instruction = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        int resume = given.indexOf("--resume");
        String id = resume < 0 ? "" : given.get(resume + 1);
        if (!id.isEmpty() && !Files.exists(Conversation.file(id))) {
            String message = "No conversation found with session ID: " + id;
            out.println("{\"type\":\"result\",\"subtype\":\"error_during_execution\",\"is_error\":true,\"num_turns\":0,"
                    + "\"duration_ms\":0,\"duration_api_ms\":0,\"session_id\":" + quote(id) + ",\"total_cost_usd\":0,"
                    + "\"permission_denials\":[],\"errors\":[" + quote(message) + "]}");
            System.err.println(message);
            System.exit(1);
        }
        RehearsalScript script = RehearsalScript.decodeRounds(System.getProperty(SCRIPT));
        new WorkerStandIn(out, script, Path.of("").toAbsolutePath(),
                id.isEmpty() ? Conversation.begin() : Conversation.load(id)).work(instruction);
    }

    private void work(String instruction) throws IOException, InterruptedException {
        line("\"type\":\"system\",\"subtype\":\"init\",\"cwd\":" + quote(directory.toString()) + ",\"model\":" + quote(MODEL)
                + ",\"permissionMode\":\"acceptEdits\",\"claude_code_version\":" + quote(WHO)
                + ",\"tools\":[\"Read\",\"Write\",\"Edit\"]");
        String failure = SampleProgram.failure(instruction);
        String said = failure.isEmpty() ? write() : fix(failure);
        say(said);
        RehearsalScript.Round figures = script.round(conversation.rounds());
        Conversation after = conversation.after(figures.costUsd());
        line("\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":" + (tools + 1)
                + ",\"duration_ms\":1,\"duration_api_ms\":0,\"result\":" + quote(said) + ",\"total_cost_usd\":"
                + after.cost().toPlainString() + ",\"usage\":" + usage(figures) + ",\"permission_denials\":[]");
    }

    private String write() throws IOException, InterruptedException {
        say(Phrases.OPENING);
        Files.createDirectories(directory.resolve(SampleProgram.FOLDER));
        write(SampleProgram.GREET, SampleProgram.greet(script.faults()));
        write(SampleProgram.CHECK, SampleProgram.check(script.faults()));
        return Phrases.WRITTEN;
    }

    private void write(String file, String content) throws IOException, InterruptedException {
        String tool = use("Write", "\"file_path\":" + quote(directory.resolve(file).toString()) + ",\"content\":"
                + quote(content));
        Files.writeString(directory.resolve(file), content);
        answer(tool, "File created successfully", false);
    }

    private String fix(String failure) throws IOException, InterruptedException {
        Path file = directory.resolve(SampleProgram.GREET);
        SampleProgram.Mending fixing = SampleProgram.fixing(failure);
        say(Phrases.LOOKING);
        String read = use("Read", "\"file_path\":" + quote(file.toString()));
        if (!Files.exists(file)) {
            answer(read, "File does not exist.", true);
            return Phrases.NOTHING_TO_FIX;
        }
        String before = Files.readString(file);
        answer(read, before, false);
        String edit = use("Edit", "\"file_path\":" + quote(file.toString()) + ",\"old_string\":" + quote(fixing.oldText())
                + ",\"new_string\":" + quote(fixing.newText()));
        if (!before.contains(fixing.oldText())) {
            answer(edit, "String to replace not found in file.", true);
            return Phrases.NOTHING_TO_FIX;
        }
        Files.writeString(file, fixing.applyTo(before));
        answer(edit, "The file has been updated successfully.", false);
        return Phrases.FIXED;
    }

    private void say(String text) throws InterruptedException {
        message("{\"type\":\"text\",\"text\":" + quote(text) + "}");
    }

    private String use(String tool, String input) throws InterruptedException {
        String id = "toolu_rehearsal_" + conversation.rounds() + "_" + tools++;
        message("{\"type\":\"tool_use\",\"id\":" + quote(id) + ",\"name\":" + quote(tool) + ",\"input\":{" + input + "}}");
        return id;
    }

    private void message(String block) throws InterruptedException {
        Thread.sleep(script.pause().toMillis());
        line("\"type\":\"assistant\",\"message\":{\"id\":\"msg_rehearsal_" + conversation.rounds() + "_" + messages++
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":" + quote(MODEL) + ",\"content\":[" + block
                + "]},\"parent_tool_use_id\":null");
    }

    private void answer(String tool, String content, boolean error) {
        line("\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":"
                + quote(tool) + ",\"content\":" + quote(content) + (error ? ",\"is_error\":true" : "") + "}]}");
    }

    private void line(String fields) {
        out.println("{" + fields + ",\"session_id\":" + quote(conversation.id()) + "}");
    }

    private static String usage(RehearsalScript.Round figures) {
        return "{\"input_tokens\":" + figures.input() + ",\"cache_creation_input_tokens\":" + figures.cacheCreation()
                + ",\"cache_read_input_tokens\":" + figures.cacheRead() + ",\"output_tokens\":" + figures.output() + "}";
    }

    /** A JSON string. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** The command line that starts it on this machine, with this JVM and the classes it came from. */
    static List<String> command(RehearsalScript script) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for a blink: the first compiler only, and the collector that starts fastest.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-D" + SCRIPT + "="
                + script.encodeRounds(), "-cp", classes(), WorkerStandIn.class.getName()));
        return command;
    }

    private static String classes() {
        try {
            return Path.of(WorkerStandIn.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
