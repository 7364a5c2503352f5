package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Status;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the worker is given to send telemetry of its own, and when it is given nothing. */
class WorkerTelemetryTest {
    @TempDir
    Path state;

    /** A worker that remembers what it was offered. */
    private static final class Fake implements WorkerTelemetry {
        private final List<Link> links = new ArrayList<>();
        private final boolean tracesTools;

        Fake(boolean tracesTools) {
            this.tracesTools = tracesTools;
        }

        @Override
        public Map<String, String> settings(Link link) {
            links.add(link);
            return Map.of("WORKERS_OWN", "on", "OTEL_SERVICE_NAME", "claude-code");
        }

        @Override
        public boolean tracesTools() {
            return tracesTools;
        }
    }

    private static void round(ScriptedRun script) {
        script.start().workerStarts(1, "do").toolStarts("t", "Bash").toolEnds("t", "Bash", true).workerEnds(1)
                .end(Status.COMPLETED, 0);
    }

    private Lab.Run run(Map<String, String> environment, WorkerTelemetry worker, Consumer<ScriptedRun> script) {
        return new Lab(state, environment).worker(worker).run(script);
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void aReceiverThatAnswersIsPassedOn(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Fake worker = new Fake(true);
            Map<String, String> environment = OtlpReceiver.environment(receiver.port(), protocol);
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + receiver.port());
            Lab.Run run = run(environment, worker, script -> round(script.childHas("PATH", "/bin")));
            assertEquals(1, worker.links.size());
            WorkerTelemetry.Link link = worker.links.get(0);
            assertEquals("http://127.0.0.1:" + receiver.port(), link.endpoint(), "the address that answered");
            assertEquals(protocol.value(), link.protocol());
            assertEquals(ScriptedRun.SESSION, link.session());
            assertEquals("/bin", link.environment().get("PATH"));
            assertTrue(run.script().childEnvironment().containsKey("TRACEPARENT"));
            Map<String, String> child = run.script().childEnvironment();
            assertEquals("on", child.get("WORKERS_OWN"));
            assertEquals("claude-code", child.get("OTEL_SERVICE_NAME"));
            // It makes the spans of its tools itself: never both. The metrics are ours in either case.
            SpanTree.of(receiver.spans()).assertShape("pa.run_task", "  claude.subprocess");
            assertTrue(receiver.lastPoints().stream().anyMatch(p -> p.metric().equals("agentproxy.tools.executions")));
        }
    }

    /** Telemetry never ends a run, not even by a defect in what it is given. */
    @Test
    void settingsThatFailCostOneEventAndOneLine() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            WorkerTelemetry broken = new WorkerTelemetry() {
                @Override
                public Map<String, String> settings(Link link) {
                    throw new IllegalStateException("as the test wants it");
                }

                @Override
                public boolean tracesTools() {
                    return true;
                }
            };
            Lab.Run run = run(receiver.environment(OtlpReceiver.Protocol.GRPC), broken, WorkerTelemetryTest::round);
            assertEquals("telemetry: an event was left out (as the test wants it)", run.delivery().line().orElseThrow());
            SpanTree.of(receiver.spans()).assertShape("pa.run_task", "  claude.subprocess", "    execute_tool Bash");
        }
    }

    @Test
    void aWorkerThatMakesNoSpansHasItsToolsRebuilt() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            run(receiver.environment(OtlpReceiver.Protocol.GRPC), new Fake(false), WorkerTelemetryTest::round);
            SpanTree.of(receiver.spans()).assertShape("pa.run_task", "  claude.subprocess", "    execute_tool Bash");
        }
    }

    @Test
    void aWorkerThatSendsNoneAndOneThatMustNotAreGivenTheTraceOnly() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run forbidden = run(receiver.environment(OtlpReceiver.Protocol.GRPC), WorkerTelemetry.NONE,
                    WorkerTelemetryTest::round);
            assertEquals(List.of("TRACEPARENT"), List.copyOf(forbidden.script().childEnvironment().keySet()));
        }
    }

    @Test
    void aReceiverThatRefusesIsNotPassedOnAndItsToolsAreRebuilt() {
        Fake worker = new Fake(true);
        int port = OtlpReceiver.refusingPort();
        Lab.Run run = run(OtlpReceiver.environment(port, OtlpReceiver.Protocol.GRPC), worker, WorkerTelemetryTest::round);
        assertEquals(List.of(), worker.links);
        assertTrue(run.script().childEnvironment().containsKey("TRACEPARENT"));
        try (OtlpReceiver late = OtlpReceiver.start(port)) {
            new Lab(state, late.environment(OtlpReceiver.Protocol.GRPC)).send();
            SpanTree.of(late.spans()).assertShape("pa.run_task", "  claude.subprocess", "    execute_tool Bash");
        }
    }

    /** Connecting is not answering: Claude Code would wait 2.8 s at the end of each round. */
    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void aReceiverThatSaysNothingIsNotPassedOnAndCostsOneLookOnly(OtlpReceiver.Protocol protocol) throws IOException {
        try (ServerSocket hole = OtlpReceiver.blackHole()) {
            Fake worker = new Fake(true);
            Lab.Open run = new Lab(state, OtlpReceiver.environment(hole.getLocalPort(), protocol)).worker(worker).impatient()
                    .open();
            ScriptedRun script = run.script().start().workerStarts(1, "x").workerEnds(1);
            long begun = System.nanoTime();
            for (int i = 2; i < 22; i++) {
                script.workerStarts(i, "x").workerEnds(i);
            }
            Duration twentyRounds = Duration.ofNanos(System.nanoTime() - begun);
            script.end(Status.COMPLETED, 0);
            run.end();
            run.close();
            assertEquals(List.of(), worker.links);
            assertTrue(twentyRounds.toMillis() < 20 * Patience.DEFAULT.lookMillis() / 2, twentyRounds::toString);
        }
    }

    @Test
    void aReceiverThatComesBackIsPassedOnAgain() throws InterruptedException {
        int port = OtlpReceiver.refusingPort();
        Fake worker = new Fake(true);
        Lab.Open run = new Lab(state, OtlpReceiver.environment(port, OtlpReceiver.Protocol.GRPC))
                .with("OTEL_METRIC_EXPORT_INTERVAL", "200").worker(worker).open();
        ScriptedRun script = run.script().start().workerStarts(1, "x").workerEnds(1);
        assertEquals(List.of(), worker.links);
        try (OtlpReceiver back = OtlpReceiver.start(port)) {
            // It is tried again after a pause.
            back.await(() -> back.requests() > 0 && !back.points().isEmpty());
            for (int i = 2; i < 100 && worker.links.isEmpty(); i++) {
                script.workerStarts(i, "x").workerEnds(i);
                Thread.sleep(50);
            }
            assertFalse(worker.links.isEmpty());
            script.end(Status.COMPLETED, 0);
            run.end();
            run.close();
        }
    }
}
