package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Instruction;
import agent.RunEvent;
import agent.RunListener;
import agent.Usd;
import agent.WorkerReport;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import rehearsal.Messages;
import rehearsal.MessagesStandIn;
import rehearsal.ModelTurn;
import rehearsal.RehearsalScript;
import workers.OwnTelemetry;
import workers.WorkerLimits;

/** The real Claude Code in rounds that work, its tools, its bounds and its telemetry. */
class RealClaudeTest extends RealClaude {
    @Test
    void writesAFaultIsResumedAndRepairsIt() throws Exception {
        ClaudeWorker worker = new ClaudeWorker(options(Map.of()));
        worker.selfCheck();
        WorkerReport first = worker.work(FakeClaude.instruction("write a program"), worker.environment(), Bounds.none(),
                events);

        assertTrue(first.clean(), () -> first.error().toString());
        assertEquals(worker.version(), first.agent().version());
        assertEquals(Optional.of("rehearsal"), first.agent().model());
        assertEquals(List.of("Write rehearsal/greet.sh", "Write rehearsal/check.sh"), tools());
        assertTrue(events.of(RunEvent.ToolEnded.class).stream().allMatch(RunEvent.ToolEnded::success));
        assertTrue(first.effort().usage().output() > 0 && first.effort().usage().cacheRead() > 0, first.effort().usage().toString());
        RehearsalScript.Round asked = RehearsalScript.standard().round(0);
        assertEquals(asked.input() + asked.cacheRead() + asked.cacheCreation(), first.context().tokens());
        assertTrue(first.context().window() >= 100_000, first.context().toString());
        assertTrue(first.effort().cost().orElseThrow().compareTo(Usd.ZERO) > 0);
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
        assertTrue(second.effort().cost().orElseThrow().compareTo(first.effort().cost().orElseThrow()) < 0,
                second.effort().cost() + " after " + first.effort().cost());
        assertTrue(second.effort().cost().orElseThrow().compareTo(Usd.ZERO) > 0);
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
    void aServerInTheBackgroundIsNotWaitedForLongerThanTheLimitOfSilence() throws Exception {
        Files.createFile(directory.resolve("log"));
        ObjectNode input = JsonNodeFactory.instance.objectNode().put("command", "tail -f log").put("description", "server")
                .put("run_in_background", true);
        try (MessagesStandIn messages = Messages.answering(ModelTurn.use("", "Bash", input))) {
            ClaudeWorker worker = new ClaudeWorker(allowingBash(Map.of("ANTHROPIC_BASE_URL", messages.url()),
                    new WorkerLimits(Duration.ofSeconds(10), Duration.ofSeconds(120))));
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
        try (MessagesStandIn messages = Messages.byRound(round -> calls.getAndIncrement() == 0
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
                .contains(report.effort().usage().output()), calls + " calls: " + report.effort().usage());
    }

    @Test
    void whatASubAgentDoesStandsBelowTheCallThatStartedIt() throws Exception {
        ObjectNode task = JsonNodeFactory.instance.objectNode().put("description", "sub").put("prompt", "do the sub-agent's work")
                .put("subagent_type", "general-purpose");
        ObjectNode write = JsonNodeFactory.instance.objectNode().put("file_path", directory.resolve("by-sub-agent").toString())
                .put("content", "x");
        try (MessagesStandIn messages = Messages.byInstruction(instruction -> instruction.contains("do the sub-agent's work")
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
            ClaudeWorker worker = new ClaudeWorker(setup(Map.of(), LIMITS).environment(environment).options());
            Map<String, String> child = worker.environment();
            child.putAll(ClaudeTelemetry.variables(new OwnTelemetry.Link("http://127.0.0.1:" + collector.getAddress().getPort(),
                    "http/protobuf", Optional.of("x-ours=secret"), "session-of-pa", Map.of(), child, false)));
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
        ClaudeWorker turns = new ClaudeWorker(setup(Map.of(), LIMITS).maxTurns(1).options());
        assertEquals("max_turns", turns.work(FakeClaude.instruction("x"), turns.environment(), Bounds.none(), events)
                .error().orElseThrow().value());
        ClaudeWorker money = new ClaudeWorker(options(Map.of()));
        WorkerReport report = money.work(new Instruction("x", Optional.empty(), Optional.of(Usd.of("0.0001"))),
                money.environment(), Bounds.none(), events);
        assertEquals("max_budget", report.error().orElseThrow().value());
        assertTrue(report.effort().usage().output() > 0 && report.effort().cost().isPresent());
    }

    @Test
    void itsTelemetryComesHereUnderOurTraceAndSession() throws Exception {
        Map<String, String> received = new ConcurrentHashMap<>();
        HttpServer collector = collector(received);
        try {
            ClaudeWorker worker = new ClaudeWorker(options(Map.of("OTEL_RESOURCE_ATTRIBUTES", "team=tests")));
            Map<String, String> environment = worker.environment();
            environment.putAll(ClaudeTelemetry.variables(new OwnTelemetry.Link("http://127.0.0.1:"
                    + collector.getAddress().getPort(), "http/protobuf",
                    Optional.empty(), "session-of-pa", Map.of(), environment, false)));
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
}
