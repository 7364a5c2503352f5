package rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import agent.Usd;
import agent.WorkerReport;
import claude.ClaudeWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workers.WorkerLimits;

/** The stand-in for Claude Code, driven by the worker that drives the real one. */
class RehearsalTest {
    @TempDir
    Path folder;

    @Test
    void everyRoundIsBookedAsTheScriptSays() throws Exception {
        RehearsalScript script = RandomScript.of(11, 4);
        try (Rehearsal rehearsal = start(script)) {
            ClaudeWorker worker = worker(rehearsal);
            worker.selfCheck();
            Optional<String> conversation = Optional.empty();
            String instruction = "build a web shop";
            for (RehearsalScript.Round round : script.rounds()) {
                WorkerReport report = worker.work(new Instruction(instruction, conversation, Optional.empty()),
                        worker.environment(), Bounds.none(), RunListener.NONE);
                assertTrue(report.clean(), () -> report.error().toString());
                assertEquals(0, report.effort().cost().orElseThrow().compareTo(new Usd(round.costUsd())));
                assertEquals(new TokenUsage(round.input() + round.cacheRead() + round.cacheCreation(), round.output(),
                        round.cacheRead(), round.cacheCreation(), 0), report.effort().usage());
                assertEquals(Optional.of("rehearsal"), report.agent().model());
                assertTrue(conversation.isEmpty() || conversation.equals(report.conversation()));
                conversation = report.conversation();
                instruction = "The check fails: " + check();
            }
            assertEquals("PASS: 4 greetings are right", check());
        }
    }

    @Test
    void toolsReallyWriteAndReadFiles() throws Exception {
        List<RunEvent> events = new ArrayList<>();
        try (Rehearsal rehearsal = start(RehearsalScript.standard())) {
            ClaudeWorker worker = worker(rehearsal);
            WorkerReport report = worker.work(new Instruction("x", Optional.empty(), Optional.empty()), worker.environment(),
                    Bounds.none(), events::add);
            assertTrue(report.text().contains("rehearsal/greet.sh"), report.text());
            worker.work(new Instruction("The check fails: " + check(), report.conversation(), Optional.empty()),
                    worker.environment(), Bounds.none(), events::add);
        }
        assertEquals(List.of("Write rehearsal/greet.sh", "Write rehearsal/check.sh", "Read rehearsal/greet.sh",
                "Edit rehearsal/greet.sh"), events.stream().filter(RunEvent.ToolStarted.class::isInstance)
                .map(RunEvent.ToolStarted.class::cast).map(t -> t.tool() + " " + t.detail()).toList());
        assertTrue(events.stream().filter(RunEvent.ToolEnded.class::isInstance)
                .allMatch(t -> ((RunEvent.ToolEnded) t).success()));
    }

    @Test
    void aConversationThatIsGoneIsBegunAnewLikeWithTheRealOne() throws Exception {
        List<RunEvent> events = new ArrayList<>();
        try (Rehearsal rehearsal = start(RehearsalScript.standard())) {
            ClaudeWorker worker = worker(rehearsal);
            WorkerReport report = worker.work(new Instruction("x", Optional.of("11111111-2222-3333-4444-555555555555"),
                    Optional.empty()), worker.environment(), Bounds.none(), events::add);
            assertTrue(report.clean(), () -> report.error().toString());
        }
        assertEquals(1, events.stream().filter(e -> e instanceof RunEvent.WorkerNotice n && n.kind().equals("conversation"))
                .count());
    }

    @Test
    void nothingOfTheUsersIsHandedOnAndEverythingIsLabelled() throws Exception {
        Map<String, String> users = Map.of("PATH", "/bin", "HOME", "/home/ada", "ANTHROPIC_API_KEY", "canary",
                "CLAUDE_CONFIG_DIR", "/home/ada/.claude", "AWS_BEARER_TOKEN_BEDROCK", "canary", "https_proxy", "http://p:1",
                "GEMINI_API_KEY", "canary", "OPENAI_API_KEY", "canary", "LANG", "C.UTF-8");
        try (Rehearsal rehearsal = start(RehearsalScript.standard())) {
            Map<String, String> worker = rehearsal.workerEnvironment(users);
            assertEquals(folder.resolve("home").toString(), worker.get("HOME"));
            assertEquals("rehearsal", worker.get("ANTHROPIC_API_KEY"));
            assertTrue(worker.get("ANTHROPIC_BASE_URL").startsWith("http://127.0.0.1:"));
            assertEquals("C.UTF-8", worker.get("LANG"));
            assertFalse(worker.containsKey("CLAUDE_CONFIG_DIR") || worker.containsKey("https_proxy")
                    || worker.containsKey("AWS_BEARER_TOKEN_BEDROCK"));
            Map<String, String> pa = rehearsal.environment(users);
            assertEquals(GeminiStandIn.KEY, pa.get("GEMINI_API_KEY"));
            assertEquals("rehearsal", pa.get("GEMINI_MODEL"));
            assertEquals(GeminiStandIn.KEY, pa.get("OPENAI_API_KEY"));
            assertTrue(pa.get("OPENAI_BASE_URL").startsWith("http://127.0.0.1:"));
            assertFalse(pa.containsValue("canary"), pa.toString());
            assertEquals("REHEARSAL: no model is called; Gemini and the worker are stand-ins",
                    rehearsal.label());
        }
        try (Rehearsal real = Rehearsal.start(RehearsalScript.standard(), folder, folder.resolve("home"),
                Optional.of(Path.of("/opt/x/claude")), Optional.of("2.1.330"), Cast.USUAL)) {
            assertEquals("REHEARSAL: no model is called; Claude Code 2.1.330 is real, the models are stand-ins",
                    real.label());
            assertEquals(List.of("/opt/x/claude"), real.workerCommand());
        }
    }

    @Test
    void whoHasNoStandInIsNotRehearsed() {
        assertEquals(Optional.empty(), Cast.USUAL.missing());
        assertEquals(Optional.of("the reasoner llama"), new Cast("llama", "codex").missing());
        assertEquals(Optional.of("the worker gemini"), new Cast("rules", "gemini").missing());
        assertEquals("OpenAI's API and the worker are stand-ins", new Cast("openai", "codex").label(""));
        assertEquals("Claude Code 2 is real, the models and Codex are stand-ins", new Cast("claude", "codex").label("Claude Code 2"));
        assertEquals("the worker is a stand-in", new Cast("rules", "codex").label("Claude Code 2"));
    }

    @Test
    void theStandInIsNoVersionOfClaudeCodeAndMakesNoSpans() throws Exception {
        try (Rehearsal rehearsal = start(RehearsalScript.standard())) {
            ClaudeWorker worker = worker(rehearsal);
            worker.selfCheck();
            assertEquals(Optional.empty(), worker.version());
            assertFalse(worker.tracesTools());
        }
    }

    private Rehearsal start(RehearsalScript script) throws IOException {
        return Rehearsal.start(script, Files.createDirectories(folder.resolve("work")), folder.resolve("home"),
                Optional.empty(), Optional.empty(), Cast.USUAL);
    }

    private ClaudeWorker worker(Rehearsal rehearsal) throws IOException {
        return new ClaudeWorker(new claude.Setup(folder.resolve("work").toRealPath(),
                rehearsal.workerEnvironment(Map.of("PATH", System.getenv("PATH"))), limits())
                .command(rehearsal.workerCommand()).options());
    }

    private String check() throws Exception {
        Process check = new ProcessBuilder("sh", folder.resolve("work/rehearsal/check.sh").toString())
                .redirectErrorStream(true).start();
        return new String(check.getInputStream().readAllBytes()).strip();
    }

    private static WorkerLimits limits() {
        return new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120));
    }
}
