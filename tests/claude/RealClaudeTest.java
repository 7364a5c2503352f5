package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Instruction;
import agent.Interruption;
import agent.RunEvent;
import agent.RunListener;
import agent.Usd;
import agent.WorkerReport;
import claude.FakeClaude.Recorder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import contract.Failure;
import contract.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;
import rehearsal.Rehearsal;
import rehearsal.RehearsalScript;
import workers.WorkerLimits;

/** The real Claude Code against a stand-in for the API: what was measured of it still holds for the version that is here. */
class RealClaudeTest {
    private static final WorkerLimits LIMITS = new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120));

    @TempDir
    Path folder;
    private static Path claude;
    private Path directory;
    private Rehearsal rehearsal;
    private final Recorder events = new Recorder();

    @BeforeAll
    static void find() {
        claude = InstalledClaude.require();
    }

    @BeforeEach
    void start() throws IOException {
        directory = Files.createDirectory(folder.toRealPath().resolve("work"));
        rehearsal = Rehearsal.start(RehearsalScript.standard(), directory, folder.resolve("home"), Optional.of(claude),
                ClaudeProgram.version(List.of(claude.toString()), Map.of("PATH", System.getenv("PATH"),
                        "HOME", folder.toString())));
    }

    @AfterEach
    void stop() {
        if (rehearsal != null) {
            rehearsal.close();
        }
    }

    @Test
    void writesAFaultIsResumedAndMendsIt() throws Exception {
        ClaudeWorker worker = new ClaudeWorker(options(Map.of()));
        worker.selfCheck();
        WorkerReport first = worker.work(FakeClaude.instruction("write a program"), worker.environment(), Bounds.none(),
                events);

        assertTrue(first.clean(), () -> first.error().toString());
        assertEquals(worker.version(), first.version());
        assertEquals(Optional.of("rehearsal"), first.model());
        assertEquals(List.of("Write rehearsal/greet.sh", "Write rehearsal/check.sh"), tools());
        assertTrue(events.of(RunEvent.ToolEnded.class).stream().allMatch(RunEvent.ToolEnded::success));
        assertTrue(first.usage().output() > 0 && first.usage().cacheRead() > 0, first.usage().toString());
        RehearsalScript.Round asked = RehearsalScript.standard().round(0);
        assertEquals(asked.input() + asked.cacheRead() + asked.cacheCreation(), first.context().tokens());
        assertTrue(first.context().window() >= 100_000, first.context().toString());
        assertTrue(first.cost().orElseThrow().compareTo(Usd.ZERO) > 0);
        String failure = check(1);
        assertTrue(failure.startsWith("FAIL: greet.sh de Ada"), failure);

        events.events.clear();
        WorkerReport second = worker.work(new Instruction("The check fails:\n" + failure, first.conversation(),
                Optional.of(Usd.of("5"))), worker.environment(), Bounds.none(), events);
        assertTrue(second.clean(), () -> second.error().toString());
        assertEquals(first.conversation(), second.conversation());
        assertEquals(List.of("Read rehearsal/greet.sh", "Edit rehearsal/greet.sh"), tools());
        assertEquals("PASS: 2 greetings are right", check(0));
        // Both rounds are three calls; what the conversation cost before is not booked again.
        assertTrue(second.cost().orElseThrow().compareTo(first.cost().orElseThrow()) < 0,
                second.cost() + " after " + first.cost());
        assertTrue(second.cost().orElseThrow().compareTo(Usd.ZERO) > 0);
    }

    @Test
    void anEarlierRehearsalsFilesAreReadAndOverwritten() throws Exception {
        ClaudeWorker worker = new ClaudeWorker(options(Map.of()));
        worker.work(FakeClaude.instruction("write"), worker.environment(), Bounds.none(), RunListener.NONE);
        WorkerReport report = worker.work(FakeClaude.instruction("write"), worker.environment(), Bounds.none(), events);
        assertTrue(report.clean(), () -> report.error().toString());
        assertTrue(check(1).startsWith("FAIL"));
    }

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
    void aToolThatIsNotAllowedIsNoSuccess() throws Exception {
        ObjectNode input = JsonNodeFactory.instance.objectNode()
                .put("command", "TOKEN=canary curl http://127.0.0.1:1/x");
        WorkerReport report = against(ModelTurn.use("I fetch it.", "Bash", input), Bounds.none());
        assertEquals("permission_denied", report.error().orElseThrow().value());
        assertEquals(List.of(new WorkerReport.Denial("Bash", "curl")), report.denials());
        assertFalse(events.of(RunEvent.ToolEnded.class).get(0).success());
        assertFalse((events.events + report.toString()).contains("canary"));
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
                () -> new ClaudeWorker(options(Map.of()).withEnvironment(environment)).selfCheck());
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
        new ClaudeWorker(options(Map.of()).withSettingSources("user")).selfCheck();
        new ClaudeWorker(options(Map.of()).withPermissionMode("bypassPermissions")).selfCheck();
        Files.writeString(folder.resolve("home/.claude.json"), "{\"projects\":{\"" + directory
                + "\":{\"hasTrustDialogAccepted\":true}}}");
        new ClaudeWorker(options(Map.of())).selfCheck();
    }

    @Test
    void aRefusalHasItsType_andAConversationThatIsRefusedIsBegunAnewOnce() throws Exception {
        ModelTurn refusal = ModelTurn.stopped("I cannot.", "refusal");
        WorkerReport report = against(refusal, Bounds.none());
        assertEquals("blocked", report.error().orElseThrow().value(), report.error().toString());
        assertEquals(1, events.notices("model_refusal_no_fallback").size(), events.events.toString());
        // More than one instruction in the conversation: Claude Code itself adds one after the first refusal.
        try (MessagesStandIn messages = MessagesStandIn.byRound(round -> round > 1 ? refusal : ModelTurn.say("I see."))) {
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
        ClaudeWorker worker = new ClaudeWorker(options(Map.of()).withEnvironment(environment));
        WorkerReport report = worker.work(FakeClaude.instruction("x"), worker.environment(), Bounds.none(), events);
        assertEquals("api_401", report.error().orElseThrow().value(), () -> report.error() + " " + events.events);
        assertTrue(report.error().orElseThrow().ends());
    }

    @Test
    void aConversationThatTheApiRefusesIsBegunAnewOnce() throws Exception {
        ModelTurn poisoned = new ModelTurn.Refusal(400, "invalid_request_error",
                "messages: text content blocks must be non-empty");
        try (MessagesStandIn messages = MessagesStandIn.byRound(round -> round > 1 ? poisoned : ModelTurn.say("I see."))) {
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
        assertEquals(0, report.turns());
    }

    @Test
    void aServerInTheBackgroundIsNotWaitedForLongerThanTheLimitOfSilence() throws Exception {
        Files.createFile(directory.resolve("log"));
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("command", "tail -f log").put("description", "server")
                .put("run_in_background", true);
        try (MessagesStandIn messages = MessagesStandIn.answering(ModelTurn.use("", "Bash", input))) {
            ClaudeOptions options = options(Map.of("ANTHROPIC_BASE_URL", messages.url()));
            ClaudeWorker worker = new ClaudeWorker(new ClaudeOptions(options.command(), options.directory(),
                    options.environment(), options.permissionMode(), options.model(), options.maxTurns(),
                    new WorkerLimits(Duration.ofSeconds(10), Duration.ofSeconds(120)), List.of("--allowedTools", "Bash"),
                    Optional.empty(), Optional.empty()));
            WorkerReport report = worker.work(FakeClaude.instruction("serve"), worker.environment(), Bounds.none(), events);
            assertTrue(report.clean(), () -> report.error().toString());
            assertEquals(1, events.notices("lived_on").size(), events.events.toString());
            assertFalse(running("tail -f log"));
        }
    }

    /** The tool answers at once that the sub-agent was launched; two results come, the second with nothing new to count. */
    @Test
    void aSubAgentIsCountedOnceAndItsCallLastsAsLongAsItWorks() throws Exception {
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("description", "sub").put("prompt", "do sub work")
                .put("subagent_type", "general-purpose");
        AtomicInteger calls = new AtomicInteger();
        WorkerReport report;
        try (MessagesStandIn messages = MessagesStandIn.byRound(round -> calls.getAndIncrement() == 0
                ? ModelTurn.use("", "Task", input) : ModelTurn.say("Done."))) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url())));
            report = worker.work(FakeClaude.instruction("do it"), worker.environment(), Bounds.none(), events);
        }
        assertTrue(report.clean(), () -> report.error().toString());
        List<String> order = events.events.stream().map(e -> e instanceof RunEvent.ToolEnded ? "tool ended"
                : e instanceof RunEvent.WorkerSaid said ? said.text() : "").filter(s -> !s.isEmpty()).toList();
        assertTrue(order.indexOf("tool ended") > order.indexOf("Done."), "not when it was launched: " + order);
        RehearsalScript.Round figures = RehearsalScript.standard().round(0);
        RehearsalScript.Round again = RehearsalScript.standard().round(1);
        assertTrue(calls.get() >= 3, "the worker's and the sub-agent's");
        // All but the answer to the sub-agent's end belong to the first instruction.
        assertTrue(Set.of(calls.get() * figures.output(), (calls.get() - 1) * figures.output() + again.output())
                .contains(report.usage().output()), calls + " calls: " + report.usage());
    }

    @Test
    void whatASubAgentDoesStandsBelowTheCallThatStartedIt() throws Exception {
        ObjectNode task = JsonNodeFactory.instance.objectNode().put("description", "sub").put("prompt", "do the sub-agent's work")
                .put("subagent_type", "general-purpose");
        ObjectNode write = JsonNodeFactory.instance.objectNode().put("file_path", directory.resolve("by-sub-agent").toString())
                .put("content", "x");
        try (MessagesStandIn messages = MessagesStandIn.byInstruction(instruction -> instruction.contains("do the sub-agent's work")
                ? ModelTurn.use("", "Write", write) : ModelTurn.use("", "Task", task))) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url())));
            WorkerReport report = worker.work(FakeClaude.instruction("delegate"), worker.environment(), Bounds.none(), events);
            assertTrue(report.clean(), () -> report.error().toString());
        }
        assertTrue(Files.exists(directory.resolve("by-sub-agent")));
        List<RunEvent.ToolStarted> tools = events.of(RunEvent.ToolStarted.class);
        assertEquals(List.of("Task", "Write"), tools.stream().map(RunEvent.ToolStarted::tool).toList(), events.events.toString());
        assertEquals(Optional.of(tools.get(0).id()), tools.get(1).parent());
        assertEquals(List.of("Write", "Task"), events.of(RunEvent.ToolEnded.class).stream().map(RunEvent.ToolEnded::tool).toList());
    }

    @Test
    void theUsersSettingsDoNotBeatOursForTelemetryAndNoSecretIsOnTheCommandLine() throws Exception {
        Map<String, String> environment = rehearsal.workerEnvironment(Map.of("PATH", System.getenv("PATH")));
        Path settings = Files.createDirectories(folder.resolve("config")).resolve("settings.json");
        Files.writeString(settings, "{\"env\":{\"CLAUDE_CODE_ENABLE_TELEMETRY\":\"0\",\"OTEL_EXPORTER_OTLP_ENDPOINT\":"
                + "\"http://127.0.0.1:9\",\"OTEL_EXPORTER_OTLP_HEADERS\":\"x-canary=theirs\"}}");
        Map<String, String> received = new ConcurrentHashMap<>();
        HttpServer collector = collector(received);
        try {
            environment.put("CLAUDE_CONFIG_DIR", folder.resolve("config").toString());
            ClaudeWorker worker = new ClaudeWorker(options(Map.of()).withEnvironment(environment));
            Map<String, String> child = worker.environment();
            child.putAll(new ClaudeTelemetry("http://127.0.0.1:" + collector.getAddress().getPort(), "http/protobuf",
                    Optional.of("x-ours=secret"), "session-of-pa", Map.of()).variables(child));
            Map<String, String> lines = new ConcurrentHashMap<>();
            WorkerReport report = worker.work(FakeClaude.instruction("write"), child, Bounds.none(), event -> {
                if (event instanceof RunEvent.WorkerSpawned spawned) {
                    ProcessHandle.of(spawned.pid()).flatMap(p -> p.info().commandLine()).ifPresent(l -> lines.put("it", l));
                }
            });
            assertTrue(report.clean(), () -> report.error().toString());
            assertFalse(lines.toString().contains("secret"), lines.toString());
        } finally {
            collector.stop(0);
        }
        assertTrue(received.containsKey("/v1/traces"), received.keySet().toString());
        assertEquals("x-ours=secret", received.get("headers"));
    }

    @Test
    void turnsAndMoneyAreBounded() throws Exception {
        ClaudeWorker turns = new ClaudeWorker(options(Map.of()).withMaxTurns(java.util.OptionalInt.of(1)));
        assertEquals("max_turns", turns.work(FakeClaude.instruction("x"), turns.environment(), Bounds.none(), events)
                .error().orElseThrow().value());
        ClaudeWorker money = new ClaudeWorker(options(Map.of()));
        WorkerReport report = money.work(new Instruction("x", Optional.empty(), Optional.of(Usd.of("0.0001"))),
                money.environment(), Bounds.none(), events);
        assertEquals("max_budget", report.error().orElseThrow().value());
        assertTrue(report.usage().output() > 0 && report.cost().isPresent());
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
        try (MessagesStandIn messages = MessagesStandIn.byRound(round -> {
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
        try (MessagesStandIn messages = MessagesStandIn.answering(ModelTurn.use("", "Bash", input))) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url()))
                    .withArguments(List.of("--allowedTools", "Bash")));
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

    @Test
    void itsTelemetryComesHereUnderOurTraceAndSession() throws Exception {
        Map<String, String> received = new ConcurrentHashMap<>();
        HttpServer collector = collector(received);
        try {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("OTEL_RESOURCE_ATTRIBUTES", "team=tests")));
            Map<String, String> environment = worker.environment();
            environment.putAll(new ClaudeTelemetry("http://127.0.0.1:" + collector.getAddress().getPort(), "http/protobuf",
                    Optional.empty(), "session-of-pa", Map.of()).variables(environment));
            environment.put("TRACEPARENT", "00-" + "0123456789abcdef".repeat(2) + "-0123456789abcdef-01");
            WorkerReport report = worker.work(FakeClaude.instruction("write"), environment, Bounds.none(), events);
            assertTrue(report.clean(), () -> report.error().toString());
        } finally {
            collector.stop(0);
        }
        assertEquals(java.util.Set.of("/v1/traces", "/v1/metrics", "/v1/logs"), received.keySet());
        received.forEach((path, body) -> assertTrue(body.contains("agentproxy.session_id") && body.contains("session-of-pa")
                && body.contains("claude-code") && body.contains("team"), path));
        String traceId = new String(new byte[] {0x01, 0x23, 0x45, 0x67, (byte) 0x89, (byte) 0xab, (byte) 0xcd, (byte) 0xef},
                StandardCharsets.ISO_8859_1).repeat(2);
        assertTrue(received.get("/v1/traces").contains(traceId), "its spans are part of our trace");
        assertTrue(received.get("/v1/traces").contains("claude_code.interaction"));
    }

    /** @param received bodies by their path, and our header's value */
    private static HttpServer collector(Map<String, String> received) throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        collector.createContext("/", exchange -> {
            String ours = exchange.getRequestHeaders().getFirst("x-ours");
            if (ours != null || exchange.getRequestHeaders().containsKey("x-canary")) {
                received.put("headers", ours == null ? "theirs" : "x-ours=" + ours);
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream sent = new ByteArrayInputStream(body);
            try (InputStream in = gzip ? new GZIPInputStream(sent) : sent) {
                received.merge(exchange.getRequestURI().getPath(),
                        new String(in.readAllBytes(), StandardCharsets.ISO_8859_1), String::concat);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }

    private WorkerReport against(ModelTurn turn, Bounds bounds) throws IOException {
        try (MessagesStandIn messages = MessagesStandIn.answering(turn)) {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("ANTHROPIC_BASE_URL", messages.url())));
            return worker.work(FakeClaude.instruction("do it"), worker.environment(), bounds, events);
        }
    }

    private ClaudeOptions options(Map<String, String> more) {
        Map<String, String> environment = rehearsal.workerEnvironment(Map.of("PATH", System.getenv("PATH"),
                "CLAUDECODE", "1", "ANTHROPIC_AUTH_TOKEN", "the user's own, not to be used"));
        environment.putAll(more);
        return ClaudeOptions.defaults(directory, environment, LIMITS).withCommand(rehearsal.workerCommand());
    }

    private List<String> tools() {
        return events.of(RunEvent.ToolStarted.class).stream().map(t -> t.tool() + " " + t.detail()).toList();
    }

    private String check(int expected) throws Exception {
        Process check = new ProcessBuilder("sh", directory.resolve("rehearsal/check.sh").toString())
                .redirectErrorStream(true).start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(expected, check.waitFor(), output);
        return output;
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

    private static boolean running(String commandLine) {
        return ProcessHandle.allProcesses().filter(ProcessHandle::isAlive)
                .anyMatch(p -> p.info().commandLine().orElse("").contains(commandLine));
    }
}
