package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Instruction;
import agent.Interruption;
import agent.RunEvent;
import agent.WorkerReport;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.Failure;
import contract.Status;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rehearsal.Messages;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;

/** The real Claude Code with errors of its account, its API or the machine, and when it is interrupted. */
class RealClaudeTroubleTest extends RealClaude {
    @Test
    void aConversationThatIsGoneIsBegunAnew() throws Exception {
        ClaudeWorker worker = new ClaudeWorker(options(Map.of()));
        WorkerReport report = worker.work(FakeClaude.resumed("write", FakeClaude.SESSION), worker.environment(),
                Bounds.none(), events);
        assertTrue(report.clean(), () -> report.error().toString());
        assertEquals(1, events.notices("conversation").size());
        assertFalse(report.conversation().equals(Optional.of(FakeClaude.SESSION)));
    }

    @Test
    void aWrongKeyHoldsTheRun() throws Exception {
        WorkerReport report = against(new ModelTurn.Refusal(401, "authentication_error", "invalid x-api-key"),
                Bounds.none());
        assertEquals("api_401", report.error().orElseThrow().value());
        assertTrue(report.error().orElseThrow().ends());
        assertEquals(1, events.notices("api_retry").size());
    }

    /** Known before the first round, and without a request. */
    @Test
    void aMissingLoginFailsTheSelfCheck() {
        Map<String, String> environment = rehearsal.workerEnvironment(Map.of("PATH", System.getenv("PATH")));
        environment.remove("ANTHROPIC_API_KEY");
        Failure failure = assertThrows(Failure.class,
                () -> new ClaudeWorker(setup(Map.of(), LIMITS).environment(environment).options()).selfCheck());
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertEquals("Claude Code is not logged in", failure.getMessage());
        assertTrue(failure.hint().contains("/login"), failure.hint());
        new ClaudeWorker(options(Map.of())).selfCheck();
    }

    @Test
    void anUntrustedFolderWhoseSettingsAllowSomethingFailsTheSelfCheck_andNoHookRunsForIt() throws Exception {
        Files.createDirectory(directory.resolve(".claude"));
        String hook = "[{\"hooks\":[{\"type\":\"command\",\"command\":\"touch " + folder.resolve("hook") + "\"}]}]";
        Files.writeString(directory.resolve(".claude/settings.json"), "{\"permissions\":{\"allow\":[\"Bash(ls:*)\"]},\"hooks\":{"
                + "\"SessionStart\":" + hook + ",\"UserPromptSubmit\":" + hook + "}}");
        Failure failure = assertThrows(Failure.class, () -> new ClaudeWorker(options(Map.of())).selfCheck());
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), failure.exitCode());
        assertTrue(failure.getMessage().contains(".claude/settings.json"), failure.getMessage());
        assertTrue(failure.hint().contains("run claude there once") && failure.hint().contains("--setting-sources user"),
                failure.hint());
        assertFalse(Files.exists(folder.resolve("hook")));
        new ClaudeWorker(setup(Map.of(), LIMITS).settingSources("user").options()).selfCheck();
        new ClaudeWorker(setup(Map.of(), LIMITS).permissionMode("bypassPermissions").options()).selfCheck();
        Files.writeString(folder.resolve("home/.claude.json"), "{\"projects\":{\"" + directory
                + "\":{\"hasTrustDialogAccepted\":true}}}");
        new ClaudeWorker(options(Map.of())).selfCheck();
    }

    @Test
    void aRefusalHasItsType_andAConversationThatIsRefusedIsBegunAnewOnce() throws Exception {
        ModelTurn refusal = Messages.stopped("I cannot.", "refusal");
        WorkerReport report = against(refusal, Bounds.none());
        assertEquals("blocked", report.error().orElseThrow().value(), report.error().toString());
        assertEquals(1, events.notices("model_refusal_no_fallback").size(), events.events.toString());
        // More than one instruction in the conversation: Claude Code itself adds one after the first refusal.
        try (MessagesStandIn messages = Messages.byRound(round -> round > 1 ? refusal : ModelTurn.say("I see."))) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url())));
            WorkerReport first = worker.work(FakeClaude.instruction("look"), worker.environment(), Bounds.none(), events);
            WorkerReport second = worker.work(new Instruction("go on", first.conversation(), Optional.empty()),
                    worker.environment(), Bounds.none(), events);
            assertTrue(second.clean(), () -> second.error().toString());
            assertTrue(events.notices("conversation").get(0).contains("safeguards"), events.notices("conversation").toString());
        }
    }

    @Test
    void anApiThatIsNotReachedIsSaidToBe() throws Exception {
        ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", "http://127.0.0.1:1")));
        WorkerReport report = worker.work(FakeClaude.instruction("x"), worker.environment(), Bounds.none(), events);
        assertEquals("io", report.error().orElseThrow().value(), report.error().toString());
    }

    @Test
    void anUnknownModelHoldsTheRun() throws Exception {
        WorkerReport report = against(new ModelTurn.Refusal(404, "not_found_error", "model: x"), Bounds.none());
        assertEquals("api_404", report.error().orElseThrow().value());
        assertTrue(report.error().orElseThrow().ends());
    }

    @Test
    void noAccountAtAllHoldsTheRun() throws Exception {
        Map<String, String> environment = rehearsal.workerEnvironment(Map.of("PATH", System.getenv("PATH")));
        environment.remove("ANTHROPIC_API_KEY");
        ClaudeWorker worker = new ClaudeWorker(setup(Map.of(), LIMITS).environment(environment).options());
        WorkerReport report = worker.work(FakeClaude.instruction("x"), worker.environment(), Bounds.none(), events);
        assertEquals("api_401", report.error().orElseThrow().value(), () -> report.error() + " " + events.events);
        assertTrue(report.error().orElseThrow().ends());
    }

    @Test
    void aConversationThatTheApiRefusesIsBegunAnewOnce() throws Exception {
        ModelTurn poisoned = new ModelTurn.Refusal(400, "invalid_request_error",
                "messages: text content blocks must be non-empty");
        try (MessagesStandIn messages = Messages.byRound(round -> round > 1 ? poisoned : ModelTurn.say("I see."))) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url())));
            WorkerReport first = worker.work(FakeClaude.instruction("look"), worker.environment(), Bounds.none(), events);
            assertTrue(first.clean(), () -> first.error().toString());
            WorkerReport second = worker.work(new Instruction("go on", first.conversation(), Optional.empty()),
                    worker.environment(), Bounds.none(), events);
            assertTrue(second.clean(), () -> second.error().toString());
            assertFalse(second.conversation().equals(first.conversation()), "a fresh one");
            assertTrue(events.notices("conversation").get(0).contains("is refused by the model's API"),
                    events.notices("conversation").toString());
        }
    }

    @Test
    void aUsedUpCreditHoldsTheRun() throws Exception {
        WorkerReport report = against(new ModelTurn.Refusal(400, "billing_error", "Your credit balance is too low"),
                Bounds.none());
        assertEquals("api_400", report.error().orElseThrow().value());
        assertTrue(report.error().orElseThrow().hold().orElseThrow().action().contains("credit"));
    }

    @Test
    void anInstructionThatAHookTakesAwayIsNoSuccess() throws Exception {
        Files.createDirectory(directory.resolve(".claude"));
        Files.writeString(directory.resolve(".claude/settings.json"), "{\"hooks\":{\"UserPromptSubmit\":[{\"hooks\":[{"
                + "\"type\":\"command\",\"command\":\"echo ticket number missing >&2; exit 2\"}]}]}}");
        WorkerReport report = against(ModelTurn.say("Done."), Bounds.none());
        assertEquals("blocked", report.error().orElseThrow().value());
        assertTrue(report.error().orElseThrow().message().contains("ticket number missing"),
                report.error().orElseThrow().message());
        assertEquals(0, report.effort().turns());
    }

    /** With one retry of its own; what is not accepted is not asked again. */
    @ParameterizedTest
    @CsvSource({"400, invalid_request_error, api_400, false", "402, billing_error, api_402, true", "403, permission_error, api_403, true",
        "413, request_too_large, api_413, false", "429, rate_limit_error, api_429, false", "500, api_error, api_500, false",
        "529, overloaded_error, api_529, false"})
    void errorsOfTheApiHaveTheirStatus(int status, String type, String expected, boolean held) throws Exception {
        WorkerReport report = against(new ModelTurn.Refusal(status, type, "scripted"), Bounds.none());
        assertEquals(expected, report.error().orElseThrow().value(), report.error().toString());
        assertEquals(held, report.error().orElseThrow().hold().isPresent(), report.error().toString());
    }

    @Test
    void killedFromOutsideItsRoundFailsAndItsConversationIsKnown() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (MessagesStandIn messages = Messages.byRound(round -> {
            asked.countDown();
            return new ModelTurn.Silence();
        })) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url())));
            AtomicLong pid = new AtomicLong();
            Thread killer = new Thread(() -> {
                try {
                    asked.await();
                } catch (InterruptedException e) {
                    return;
                }
                ProcessHandle.of(pid.get()).ifPresent(ProcessHandle::destroyForcibly);
            });
            killer.start();
            WorkerReport report = worker.work(FakeClaude.instruction("x"), worker.environment(), Bounds.none(), event -> {
                events.on(event);
                if (event instanceof RunEvent.WorkerSpawned spawned) {
                    pid.set(spawned.pid());
                }
            });
            killer.join();
            assertEquals("exit_137", report.error().orElseThrow().value(), report.error().toString());
            assertTrue(report.conversation().isPresent(), "to be resumed");
        }
    }

    @Test
    void anInterruptedCallEndsAtOnce() throws Exception {
        Interruption interruption = new Interruption();
        Thread later = new Thread(() -> {
            try {
                Thread.sleep(1_500);
            } catch (InterruptedException e) {
                return;
            }
            interruption.request(2);
        });
        later.start();
        long start = System.nanoTime();
        WorkerReport report = against(new ModelTurn.Silence(), new Bounds(interruption, Instant.MAX));
        later.join();
        assertEquals("interrupted", report.error().orElseThrow().value());
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 20);
    }

    @Test
    void anInterruptedToolEndsWithItsChild() throws Exception {
        // Not sleep: Claude Code refuses long ones.
        String marker = "tail -f " + Files.createFile(directory.resolve("endless-" + System.nanoTime()));
        Interruption interruption = new Interruption();
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("command", marker);
        try (MessagesStandIn messages = Messages.answering(ModelTurn.use("", "Bash", input))) {
            ClaudeWorker worker = new ClaudeWorker(allowingBash(Map.of("ANTHROPIC_BASE_URL", messages.url()), LIMITS));
            WorkerReport report = worker.work(FakeClaude.instruction("x"), worker.environment(),
                    new Bounds(interruption, Instant.MAX), event -> {
                        events.on(event);
                        if (event instanceof RunEvent.ToolStarted) {
                            awaitProcess(marker);
                            interruption.request(15);
                        }
                    });
            assertEquals("interrupted", report.error().orElseThrow().value());
            assertEquals(1, events.of(RunEvent.ToolEnded.class).size());
            assertFalse(running(marker));
        }
    }

    private static void awaitProcess(String commandLine) {
        for (int i = 0; i < 200 && !running(commandLine); i++) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertTrue(running(commandLine), "the tool's process runs");
    }
}
