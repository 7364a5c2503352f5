package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;
import telemetry.Received;
import telemetry.SpanTree;

/** SIGKILL at random points of rehearsals: afterwards each is one complete trace that says so, and what arrived
 * twice is the same to the nanosecond. */
class KilledRunsTest {
    private static final int KILLS = Integer.getInteger("killed.runs", 4);

    @TempDir Path home;

    @Test
    void everyKilledRunIsOneCompleteTrace() throws Exception {
        Random random = new Random(20261126);
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = new Pa(home).withBarePath();
            receiver.environment(OtlpReceiver.Protocol.GRPC).forEach(pa::with);
            pa.with("OTEL_BSP_SCHEDULE_DELAY", "20").with("OTEL_METRIC_EXPORT_INTERVAL", "50");
            List<String> killed = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                Path project = Files.createDirectories(home.resolve("project" + i));
                Process process = pa.start(project, "--rehearse", "-d", project.toString(), "Create a hello world script");
                kill(process, project, pa, 1 + random.nextInt(40));
                Path journal = journal(pa, project);
                assertTrue(Files.readAllLines(journal).size() > 0);
                killed.add(journal.getParent().getFileName().toString());
            }
            Path last = Files.createDirectories(home.resolve("last"));
            Pa.Result result = pa.run(last, "--rehearse", "-d", last.toString(), "Create a hello world script");
            assertEquals(0, result.exitCode(), result.toString());
            // What the last run had no time for.
            Pa.Result sent = pa.run(last, "telemetry", "send");
            assertEquals(0, sent.exitCode(), sent.toString());
            assertEquals("all telemetry was sent\n", pa.run(last, "telemetry", "status").out());

            for (String session : killed) {
                List<Received.Span> spans = receiver.spans().stream()
                        .filter(s -> session.equals(s.attribute("session.id")))
                        // Killed between an acknowledgement and the note of it: then the very same span comes again.
                        .distinct().collect(Collectors.toList());
                SpanTree tree = SpanTree.of(spans).assertOneTrace();
                Received.Span root = tree.only("pa.run_task");
                assertTrue(Set.of("interrupted", "completed").contains(root.attribute("pa.status")), root::toString);
                Set<String> ids = spans.stream().map(Received.Span::spanId).collect(Collectors.toSet());
                spans.forEach(s -> assertTrue(s == root || ids.contains(s.parentId()), () -> "an orphan: " + s));
            }
            assertEquals(KILLS + 1.0, receiver.lastPoints().stream()
                    .filter(p -> p.metric().equals("agentproxy.tasks.started")).mapToDouble(Received.Point::value).sum());
            assertEquals(0.0, receiver.lastPoints().stream()
                    .filter(p -> p.metric().equals("agentproxy.sessions.active")).mapToDouble(Received.Point::value).sum());
        }
    }

    /** When the journal has so many lines, or the run is over. */
    private static void kill(Process process, Path project, Pa pa, int lines) throws IOException, InterruptedException {
        while (process.isAlive() && lines(pa, project) < lines) {
            Thread.sleep(5);
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    private static int lines(Pa pa, Path project) throws IOException {
        Path journal = journal(pa, project);
        return journal == null ? 0 : Files.readAllLines(journal).size();
    }

    private static Path journal(Pa pa, Path project) throws IOException {
        Path sessions = pa.state().project(project).folder().resolve("sessions");
        if (!Files.isDirectory(sessions)) {
            return null;
        }
        try (Stream<Path> all = Files.walk(sessions)) {
            return all.filter(path -> path.endsWith("journal.jsonl")).findFirst().orElse(null);
        }
    }
}
