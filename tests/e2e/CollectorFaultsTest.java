package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import contract.EngineProcess;
import contract.FallenEngine;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import journal.Entry;
import journal.Sessions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telemetry.OtlpReceiver;
import telemetry.Received;
import telemetry.SpanTree;

/** A collector that is missing, silent, faulty or dying: it does not affect the run, and nothing is lost. */
class CollectorFaultsTest {
    /** The bound is 1.5 s; the rest is for a machine on which other things run. */
    private static final Duration TAIL = Duration.ofSeconds(4);
    private static final String[] TREE = {"pa.run_task", "  pa.self_check", "  command.subprocess", "  pa.function.run_tests",
        "  pa.reasoning_loop", "  pa.function.mark_done", "    pa.function.run_tests", "    pa.function.run_tests"};

    private static String plain = "";

    @TempDir Path home;
    @TempDir Path project;

    @BeforeEach
    void worker() throws IOException {
        Files.writeString(home.resolve("worker.sh"), "cat > /dev/null; echo x >> work.txt; echo done\n");
    }

    private Pa.Result run(Pa pa) {
        return pa.run(project, "--reasoner", "rules", "--worker-cmd", "sh " + home.resolve("worker.sh"), "--verify", "true",
                "--evidence", "unchanged",
                "do it");
    }

    private Pa pa(Map<String, String> otlp) {
        Pa pa = new Pa(home).withBarePath();
        otlp.forEach(pa::with);
        return pa;
    }

    @Test
    void anEngineThatDiedIsToldWithItsCauseAndNotStarted() throws Exception {
        int port = OtlpReceiver.refusingPort();
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path left = Files.createDirectories(home.resolve("state/agentproxy").resolve(FallenEngine.FOLDER));
        Files.writeString(left.resolve(FallenEngine.STATE_FILE), EngineProcess.PID + "=" + ended.pid() + "\n"
                + EngineProcess.STARTED + "=" + Instant.now() + "\n" + FallenEngine.PORT_PREFIX + "otlp-http=" + port + "\n");
        Files.writeString(left.resolve(FallenEngine.CONSOLE_FILE),
                "Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
        Map<String, String> otlp = OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP);
        String cause = "it died (pid " + ended.pid() + "): Terminating due to java.lang.OutOfMemoryError: Java heap space; 'jbang stack up'"
                + " starts it again";
        Pa.Result result = run(pa(otlp));
        assertEquals(0, result.exitCode(), result.toString());
        assertTrue(aboutTelemetry(result).get(0).endsWith(cause), result.err());
        Pa.Result send = pa(otlp).run(project, "telemetry", "send");
        assertEquals(1, send.exitCode(), send.toString());
        assertTrue(send.err().contains(cause), send.toString());
        Pa.Result status = pa(otlp).run(project, "telemetry", "status");
        assertTrue(status.err().contains(cause), status.toString());
    }

    /** How long the process went on after the run's end had been journaled. */
    private Duration tail(Instant exited) {
        Sessions sessions = new Pa(home).sessions(project);
        List<Entry> entries = sessions.read(sessions.list().get(0)).entries();
        return Duration.between(entries.get(entries.size() - 1).at(), exited);
    }

    private static List<String> aboutTelemetry(Pa.Result result) {
        return result.err().lines().filter(line -> line.contains("telemetry")).collect(Collectors.toList());
    }

    @ParameterizedTest
    @CsvSource({"refused,GRPC", "black hole,GRPC", "black hole,HTTP", "dies midway,HTTP", "503 for ever,GRPC"})
    void defect20TheRunEndsInTimeAndNothingIsLost(String fault, OtlpReceiver.Protocol protocol) throws Exception {
        List<Received.Span> before;
        Pa.Result result;
        Instant exited;
        try (OtlpReceiver receiver = OtlpReceiver.start(); ServerSocket hole = OtlpReceiver.blackHole()) {
            receiver.dieAfter(fault.equals("dies midway") ? 1 : Integer.MAX_VALUE);
            receiver.unavailable(fault.equals("503 for ever") ? Integer.MAX_VALUE : 0);
            int port = fault.equals("refused") ? OtlpReceiver.refusingPort()
                    : fault.equals("black hole") ? hole.getLocalPort() : receiver.port();
            result = run(pa(OtlpReceiver.environment(port, protocol)));
            exited = Instant.now();
            before = receiver.spans();
        }
        assertEquals(0, result.exitCode(), result.toString());
        Duration tail = tail(exited);
        assertTrue(tail.compareTo(TAIL) < 0, () -> "ended " + tail + " after its last event");
        assertEquals(withoutTelemetry(), result.out());
        assertEquals(1, aboutTelemetry(result).size(), result.toString());
        assertTrue(aboutTelemetry(result).get(0)
                .matches("telemetry: .* not delivered \\(.+\\); the journal keeps it for the next pa, or: jbang pa telemetry send"),
                result.err());
        assertFalse(result.err().contains("Exception") || result.err().contains("\tat "), result.err());

        JsonNode status = json(new Pa(home).run(project, "telemetry", "status", "--json"), 0);
        assertEquals(1, status.path("waiting").size(), status::toString);
        if (fault.equals("refused")) {
            // Still nobody there: it is said, and everything stays.
            JsonNode failed = json(pa(OtlpReceiver.environment(OtlpReceiver.refusingPort(), protocol))
                    .run(project, "telemetry", "flush", "--json"), 1);
            assertEquals(1, failed.path("remaining").asInt(), failed::toString);
            assertFalse(failed.path("problem").asText().isEmpty(), failed::toString);
        }
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            JsonNode flush = json(pa(receiver.environment(protocol)).run(project, "telemetry", "send", "--json"), 0);
            assertEquals(List.of(1, 0), List.of(flush.path("sent").asInt(), flush.path("remaining").asInt()), flush::toString);
            List<Received.Span> all = new ArrayList<>(before);
            all.addAll(receiver.spans());
            SpanTree.of(all).assertShape(TREE).assertOneTrace();
            assertEquals(1.0, receiver.lastPoints().stream().filter(p -> p.metric().equals("agentproxy.tasks.completed"))
                    .mapToDouble(Received.Point::value).sum());
        }
    }

    /** What the same run prints when telemetry is off; it is always the same, so asked once. */
    private String withoutTelemetry() {
        if (plain.isEmpty()) {
            plain = run(pa(Map.of())).out();
        }
        return plain;
    }

    @Test
    void illForAMomentIsNothingToSpeakOf() {
        try (OtlpReceiver receiver = OtlpReceiver.start().unavailable(2)) {
            Pa.Result result = run(pa(receiver.environment(OtlpReceiver.Protocol.HTTP)));
            assertEquals(0, result.exitCode(), result.toString());
            assertEquals(List.of(), aboutTelemetry(result));
            SpanTree.of(receiver.spans()).assertShape(TREE).assertOneTrace();
        }
    }

    @Test
    void theNextRunSendsWhatWasKept() throws Exception {
        int port = OtlpReceiver.refusingPort();
        run(pa(OtlpReceiver.environment(port, OtlpReceiver.Protocol.HTTP)));
        try (OtlpReceiver receiver = OtlpReceiver.start(port)) {
            Pa.Result result = run(pa(receiver.environment(OtlpReceiver.Protocol.HTTP)));
            assertEquals(List.of(), aboutTelemetry(result));
            List<Received.Span> spans = receiver.spans();
            assertEquals(2 * TREE.length, spans.size());
            assertEquals(2 * TREE.length, spans.stream().map(Received.Span::spanId).distinct().count());
            assertEquals(2, spans.stream().map(Received.Span::traceId).distinct().count());
        }
        assertEquals(0, json(new Pa(home).run(project, "telemetry", "status", "--json"), 0).path("waiting").size());
    }

    @Test
    void offMeansThatNoClassOfTheSdkIsLoaded() throws Exception {
        Path log = home.resolve("classes.log");
        Pa.Result result = run(new Pa(home).withBarePath().jvmOption("-Xlog:class+load:file=" + log));
        assertEquals(0, result.exitCode(), result.toString());
        List<String> loaded = Files.readAllLines(log);
        assertTrue(loaded.stream().anyMatch(line -> line.contains("agent.loop.Supervisor ")), "the log has classes");
        assertEquals(List.of(), loaded.stream().filter(line -> line.contains("io.opentelemetry") || line.contains("okhttp3"))
                .collect(Collectors.toList()));
    }

    private static JsonNode json(Pa.Result result, int exitCode) throws IOException {
        assertEquals(exitCode, result.exitCode(), result.toString());
        return new JsonMapper().readTree(result.out());
    }
}
