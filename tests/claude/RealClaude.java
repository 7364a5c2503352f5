package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Bounds;
import agent.RunEvent;
import agent.WorkerReport;
import claude.FakeClaude.Recorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import rehearsal.Cast;
import rehearsal.Messages;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;
import rehearsal.Rehearsal;
import rehearsal.RehearsalScript;
import workers.WorkerLimits;

/** The real Claude Code against a stand-in for its API; skips where it is not installed. */
abstract class RealClaude {
    static final WorkerLimits LIMITS = new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120));

    @TempDir
    Path folder;
    static Path claude;
    Path directory;
    Rehearsal rehearsal;
    final Recorder events = new Recorder();

    @BeforeAll
    static void find() {
        claude = InstalledClaude.require();
    }

    @BeforeEach
    void start() throws IOException {
        directory = Files.createDirectory(folder.toRealPath().resolve("work"));
        rehearsal = Rehearsal.start(RehearsalScript.standard(), directory, folder.resolve("home"), Optional.of(claude),
                ClaudeProgram.version(List.of(claude.toString()), Map.of("PATH", System.getenv("PATH"),
                        "HOME", folder.toString())), Cast.USUAL);
    }

    @AfterEach
    void stop() {
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    WorkerReport against(ModelTurn turn, Bounds bounds) throws IOException {
        try (MessagesStandIn messages = Messages.answering(turn)) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url())));
            return worker.work(FakeClaude.instruction("do it"), worker.environment(), bounds, events);
        }
    }

    ClaudeOptions options(Map<String, String> more) {
        return setup(more, LIMITS).options();
    }

    Setup setup(Map<String, String> more, WorkerLimits limits) {
        Map<String, String> environment = rehearsal.workerEnvironment(Map.of("PATH", System.getenv("PATH"),
                "CLAUDECODE", "1", "ANTHROPIC_AUTH_TOKEN", "the user's own, not to be used"));
        environment.putAll(more);
        return new Setup(directory, environment, limits).command(rehearsal.workerCommand());
    }

    /** The tool that runs commands is allowed whatever the command. */
    ClaudeOptions allowingBash(Map<String, String> more, WorkerLimits limits) {
        List<String> command = new ArrayList<>(rehearsal.workerCommand());
        command.addAll(List.of("--allowedTools", "Bash"));
        return setup(more, limits).command(command).options();
    }

    List<String> tools() {
        return events.of(RunEvent.ToolStarted.class).stream().map(t -> t.tool() + " " + t.detail()).toList();
    }

    String check(int expected) throws Exception {
        Process check = new ProcessBuilder("sh", directory.resolve("rehearsal/check.sh").toString())
                .redirectErrorStream(true).start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(expected, check.waitFor(), output);
        return output;
    }

    static boolean running(String commandLine) {
        return ProcessHandle.allProcesses().filter(ProcessHandle::isAlive)
                .anyMatch(p -> p.info().commandLine().orElse("").contains(commandLine));
    }
}
