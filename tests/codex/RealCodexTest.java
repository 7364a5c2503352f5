package codex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Instruction;
import agent.Interruption;
import agent.Problem;
import agent.RunEvent;
import agent.RunListener;
import agent.WorkerReport;
import codex.ResponsesStandIn.Turn;
import contract.Failure;
import contract.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import workers.WorkerLimits;

/** The real Codex against a stand-in for the API: the measured behaviour is still the same in the installed version. */
class RealCodexTest {
    private static final WorkerLimits LIMITS = new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120));
    private static Path codex;

    @TempDir
    Path folder;
    private Path directory;
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void find() {
        codex = InstalledCodex.require();
    }

    @BeforeEach
    void prepare() throws Exception {
        directory = Files.createDirectory(folder.toRealPath().resolve("work"));
        Files.createDirectory(folder.resolve("codex-home"));
    }

    @Test
    void writesAFaultIsToldAndFixesItInThreeRoundsWhoseTokensAreWhatTheEndpointServed() throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.run("echo bad > a.txt"), Turn.say("Written."),
                Turn.run("echo good > a.txt; false"), Turn.say("Corrected."), Turn.run("cat a.txt"), Turn.say("It is good."))) {
            CodexWorker worker = worker(api);
            worker.selfCheck();
            WorkerReport first = work(worker, Optional.empty(), Bounds.none());
            assertTrue(first.clean(), () -> first.error().toString());
            assertEquals("Written.", first.text());
            assertEquals("bad\n", Files.readString(directory.resolve("a.txt")));
            assertEquals(List.of("command_execution echo true"), tools());
            events.clear();
            WorkerReport second = work(worker, first.conversation(), Bounds.none());
            assertTrue(second.clean(), () -> second.error().toString());
            assertEquals(first.conversation(), second.conversation());
            assertEquals("good\n", Files.readString(directory.resolve("a.txt")));
            assertEquals(List.of("command_execution echo false"), tools(), "a command that fails is a tool that fails");
            events.clear();
            WorkerReport third = work(worker, first.conversation(), Bounds.none());
            assertTrue(third.clean(), () -> third.error().toString());
            assertEquals(List.of("command_execution cat true"), tools());
            assertEquals(6, api.asked());
            for (WorkerReport report : List.of(first, second, third)) {
                assertEquals(2 * ResponsesStandIn.INPUT, report.effort().usage().input(), "the thread's sum is not booked again");
                assertEquals(2 * ResponsesStandIn.OUTPUT, report.effort().usage().output());
                assertTrue(report.effort().cost().isEmpty(), "no cost is invented");
                assertTrue(report.agent().version().isPresent());
            }
        }
    }

    @Test
    void aConversationThatIsGoneIsBegunAnew() throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.say("Fresh."))) {
            WorkerReport report = work(worker(api), Optional.of("11111111-2222-3333-4444-555555555555"), Bounds.none());
            assertTrue(report.clean(), () -> report.error().toString());
            assertTrue(events.stream().anyMatch(e -> e instanceof RunEvent.WorkerNotice n && n.kind().equals("conversation")));
            assertFalse(report.conversation().equals(Optional.of("11111111-2222-3333-4444-555555555555")));
        }
    }

    /** It begins another without a word when the id is none of its own: that is said. */
    @Test
    void aWordThatIsNoIdOfItsOwnIsSaidToHaveBegunAnother() throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.say("Fresh."))) {
            work(worker(api), Optional.of("nonsense"), Bounds.none());
            assertTrue(events.stream().anyMatch(e -> e instanceof RunEvent.WorkerNotice n && n.text().contains("nonsense")),
                    events.toString());
        }
    }

    static Stream<Arguments> refusals() {
        String limit = "{\"error\":{\"type\":\"usage_limit_reached\",\"message\":\"The usage limit has been reached\","
                + "\"plan_type\":\"plus\",\"resets_at\":" + Instant.now().plusSeconds(3 * 86_400).getEpochSecond() + "}}";
        return Stream.of(
                Arguments.of(400, "{\"error\":{\"message\":\"bad\",\"type\":\"invalid_request_error\"}}", "api_400", false),
                Arguments.of(401, "{}", "api_401", true),
                Arguments.of(402, "{}", "api_402", true),
                Arguments.of(403, "{}", "api_403", true),
                Arguments.of(429, "{}", "api_429", false),
                Arguments.of(429, "{\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}", "api_429", true),
                Arguments.of(429, limit, "api_429", true),
                // Of a 404 and a 500 it tells words only.
                Arguments.of(404, "{\"error\":{\"message\":\"no such model\",\"code\":\"model_not_found\"}}", "no_result", false),
                Arguments.of(500, "{}", "no_result", false),
                Arguments.of(529, "{}", "api_529", false));
    }

    @ParameterizedTest
    @MethodSource
    void refusals(int status, String body, String type, boolean held) throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.refuse(status, body))) {
            WorkerReport report = work(worker(api), Optional.empty(), Bounds.none());
            Problem problem = report.error().orElseThrow();
            assertEquals(type, problem.value(), problem.message());
            assertEquals(held, problem.hold().isPresent(), problem.toString());
            if (body.contains("resets_at")) {
                long days = Duration.between(Instant.now(), problem.hold().orElseThrow().until().orElseThrow()).toHours();
                assertTrue(days >= 71 && days <= 72, problem.toString());
            }
        }
    }

    @Test
    void anApiThatIsNotReachedIsNoSuccess() throws Exception {
        CodexWorker worker = new CodexWorker(options("http://127.0.0.1:1/v1", "workspace-write"), Duration.ofSeconds(3));
        WorkerReport report = work(worker, Optional.empty(), Bounds.none());
        assertEquals("io", report.error().orElseThrow().value(), report.error().toString());
        assertTrue(report.error().orElseThrow().hold().isEmpty(), "it may pass");
    }

    @Test
    void aConversationThatIsTooLongIsBegunAnewOnce() throws Exception {
        String tooLong = "{\"error\":{\"message\":\"too long\",\"code\":\"context_length_exceeded\"}}";
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.say("One."), Turn.refuse(400, tooLong), Turn.say("Anew."))) {
            CodexWorker worker = worker(api);
            WorkerReport first = work(worker, Optional.empty(), Bounds.none());
            WorkerReport second = work(worker, first.conversation(), Bounds.none());
            assertTrue(second.clean(), () -> second.error().toString());
            assertEquals("Anew.", second.text());
            assertFalse(first.conversation().equals(second.conversation()));
        }
    }

    /** What the sandbox does not allow: a wish for more rights stands on stderr only, a write outside is the command's own fault. */
    @Test
    void aDeniedCommandIsNoCleanRound() throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.escalate("touch " + folder.resolve("outside")), Turn.say("Done."))) {
            WorkerReport report = work(worker(api, "workspace-write"), Optional.empty(), Bounds.none());
            assertEquals("permission_denied", report.error().orElseThrow().value(), report.ending().stderr());
            assertEquals(List.of(new WorkerReport.Denial("command_execution", "a command that needs more rights")),
                    report.denials());
            assertFalse(Files.exists(folder.resolve("outside")));
        }
    }

    @Test
    void whatNoRoundCouldGoWellWithIsKnownBeforeTheFirst() throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.say("x"))) {
            Path configuration = folder.resolve("codex-home/config.toml");
            Files.writeString(configuration, "brand_new_field = 1\n");
            CodexWorker passing = worker(api);
            passing.selfCheck();
            work(passing, Optional.empty(), Bounds.none());
            assertTrue(events.stream().anyMatch(e -> e instanceof RunEvent.WorkerNotice n && n.text().contains("brand_new_field")),
                    events.toString());
            Files.writeString(configuration, "model = [\n");
            Failure unreadable = assertThrows(Failure.class, () -> worker(api).selfCheck());
            assertEquals(Status.FAILED_SELF_CHECK.exitCode(), unreadable.exitCode());
            assertTrue(unreadable.getMessage().contains("cannot read its configuration"), unreadable.getMessage());
            Files.delete(configuration);
            CodexWorker usual = new CodexWorker(new CodexOptions(List.of(codex.toString()), directory, environment(),
                    "workspace-write", LIMITS, List.of()));
            Failure login = assertThrows(Failure.class, usual::selfCheck);
            assertTrue(login.getMessage().contains("not logged in") && login.hint().contains("codex login"), login.toString());
            assertEquals(1, api.asked(), "no question is a request");
        }
    }

    /** PA's own collector is none of Codex's: one that takes everything and never answers makes no round longer. */
    @Test
    void aCollectorThatNeverAnswersIsNotSpokenTo() throws Exception {
        try (ServerSocket hole = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                ResponsesStandIn api = new ResponsesStandIn(Turn.run("echo x > a.txt"), Turn.say("Done."))) {
            hole.setSoTimeout(1);
            CodexWorker worker = worker(api);
            Map<String, String> child = worker.environment();
            child.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + hole.getLocalPort());
            child.put("OTEL_TRACES_EXPORTER", "otlp");
            child.put("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            WorkerReport report = worker.work(new Instruction("do it", Optional.empty(), Optional.empty()), child, Bounds.none(),
                    events::add);
            assertTrue(report.clean(), () -> report.error().toString());
            assertThrows(SocketTimeoutException.class, hole::accept);
        }
    }

    @Test
    void anInterruptionEndsItAtOnce() throws Exception {
        Interruption interruption = new Interruption();
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.silence())) {
            CodexWorker worker = worker(api);
            Thread signal = new Thread(() -> {
                while (api.asked() == 0) {
                    try {
                        Thread.sleep(20);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                interruption.request(2);
            });
            signal.start();
            WorkerReport report = work(worker, Optional.empty(), new Bounds(interruption, Instant.MAX));
            signal.join();
            assertEquals("interrupted", report.error().orElseThrow().value());
        }
    }

    @Test
    void killedFromOutsideItsRoundFailsAndItsConversationIsKnown() throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.silence())) {
            CodexWorker worker = worker(api);
            Thread killer = new Thread(() -> {
                while (api.asked() == 0) {
                    Thread.onSpinWait();
                }
                events.stream().filter(RunEvent.WorkerSpawned.class::isInstance).map(RunEvent.WorkerSpawned.class::cast)
                        .flatMap(spawned -> ProcessHandle.of(spawned.pid()).stream()).forEach(process -> {
                            process.descendants().forEach(ProcessHandle::destroyForcibly);
                            process.destroyForcibly();
                        });
            });
            killer.start();
            WorkerReport report = work(worker, Optional.empty(), Bounds.none());
            killer.join();
            assertTrue(report.error().orElseThrow().value().startsWith("exit_"), report.error().toString());
            assertTrue(report.conversation().isPresent(), "to be resumed");
        }
    }

    private WorkerReport work(CodexWorker worker, Optional<String> conversation, Bounds bounds) {
        RunListener keep = events::add;
        return worker.work(new Instruction("do it", conversation, Optional.empty()), worker.environment(), bounds, keep);
    }

    private Map<String, String> environment() {
        return new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                "CODEX_HOME", folder.resolve("codex-home").toString(), "STUB_KEY", "made-up"));
    }

    /** No sandbox: what a test machine allows inside of another sandbox is not what is tested here. */
    private CodexWorker worker(ResponsesStandIn api) {
        return worker(api, "danger-full-access");
    }

    private CodexWorker worker(ResponsesStandIn api, String sandbox) {
        return new CodexWorker(options(api.url(), sandbox));
    }

    private CodexOptions options(String url, String sandbox) {
        return new CodexOptions(List.of(codex.toString()), directory, environment(), sandbox, LIMITS,
                List.of("-c", "model=stub", "-c", "model_provider=p", "-c", "model_providers.p={name=\"p\",base_url=\"" + url
                        + "\",env_key=\"STUB_KEY\",stream_max_retries=0,request_max_retries=0}"));
    }

    private List<String> tools() {
        List<String> tools = new ArrayList<>();
        for (RunEvent event : events) {
            if (event instanceof RunEvent.ToolStarted started) {
                tools.add(started.tool() + " " + started.detail());
            } else if (event instanceof RunEvent.ToolEnded ended) {
                int last = tools.size() - 1;
                tools.set(last, tools.get(last) + " " + ended.success());
            }
        }
        return tools;
    }
}
