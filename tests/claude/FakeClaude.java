package claude;

import agent.Bounds;
import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import agent.Usd;
import agent.WorkerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workers.WorkerLimits;

/** A shell script in the place of Claude Code, with helpers to run it and to read the events. */
final class FakeClaude {
    static final String SESSION = "11111111-2222-3333-4444-555555555555";
    static final WorkerLimits PATIENT = new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120));

    final Path folder;
    final Path directory;

    FakeClaude(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.directory = Files.createDirectories(this.folder.resolve("work dir"));
    }

    /** A script that answers {@code --version} and else does what {@code body} says. */
    Path script(String body) throws IOException {
        return executable("fake claude", "case \"$1\" in --version) echo '2.1.330 (Claude Code)'; exit 0 ;; esac\n" + body);
    }

    Path executable(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    ClaudeOptions options(WorkerLimits limits) {
        return setup(limits).options();
    }

    Setup setup(WorkerLimits limits) {
        return new Setup(directory, Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString()), limits)
                .command(List.of(folder.resolve("fake claude").toString()));
    }

    WorkerReport work(String body, WorkerLimits limits, Bounds bounds, RunListener listener) throws IOException {
        script(body);
        ClaudeWorker worker = new ClaudeWorker(options(limits));
        return worker.work(instruction("do it"), worker.environment(), bounds, listener);
    }

    WorkerReport work(String body, RunListener listener) throws IOException {
        return work(body, PATIENT, Bounds.none(), listener);
    }

    static Instruction instruction(String text) {
        return new Instruction(text, Optional.empty(), Optional.empty());
    }

    static Instruction resumed(String text, String conversation) {
        return new Instruction(text, Optional.of(conversation), Optional.of(Usd.of("1.5")));
    }

    /** Shell commands that print these lines as they are. */
    static String print(String... lines) {
        return "cat <<'END_OF_LINES'\n" + String.join("\n", lines) + "\nEND_OF_LINES\n";
    }

    static String init() {
        return "{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"" + SESSION
                + "\",\"model\":\"claude-x\",\"permissionMode\":\"acceptEdits\",\"claude_code_version\":\"2.1.330\"}";
    }

    static String says(String text) {
        return message("msg_" + text.hashCode(), "{\"type\":\"text\",\"text\":\"" + text + "\"}");
    }

    static String uses(String id, String tool, String input) {
        return message("msg_" + id,
                "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"" + tool + "\",\"input\":" + input + "}");
    }

    static String message(String id, String block) {
        return "{\"type\":\"assistant\",\"message\":{\"id\":\"" + id + "\",\"model\":\"claude-x\",\"content\":[" + block
                + "],\"usage\":{\"input_tokens\":100,\"cache_read_input_tokens\":20,\"cache_creation_input_tokens\":30,"
                + "\"output_tokens\":7}},\"parent_tool_use_id\":null,\"session_id\":\"" + SESSION + "\"}";
    }

    static String answered(String id, boolean error) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                + "\"tool_use_id\":\"" + id + "\",\"content\":\"ok\"" + (error ? ",\"is_error\":true" : "")
                + "}]},\"session_id\":\"" + SESSION + "\"}";
    }

    /** A tool that failed, and what it answered. */
    static String failed(String id, String content) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
                + "\"tool_use_id\":\"" + id + "\",\"content\":" + content + ",\"is_error\":true}]},\"session_id\":\"" + SESSION
                + "\"}";
    }

    static String success(String cost) {
        return result("success", false, cost, "");
    }

    static String result(String subtype, boolean isError, String cost, String more) {
        return "{\"type\":\"result\",\"subtype\":\"" + subtype + "\",\"is_error\":" + isError + ",\"num_turns\":2,"
                + "\"duration_ms\":10,\"duration_api_ms\":5,\"result\":\"All done.\",\"session_id\":\"" + SESSION
                + "\",\"total_cost_usd\":" + cost + ",\"usage\":{\"input_tokens\":200,\"cache_read_input_tokens\":40,"
                + "\"cache_creation_input_tokens\":60,\"output_tokens\":80,\"output_tokens_details\":{\"thinking_tokens\":9}}"
                + ",\"permission_denials\":[]" + more + "}";
    }

    /** Keeps the events, and fails when one comes on another thread. */
    static final class Recorder implements RunListener {
        final List<RunEvent> events = new ArrayList<>();
        private final Thread thread = Thread.currentThread();

        @Override
        public void on(RunEvent event) {
            if (Thread.currentThread() != thread) {
                throw new IllegalStateException("reported on " + Thread.currentThread());
            }
            events.add(event);
        }

        <E extends RunEvent> List<E> of(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        List<String> notices(String kind) {
            return of(RunEvent.WorkerNotice.class).stream().filter(n -> n.kind().equals(kind))
                    .map(RunEvent.WorkerNotice::text).toList();
        }
    }
}
