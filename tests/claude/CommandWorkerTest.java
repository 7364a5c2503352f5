package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Problem;
import agent.RunEvent;
import agent.WorkerReport;
import contract.ExitCode;
import contract.Failure;
import contract.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workers.CommandWorker;
import workers.WorkerLimits;

class CommandWorkerTest {
    @TempDir
    Path folder;
    private FakeClaude fake;
    private final FakeClaude.Recorder events = new FakeClaude.Recorder();

    @BeforeEach
    void prepare() throws IOException {
        fake = new FakeClaude(folder);
    }

    @Test
    void anyCommandIsAWorker() throws IOException {
        fake.executable("agent.sh", "printf '%s\\n' \"$@\"; cat; echo; pwd; env | grep -c CANARY; true");
        WorkerReport report = work("'" + fake.folder + "/agent.sh' --mode 'a b'", FakeClaude.PATIENT, Map.of());
        assertTrue(report.clean());
        assertEquals(List.of("--mode", "a b", "do it", fake.directory.toString(), "0"),
                events.of(RunEvent.WorkerSaid.class).stream().map(RunEvent.WorkerSaid::text).toList());
        assertEquals("agent.sh", events.of(RunEvent.WorkerSpawned.class).get(0).executable());
        assertEquals(Optional.empty(), report.effort().cost());
        assertEquals(Optional.empty(), report.conversation());
    }

    @Test
    void paSecretsAreNotPassedOn() throws IOException {
        fake.executable("agent.sh", "env");
        WorkerReport report = work(fake.folder + "/agent.sh", FakeClaude.PATIENT,
                Map.of("GEMINI_API_KEY", "canary", "OTEL_EXPORTER_OTLP_HEADERS", "a=canary", "HERS", "kept"));
        assertTrue(report.text().contains("HERS=kept") && !report.text().contains("canary"), report.text());
    }

    @Test
    void anExitCodeThatIsNotZeroIsNotClean() throws IOException {
        fake.executable("agent.sh", "echo working; echo 'no credit left' >&2; exit 3");
        Problem problem = work(fake.folder + "/agent.sh", FakeClaude.PATIENT, Map.of()).error().orElseThrow();
        assertEquals("exit_3", problem.value());
        assertTrue(problem.message().contains("no credit left"));
    }

    @Test
    void theSameLimitsHold() throws IOException {
        fake.executable("agent.sh", "echo working; sleep 300 & sleep 300");
        WorkerReport report = work(fake.folder + "/agent.sh",
                new WorkerLimits(Duration.ofMillis(500), Duration.ofSeconds(60)), Map.of());
        assertEquals("timeout", report.error().orElseThrow().value());
        assertEquals("working", report.text());
    }

    @Test
    void aFloodAndALongLineStayBounded() throws IOException {
        fake.executable("agent.sh", "head -c 10000000 /dev/zero | tr '\\0' a; echo; yes 'a line' | head -n 20000; echo end");
        WorkerReport report = work(fake.folder + "/agent.sh", FakeClaude.PATIENT, Map.of());
        assertTrue(report.clean());
        assertTrue(report.text().endsWith("end") && report.text().length() <= 16_001);
        assertEquals(20_002, events.of(RunEvent.WorkerSaid.class).size());
        assertTrue(events.of(RunEvent.WorkerSaid.class).get(0).text().endsWith("… (9998000 more characters)"));
    }

    @Test
    void aCommandThatIsNotThereIsRefusedBeforeAndFatalAfter() throws IOException {
        CommandWorker worker = new CommandWorker(fake.folder + "/missing", fake.directory, Map.of(), FakeClaude.PATIENT);
        assertEquals(Status.FAILED_SELF_CHECK.exitCode(), assertThrows(Failure.class, worker::selfCheck).exitCode());
        WorkerReport report = worker.work(FakeClaude.instruction("x"), Map.of(), Bounds.none(), events);
        assertEquals("not_found", report.error().orElseThrow().value());
        assertTrue(report.error().orElseThrow().fatal());
        assertEquals(OptionalInt.empty(), report.ending().exitCode());
        assertEquals(0, events.events.size());
    }

    @Test
    void aLineThatNeedsAShellIsAUsageError() {
        assertEquals(ExitCode.USAGE, assertThrows(Failure.class,
                () -> new CommandWorker("a && b", Path.of("/"), Map.of(), FakeClaude.PATIENT)).exitCode());
    }

    private WorkerReport work(String command, WorkerLimits limits, Map<String, String> more) throws IOException {
        Map<String, String> environment = new java.util.HashMap<>(more);
        environment.put("PATH", System.getenv("PATH"));
        CommandWorker worker = new CommandWorker(command, fake.directory, environment, limits);
        worker.selfCheck();
        Files.createDirectories(fake.directory);
        return worker.work(FakeClaude.instruction("do it"), worker.environment(), Bounds.none(), events);
    }
}
