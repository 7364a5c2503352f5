package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.RunEvent;
import contract.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Receivers that are not there, say nothing, say no, or die: a run ends soon, says one line, and nothing is lost. */
class FaultsTest {
    /** The contract's 1.5 s, and as much again for a machine on which other things run. */
    private static final Duration SOON = Duration.ofMillis(3_000);
    private static final int SPANS = 14;
    private static final int LOGS = 6;

    @TempDir
    Path state;

    private Lab lab(int port, OtlpReceiver.Protocol protocol) {
        return new Lab(state, OtlpReceiver.environment(port, protocol)).impatient();
    }

    private static void assertKept(Lab lab, Lab.Run run) {
        assertTrue(run.closing().compareTo(SOON) < 0, run.closing()::toString);
        Delivery delivery = run.delivery();
        assertEquals(new Delivery.Share(0, SPANS, 0, 0), delivery.shares().get(Signal.TRACES));
        assertEquals(new Delivery.Share(0, LOGS, 0, 0), delivery.shares().get(Signal.LOGS));
        String line = delivery.line().orElseThrow();
        assertEquals(1, line.lines().count());
        assertTrue(line.contains("14 spans, metrics, 6 log records not delivered"), line);
        assertTrue(line.contains("agentproxy/spool"), line);
        assertTrue(line.contains("pa telemetry flush"), line);
        assertEquals(SPANS, kept(lab, Signal.TRACES).items());
        assertEquals(LOGS, kept(lab, Signal.LOGS).items());
        // The last state of the metrics tells everything; the ones before it are not kept beside it.
        assertEquals(1, kept(lab, Signal.METRICS).files());
    }

    private static TelemetrySpool.Kept kept(Lab lab, Signal signal) {
        return lab.spool().signals().get(signal.ordinal());
    }

    /** What was kept is sent by the next run that finds a receiver, once, beside that run's own. */
    private void assertSentByTheNextRun(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab next = new Lab(state, receiver.environment(protocol));
            next.run(script -> {
                script.start();
                receiver.await(() -> next.spool().files() == 0);
                script.end(Status.COMPLETED, 0);
            });
            assertEquals(SPANS + 1, receiver.spans().size());
            assertEquals(SPANS + 1, receiver.spans().stream().map(Received.Span::spanId).distinct().count());
            assertEquals(LOGS + 1, receiver.logs().size());
            assertEquals(2, receiver.points().stream().filter(p -> p.metric().equals("agentproxy.tasks.completed")
                    && p.attributes().equals(Map.of("status", "completed")) && p.value() == 1).count());
        }
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void refused(OtlpReceiver.Protocol protocol) {
        Lab lab = lab(OtlpReceiver.refusingPort(), protocol);
        Lab.Run run = lab.run(ScriptedRun::whole);
        assertKept(lab, run);
        assertTrue(run.delivery().line().orElseThrow().contains("refused the connection"));
        assertSentByTheNextRun(protocol);
    }

    /** The original's flush at exit had no bound. */
    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void defect20AReceiverThatTakesConnectionsAndSaysNothing(OtlpReceiver.Protocol protocol) throws IOException {
        try (ServerSocket hole = OtlpReceiver.blackHole()) {
            Lab lab = lab(hole.getLocalPort(), protocol);
            Lab.Run run = lab.run(ScriptedRun::whole);
            assertKept(lab, run);
            assertTrue(run.delivery().line().orElseThrow().contains("did not answer"));
        }
        assertSentByTheNextRun(protocol);
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void defect20AReceiverThatTakesRequestsAndSaysNothing(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start().silent()) {
            Lab lab = lab(receiver.port(), protocol);
            assertKept(lab, lab.run(ScriptedRun::whole));
        }
    }

    @Test
    void aPortThatDropsConnections() throws IOException {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // With the backlog full, the kernel drops what comes: as behind a firewall.
            for (int i = 0; i < 3; i++) {
                Socket socket = new Socket();
                fill.add(socket);
                connectQuietly(socket, full.getLocalPort());
            }
            Lab lab = lab(full.getLocalPort(), OtlpReceiver.Protocol.GRPC);
            assertKept(lab, lab.run(ScriptedRun::whole));
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    private static void connectQuietly(Socket socket, int port) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (IOException e) {
            assertTrue(e instanceof SocketTimeoutException, e::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void unavailableAndThenWellDeliversInTheSameRun(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start().unavailable(4)) {
            Lab lab = new Lab(state, receiver.environment(protocol));
            Lab.Run run = lab.run(ScriptedRun::whole);
            assertTrue(run.delivery().complete(), run.delivery()::toString);
            assertEquals(SPANS, receiver.spans().size());
            assertEquals(LOGS, receiver.logs().size());
            assertEquals(0, lab.spool().files());
        }
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void unavailableForEverKeepsEverything(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start().unavailable(Integer.MAX_VALUE)) {
            Lab lab = lab(receiver.port(), protocol);
            Lab.Run run = lab.run(ScriptedRun::whole);
            assertKept(lab, run);
            String why = protocol == OtlpReceiver.Protocol.GRPC ? "answered UNAVAILABLE" : "answered 503";
            assertTrue(run.delivery().line().orElseThrow().contains(why), run.delivery().line()::toString);
        }
        assertSentByTheNextRun(protocol);
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void aReceiverThatDiesMidwayHasWhatItTookAndTheRestIsKept(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab lab = lab(receiver.port(), protocol);
            Lab.Run run = lab.run(script -> {
                script.start();
                receiver.await(() -> receiver.requests() > 0);
                receiver.dieAfter(receiver.requests());
                script.selfCheck().end(Status.COMPLETED, 0);
            });
            assertTrue(run.closing().compareTo(SOON) < 0, run.closing()::toString);
            assertEquals(2, kept(lab, Signal.TRACES).items());
            assertEquals(1, kept(lab, Signal.LOGS).items());
            assertEquals(1, kept(lab, Signal.METRICS).files());
        }
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void whatAReceiverOfOthersRefusesForGoodIsNotKept(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab lab = new Lab(state, receiver.environment(protocol));
            Lab.Run run = lab.run(script -> {
                receiver.await(() -> !receiver.points().isEmpty());
                receiver.unacceptable();
                script.whole();
            });
            assertEquals(new Delivery.Share(0, 0, SPANS, 0), run.delivery().shares().get(Signal.TRACES));
            assertTrue(run.delivery().line().orElseThrow().contains("14 spans, metrics, 6 log records rejected"));
            assertEquals(0, lab.spool().files());
        }
    }

    /** A web server that is no OTLP receiver says 400 to everything: that must not cost what was kept, nor what is new. */
    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void whatAStrangerRefusesForGoodIsKept(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver stranger = OtlpReceiver.start().unacceptable()) {
            Lab lab = lab(stranger.port(), protocol);
            assertKept(lab, lab.run(ScriptedRun::whole));
            TelemetrySpool.Flush flush = TelemetrySpool.flush(lab.environment(), Duration.ofSeconds(20));
            assertEquals(3, flush.remaining());
            assertEquals(0, flush.rejected());
            assertTrue(flush.problem().orElseThrow().contains("answered"), flush::toString);
        }
        assertSentByTheNextRun(protocol);
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void aPartialSuccessIsSaid(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start().rejecting(2)) {
            Lab.Run run = new Lab(state, receiver.environment(protocol)).run(ScriptedRun::whole);
            assertEquals(new Delivery.Share(SPANS - 2, 0, 2, 0), run.delivery().shares().get(Signal.TRACES));
            assertEquals("telemetry: 2 spans rejected (the receiver rejected some: too old)",
                    run.delivery().line().orElseThrow());
        }
    }

    @Test
    void aStateFolderThatCannotBeWrittenIsALossThatIsSaid() throws IOException {
        Path file = Files.writeString(state.resolve("agentproxy"), "not a folder");
        Lab lab = lab(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC);
        Lab.Run run = lab.run(ScriptedRun::whole);
        String line = run.delivery().line().orElseThrow();
        assertEquals(new Delivery.Share(0, 0, 0, SPANS), run.delivery().shares().get(Signal.TRACES));
        assertTrue(line.contains("14 spans, metrics, 6 log records lost (it could not be kept in "), line);
        assertEquals("not a folder", Files.readString(file));
    }

    @Test
    void aQueueThatOverflowsIsALossThatIsSaid() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run run = new Lab(state, receiver.environment(OtlpReceiver.Protocol.GRPC))
                    .with("OTEL_BSP_MAX_QUEUE_SIZE", "4").with("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "4")
                    .with("OTEL_BSP_SCHEDULE_DELAY", "60000").run(script -> {
                        script.start();
                        for (int i = 0; i < 2_000; i++) {
                            script.selfCheck();
                        }
                        script.end(Status.COMPLETED, 0);
                    });
            Delivery.Share spans = run.delivery().shares().get(Signal.TRACES);
            assertEquals(receiver.spans().size(), spans.delivered());
            assertEquals(2_001, spans.delivered() + spans.lost());
            assertTrue(spans.lost() > 0);
            assertTrue(run.delivery().line().orElseThrow().contains(spans.lost() + " spans lost"));
        }
    }

    @Test
    void manySpansIntoABlackHoleAreAllKept() throws IOException {
        try (ServerSocket hole = OtlpReceiver.blackHole()) {
            Lab lab = lab(hole.getLocalPort(), OtlpReceiver.Protocol.GRPC).with("OTEL_BSP_MAX_QUEUE_SIZE", "32768");
            Lab.Run run = lab.run(script -> {
                script.start();
                for (int i = 0; i < 20_000; i++) {
                    script.selfCheck();
                }
                script.end(Status.COMPLETED, 0);
            });
            assertTrue(run.closing().compareTo(SOON) < 0, run.closing()::toString);
            assertEquals(new Delivery.Share(0, 20_001, 0, 0), run.delivery().shares().get(Signal.TRACES));
            assertEquals(20_001, kept(lab, Signal.TRACES).items());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_TRACES_EXPORTER, console, opentelemetry-exporter-logging", "OTEL_EXPORTER_OTLP_ENDPOINT, nonsense, nonsense",
        "OTEL_EXPORTER_OTLP_PROTOCOL, carrier-pigeon, carrier-pigeon", "OTEL_METRIC_EXPORT_INTERVAL, soon, soon",
        "OTEL_EXPORTER_OTLP_CERTIFICATE, /nowhere.pem, /nowhere.pem"})
    void aVariableThatCannotBeUnderstoodTurnsTelemetryOffAndSaysWhich(String variable, String value, String said) {
        Lab lab = lab(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC).with(variable, value);
        Lab.Run run = lab.run(ScriptedRun::whole);
        String line = run.delivery().line().orElseThrow();
        assertTrue(line.startsWith("telemetry is off: "), line);
        assertTrue(line.contains(said), line);
        assertEquals(1, line.lines().count());
        assertEquals(Optional.empty(), run.telemetry().traceId());
        assertFalse(Files.exists(state.resolve("agentproxy")));
    }

    @Test
    void closingTwiceSaysTheSame() {
        Lab.Run run = lab(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC).run(ScriptedRun::whole);
        assertEquals(run.delivery(), run.telemetry().close());
        run.telemetry().listener().on(new RunEvent.Notice("after the end"));
    }

    @Test
    void aRunThatIsInterruptedStillDelivers() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Telemetry telemetry = Telemetry.start(new Lab(state, receiver.environment(OtlpReceiver.Protocol.GRPC))
                    .environment(), WorkerTelemetry.NONE, new Patience(15_000, 15_000, 15_000));
            new ScriptedRun(telemetry).whole();
            Thread.currentThread().interrupt();
            Delivery delivery = telemetry.close();
            assertTrue(Thread.interrupted(), "the interruption is still there for the caller");
            assertTrue(delivery.complete(), delivery::toString);
            assertEquals(SPANS, receiver.spans().size());
        }
    }
}
