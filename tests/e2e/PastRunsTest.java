package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telemetry.OtlpReceiver;
import telemetry.SpanTree;

/** Telemetry of ended runs by the command line: sent, or written to a file. */
class PastRunsTest {
    @TempDir Path home;
    @TempDir Path project;

    @BeforeEach
    void worker() throws IOException {
        Files.writeString(home.resolve("worker.sh"), "cat > /dev/null; echo x >> work.txt; echo done\n");
    }

    private Pa pa() {
        return new Pa(home).withBarePath();
    }

    private String run(String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("--reasoner", "rules", "--worker-cmd",
                "sh " + home.resolve("worker.sh"), "--verify", "true", "do it"));
        words.addAll(List.of(more));
        pa().run(project, words.toArray(new String[0]));
        return pa().sessions(project).list().get(0).id();
    }

    @Test
    void runsMadeBeforeThereWasAStackAreSentAndRefusedOnesByTheirIdOnly() throws Exception {
        run();
        String refused = run("--no-telemetry");
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Pa pa = pa();
            receiver.environment(OtlpReceiver.Protocol.HTTP).forEach(pa::with);
            Pa.Result dry = pa.run(project, "telemetry", "send", "--all", "--dry-run");
            assertTrue(dry.err().contains("to http://127.0.0.1:" + receiver.port()) && dry.err().contains(project.toRealPath()
                    + ": 1 run"), dry.toString());
            assertEquals(0, receiver.requests());
            Pa.Result sent = pa.run(project, "telemetry", "send", "--since", "1h");
            assertEquals("1 run sent, 0 remaining\n", sent.out(), sent.toString());
            int spans = receiver.spans().size();
            SpanTree tree = SpanTree.of(receiver.spans()).assertOneTrace();
            tree.only("pa.run_task");
            assertFalse(tree.all("command.subprocess").isEmpty(), tree::toString);
            assertEquals("1 run sent, 0 remaining\n", pa.run(project, "telemetry", "send", refused).out());
            assertTrue(receiver.spans().size() > spans);
            assertEquals(2, SpanTree.of(receiver.spans()).all("pa.run_task").size());
            assertEquals("nothing to send\n", pa.run(project, "telemetry", "send").out());
            assertEquals(2, pa.run(project, "telemetry", "send", "--all", refused).exitCode());
            assertEquals(2, pa.run(project, "telemetry", "send", "--since", "yesterday").exitCode());
        }
    }

    @Test
    void aSessionIsAFileOfOtlpInJsonForItsOwner() throws Exception {
        String id = run();
        Pa.Result export = pa().run(project, "export", id);
        assertEquals(id + ".otlp.jsonl\n", export.out(), export.toString());
        Path file = project.resolve(id + ".otlp.jsonl");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        List<String> lines = Files.readAllLines(file);
        assertEquals(3, lines.size());
        JsonNode spans = new JsonMapper().readTree(lines.get(0)).at("/resourceSpans/0/scopeSpans/0/spans");
        assertTrue(spans.size() > 4, spans::toString);
        JsonNode root = spans.get(spans.size() - 1);
        assertEquals("pa.run_task", root.path("name").asText());
        assertFalse(root.has("parentSpanId"));
        assertTrue(root.path("traceId").asText().matches("[0-9a-f]{32}"));
        assertTrue(root.path("startTimeUnixNano").isTextual(), "64-bit numbers are text");
        assertTrue(lines.get(1).contains("agentproxy.tasks.completed") && lines.get(2).contains("pa.termination"));
        assertEquals(2, pa().run(project, "export", id).exitCode(), "a file is not replaced unasked");
        assertEquals(0, pa().run(project, "export", id, "--force").exitCode());
        assertEquals(lines, pa().run(project, "export", id, "-o", "-").out().lines().toList());
    }
}
