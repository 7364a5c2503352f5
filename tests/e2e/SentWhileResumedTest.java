package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;
import telemetry.Received;
import telemetry.SpanTree;

/** One process sends a session while another one resumes it: neither waits for the other, and everything arrives once. */
class SentWhileResumedTest {
    @TempDir Path home;
    @TempDir Path project;

    /** Its first run leaves work behind, which a later one takes up. */
    @BeforeEach
    void worker() throws IOException {
        Files.writeString(home.resolve("worker.sh"), """
                cat > /dev/null; echo x >> work.txt
                if [ -e wait ]; then touch waiting; while [ -e wait ]; do sleep 0.05; done; fi
                """);
    }

    private Pa pa(OtlpReceiver receiver) throws IOException {
        return pa(receiver.port());
    }

    /** Each with files of its own for its output. */
    private Pa pa(int port) throws IOException {
        Path own = Files.createTempDirectory(home, "pa");
        Pa pa = new Pa(own).withBarePath().with("HOME", home.toString()).with("XDG_STATE_HOME", home.resolve("state").toString());
        OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP).forEach(pa::with);
        return pa;
    }

    /** A session whose only run was not delivered: nobody listened. */
    private String session(int port) throws IOException {
        Pa pa = pa(port);
        pa.run(project, "--reasoner", "rules", "--worker-cmd", "sh " + home.resolve("worker.sh"), "--verify", "true",
                "--max-iterations", "1", "do it");
        return pa.sessions(project).list().get(0).id();
    }

    private static void assertEveryRunArrivedOnce(OtlpReceiver receiver, int runs) {
        List<Received.Span> spans = receiver.spans();
        assertEquals(spans.size(), spans.stream().map(Received.Span::spanId).distinct().count(), "no span twice");
        SpanTree tree = SpanTree.of(spans);
        assertEquals(runs, tree.all("pa.run_task").size(), tree::toString);
        assertEquals(runs, spans.stream().map(Received.Span::traceId).distinct().count());
        List<String> parents = spans.stream().map(Received.Span::parentId).filter(id -> !id.isEmpty())
                .collect(Collectors.toList());
        assertTrue(spans.stream().map(Received.Span::spanId).collect(Collectors.toSet()).containsAll(parents), tree::toString);
    }

    private void assertNothingWaits(OtlpReceiver receiver) throws IOException {
        Pa.Result status = pa(receiver).run(project, "telemetry", "status", "--json");
        assertEquals(0, new JsonMapper().readTree(status.out()).path("waiting").size(), status::toString);
    }

    @Test
    void aResumeDoesNotWaitForTheProcessThatSendsWhatWasBefore() throws Exception {
        int port = OtlpReceiver.refusingPort();
        String id = session(port);
        try (OtlpReceiver receiver = OtlpReceiver.start(port).holding(1)) {
            Pa sender = pa(receiver);
            Process sending = sender.start(project, "telemetry", "send", id);
            receiver.await(() -> receiver.held() == 1);
            Pa.Result resumed = pa(receiver).run(project, "resume", id, "-t", "go on");
            assertTrue(resumed.err().contains("round"), resumed::toString);
            assertEquals(List.of(), resumed.err().lines().filter(line -> line.contains("telemetry")).toList(), resumed::toString);
            assertTrue(sending.isAlive(), "it still waits for its answer");
            receiver.release();
            Pa.Result sent = sender.result(sending);
            assertEquals("1 run sent, 0 remaining\n", sent.out(), sent::toString);
            assertEveryRunArrivedOnce(receiver, 2);
            assertNothingWaits(receiver);
        }
    }

    @Test
    void whoSendsWhileARunGoesOnLeavesItAndSaysSo() throws Exception {
        int port = OtlpReceiver.refusingPort();
        String id = session(port);
        Files.createFile(project.resolve("wait"));
        try (OtlpReceiver receiver = OtlpReceiver.start(port).unavailable(Integer.MAX_VALUE)) {
            Pa resuming = pa(receiver);
            Process run = resuming.start(project, "resume", id, "-t", "go on");
            receiver.await(() -> Files.exists(project.resolve("waiting")));
            receiver.well();
            Pa.Result sent = pa(receiver).run(project, "telemetry", "send", id);
            assertTrue(sent.err().contains("not sent: " + id + ": it is still running"), sent::toString);
            assertTrue(sent.err().contains("another pa sends this session just now"), sent::toString);
            assertEquals("0 runs sent, 1 remaining\n", sent.out(), sent::toString);
            assertEquals(1, sent.exitCode());
            Files.delete(project.resolve("wait"));
            resuming.result(run);
            Pa.Result later = pa(receiver).run(project, "telemetry", "send");
            assertTrue(List.of("nothing to send\n", "1 run sent, 0 remaining\n", "2 runs sent, 0 remaining\n")
                    .contains(later.out()), later::toString);
            assertEveryRunArrivedOnce(receiver, 2);
            assertNothingWaits(receiver);
        }
    }
}
