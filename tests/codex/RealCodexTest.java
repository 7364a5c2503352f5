package codex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Instruction;
import agent.Interruption;
import agent.RunEvent;
import agent.RunListener;
import agent.WorkerReport;
import codex.ResponsesStandIn.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workers.WorkerLimits;
import workers.WorkerProgram;

/** The real Codex against a stand-in for the API: what was measured of it still holds for the version that is here. */
class RealCodexTest {
    private static final WorkerLimits LIMITS = new WorkerLimits(Duration.ofSeconds(60), Duration.ofSeconds(120));
    private static Path codex;

    @TempDir
    Path folder;
    private Path directory;
    private final List<RunEvent> events = new ArrayList<>();

    @BeforeAll
    static void find() {
        Optional<Path> found = WorkerProgram.find("codex", System.getenv()).or(RealCodexTest::ofTestSetUp);
        Assumptions.assumeTrue(found.isPresent(), "Codex is not installed: tests/install-codex.sh installs it by npm (400 MB)");
        codex = found.get().toAbsolutePath();
    }

    private static Optional<Path> ofTestSetUp() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("build/codex/node_modules/.bin/codex");
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    @BeforeEach
    void prepare() throws Exception {
        directory = Files.createDirectory(folder.toRealPath().resolve("work"));
        Files.createDirectory(folder.resolve("codex-home"));
    }

    @Test
    void worksIsResumedAndItsTokensAreWhatTheEndpointServed() throws Exception {
        try (ResponsesStandIn api = new ResponsesStandIn(Turn.run("echo bad > a.txt"), Turn.say("Written."),
                Turn.run("echo good > a.txt; false"), Turn.say("Corrected."))) {
            CodexWorker worker = worker(api);
            worker.selfCheck();
            WorkerReport first = work(worker, Optional.empty(), Bounds.none());
            assertTrue(first.clean(), () -> first.error().toString());
            assertEquals("Written.", first.text());
            assertEquals("bad\n", Files.readString(directory.resolve("a.txt")));
            assertEquals(List.of("command_execution echo true"), tools());
            assertEquals(2 * ResponsesStandIn.INPUT, first.usage().input());
            assertTrue(first.cost().isEmpty(), "no cost is invented");
            events.clear();
            WorkerReport second = work(worker, first.conversation(), Bounds.none());
            assertTrue(second.clean(), () -> second.error().toString());
            assertEquals(first.conversation(), second.conversation());
            assertEquals("good\n", Files.readString(directory.resolve("a.txt")));
            assertEquals(List.of("command_execution echo false"), tools(), "a command that fails is a tool that fails");
            assertEquals(2 * ResponsesStandIn.INPUT, second.usage().input(), "the thread's sum is not booked again");
            assertEquals(api.asked() * ResponsesStandIn.OUTPUT, first.usage().output() + second.usage().output());
            assertEquals(worker(api).name(), "codex");
            assertEquals(Optional.of("0.169.0"), second.version().filter("0.169.0"::equals).or(second::version));
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

    @Test
    void errorsOfTheApiHaveTheirStatus() throws Exception {
        Map<Integer, Boolean> held = Map.of(400, false, 401, true, 429, false, 500, false);
        for (Map.Entry<Integer, Boolean> status : held.entrySet()) {
            try (ResponsesStandIn api = new ResponsesStandIn(Turn.refuse(status.getKey()))) {
                WorkerReport report = work(worker(api), Optional.empty(), Bounds.none());
                assertTrue(report.error().isPresent(), "" + status);
                assertEquals(status.getValue(), report.error().get().hold().isPresent(), report.error().toString());
                // Of a 400 and a 500 Codex tells words only.
                if (status.getKey() != 400 && status.getKey() != 500) {
                    assertEquals("api_" + status.getKey(), report.error().get().value(), report.error().get().message());
                }
            }
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

    private WorkerReport work(CodexWorker worker, Optional<String> conversation, Bounds bounds) {
        RunListener keep = events::add;
        return worker.work(new Instruction("do it", conversation, Optional.empty()), worker.environment(), bounds, keep);
    }

    private CodexWorker worker(ResponsesStandIn api) {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(),
                "CODEX_HOME", folder.resolve("codex-home").toString(), "STUB_KEY", "made-up"));
        // No sandbox: what a test machine allows inside of another sandbox is not what is tested here.
        return new CodexWorker(new CodexOptions(List.of(codex.toString()), directory, environment, "danger-full-access", LIMITS,
                List.of("-c", "model=stub", "-c", "model_provider=p", "-c", "model_providers.p={name=\"p\",base_url=\"" + api.url()
                        + "\",env_key=\"STUB_KEY\",stream_max_retries=0,request_max_retries=0}")));
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
