package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pa} as a process: a worker that gets nowhere inside a round, by the lines of Claude Code and of Codex. */
class StalledRoundTest {
    private static final String SESSION = "11111111-2222-3333-4444-555555555555";

    @TempDir
    Path folder;

    private Path project;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void project() throws IOException {
        project = Files.createDirectories(folder.resolve("project"));
        lines.addAll(List.of("#!/bin/sh", "case \"$1\" in --version) echo '2.1.330 (Claude Code)'; exit 0 ;; esac", "cat >/dev/null",
                "echo x >> work.txt"));
        say("{\"type\":\"system\",\"subtype\":\"init\",\"session_id\":\"" + SESSION + "\"}");
    }

    private void say(String line) {
        lines.add("printf '%s\\n' '" + line + "'");
    }

    private void reads(int count) {
        for (int i = 0; i < count; i++) {
            say("{\"type\":\"assistant\",\"message\":{\"id\":\"m" + i + "\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t" + i
                    + "\",\"name\":\"Read\",\"input\":{\"file_path\":\"a.txt\"}}]}}");
            say("{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t" + i
                    + "\",\"content\":\"x\"}]}}");
        }
    }

    private void result() {
        say("{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"num_turns\":2,\"result\":\"done\",\"session_id\":\""
                + SESSION + "\",\"total_cost_usd\":0.1,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}");
    }

    private Pa.Result pa(String... more) throws IOException {
        Path program = Files.write(folder.resolve("program"), lines);
        assertTrue(program.toFile().setExecutable(true));
        List<String> words = new ArrayList<>(List.of("--reasoner", "rules", "--verify", "true", "--evidence", "unchanged"));
        words.addAll(List.of(more));
        words.add("Do it.");
        return new Pa(Files.createDirectories(folder.resolve("home"))).withBarePath().with("CODEX_BIN", program.toString())
                .with("CLAUDE_BIN", program.toString()).run(project, words.toArray(new String[0]));
    }

    @Test
    void claudeReadingTheSameAgainIsShownAndEndsNothing() throws IOException {
        reads(3);
        result();
        Pa.Result result = pa();
        assertEquals(0, result.exitCode(), result.toString());
        assertTrue(result.err().contains("stall: the worker reads what it has just read: Read a.txt"), result.toString());
        assertTrue(result.err().contains("stall: the worker did the same 3 times within 8 actions"), result.toString());
    }

    @Test
    void codexRunningTheSameAgainIsShownToo() throws IOException {
        lines.subList(4, lines.size()).clear();
        say("{\"type\":\"thread.started\",\"thread_id\":\"" + SESSION + "\"}");
        for (int i = 0; i < 3; i++) {
            say("{\"type\":\"item.completed\",\"item\":{\"id\":\"i" + i + "\",\"type\":\"command_execution\",\"command\":\"make it\","
                    + "\"status\":\"failed\"}}");
        }
        say("{\"type\":\"item.completed\",\"item\":{\"id\":\"i9\",\"type\":\"agent_message\",\"text\":\"done\"}}");
        say("{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}");
        Pa.Result result = pa("--worker", "codex");
        assertTrue(result.err().contains("stall: the worker did the same 3 times within 8 actions, without a new edit in between: "
                + "command_execution make"), result.toString());
    }

    @Test
    void byOptionTheRoundIsEndedAndTheRunGoesOn() throws IOException {
        // The second round has nothing to wait for.
        lines.add("if [ -f second ]; then ended=1; else touch second; fi");
        lines.add("if [ -z \"$ended\" ]; then");
        reads(3);
        lines.add("sleep 600 & wait; fi");
        result();
        Pa.Result result = pa("--end-stalled-rounds");
        assertEquals(0, result.exitCode(), result.toString());
        assertTrue(result.err().contains("; the round is ended"), result.toString());
        assertFalse(result.err().contains("interrupted by SIG"), result.toString());
    }
}
