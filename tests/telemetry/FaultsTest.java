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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import journal.Entry;
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
    private static final int LOGS = 7;

    @TempDir
    Path state;

    private Lab lab(int port, OtlpReceiver.Protocol protocol) {
        return new Lab(state, OtlpReceiver.environment(port, protocol)).impatient();
    }

    private static void assertKept(Lab lab, Lab.Run run) {
        assertTrue(run.closing().compareTo(SOON) < 0, run.closing()::toString);
        Delivery delivery = run.delivery();
        assertEquals(new Delivery.Share(0, SPANS, 0), delivery.shares().get(Signal.TRACES));
        assertEquals(new Delivery.Share(0, LOGS, 0), delivery.shares().get(Signal.LOGS));
        String line = delivery.line().orElseThrow();
        assertEquals(1, line.lines().count());
        assertTrue(line.contains("14 spans, metrics, 7 log records not delivered"), line);
        assertTrue(line.contains("the journal keeps it"), line);
        assertTrue(line.contains("pa telemetry send"), line);
        assertEquals(List.of(ScriptedRun.SESSION), lab.waiting().stream().map(PastTelemetry.Waiting::session).toList());
    }

    /** What was kept is sent by the next run that finds a receiver, once, beside that run's own. */
    private void assertSentByTheNextRun(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            // The same receiver has come back, which in a test is another one.
            Lab next = new Lab(state, receiver.environment(protocol));
            next.send();
            next.session("next").run(script -> script.start().end(Status.COMPLETED, 0));
            assertEquals(List.of(), next.waiting());
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
            assertEquals(List.of(), lab.waiting());
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
            assertEquals(2, run.delivery().shares().get(Signal.TRACES).waiting());
            assertEquals(1, run.delivery().shares().get(Signal.LOGS).waiting());
            assertTrue(run.delivery().shares().get(Signal.METRICS).waiting() > 0);
            assertEquals(1, lab.waiting().size());
        }
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void whatAReceiverOfOthersRefusesForGoodIsNotKept(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab lab = lab(receiver.port(), protocol);
            Lab.Run run = lab.run(script -> {
                script.start();
                receiver.await(() -> !receiver.points().isEmpty());
                receiver.unacceptable();
                script.end(Status.COMPLETED, 0);
            });
            String line = run.delivery().line().orElseThrow();
            assertTrue(run.delivery().shares().get(Signal.METRICS).rejected() > 0, line);
            assertTrue(line.contains("metrics rejected"), line);
        }
    }

    /** A web server that is no OTLP receiver says 400 to everything: that must not cost what was kept, nor what is new. */
    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void whatAStrangerRefusesForGoodIsKept(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver stranger = OtlpReceiver.start().unacceptable()) {
            Lab lab = lab(stranger.port(), protocol);
            assertKept(lab, lab.run(ScriptedRun::whole));
            PastTelemetry.Result result = lab.send().get(0);
            assertEquals(0, result.rejected());
            assertTrue(result.problem().orElseThrow().contains("answered"), result::toString);
            assertEquals(1, lab.waiting().size());
        }
        assertSentByTheNextRun(protocol);
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void aPartialSuccessIsSaid(OtlpReceiver.Protocol protocol) {
        try (OtlpReceiver receiver = OtlpReceiver.start().rejecting(2)) {
            Lab.Run run = new Lab(state, receiver.environment(protocol)).run(ScriptedRun::whole);
            assertEquals(new Delivery.Share(SPANS - 2, 0, 2), run.delivery().shares().get(Signal.TRACES));
            assertEquals("telemetry: 2 spans rejected (the receiver rejected some: too old)",
                    run.delivery().line().orElseThrow());
        }
    }

    @Test
    void aStateFolderThatCannotBeWrittenIsALossThatIsSaid() throws IOException {
        Files.createDirectories(state.resolve("agentproxy"));
        Path file = Files.writeString(state.resolve("agentproxy/unsent"), "not a folder");
        Lab lab = lab(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC);
        Lab.Run run = lab.run(ScriptedRun::whole);
        String line = run.delivery().line().orElseThrow();
        assertEquals(new Delivery.Share(0, SPANS, 0), run.delivery().shares().get(Signal.TRACES));
        assertTrue(line.contains("what is not delivered cannot be remembered: "), line);
        assertFalse(line.contains("pa telemetry send"), "it would find nothing: " + line);
        assertEquals("not a folder", Files.readString(file));
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
            assertEquals(new Delivery.Share(0, 20_001, 0), run.delivery().shares().get(Signal.TRACES));
            assertEquals(1, lab.waiting().size());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_TRACES_EXPORTER, carrier-pigeon", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, nonsense",
        "OTEL_EXPORTER_OTLP_COMPRESSION, zip", "OTEL_METRIC_EXPORT_INTERVAL, soon", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE, -1",
        "OTEL_TRACES_SAMPLER, sometimes", "OTEL_RESOURCE_ATTRIBUTES, nonsense"})
    void aVariableThatCannotBeUnderstoodIsWarnedOfAndIgnoredThatOneAlone(String variable, String value) {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Run run = new Lab(state, receiver.environment(OtlpReceiver.Protocol.GRPC)).with(variable, value)
                    .run(ScriptedRun::whole);
            assertEquals(1, run.warnings().size(), run.warnings()::toString);
            assertTrue(run.warnings().get(0).startsWith(variable), run.warnings()::toString);
            assertTrue(run.delivery().complete(), run.delivery()::toString);
            assertEquals(SPANS, receiver.spans().size());
        }
    }

    @Test
    void whatCannotBeNotedAsDeliveredIsSaid() throws IOException {
        try (OtlpReceiver receiver = OtlpReceiver.start();
                Lab.Open run = new Lab(state, receiver.environment(OtlpReceiver.Protocol.HTTP)).open()) {
            // A folder in the place of the file cannot be replaced by one.
            Files.createDirectories(run.folder().path().resolve("watermarks.json/x"));
            run.script().whole();
            Delivery delivery = run.end().delivery();
            assertTrue(delivery.complete(), delivery::toString);
            String line = delivery.line().orElseThrow();
            assertTrue(line.startsWith("telemetry: it could not be noted what was acknowledged: "), line);
        }
    }

    @Test
    void closingTwiceSaysTheSame() {
        Lab.Run run = lab(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC).run(ScriptedRun::whole);
        assertEquals(run.delivery(), run.telemetry().close());
        run.telemetry().on(new Entry(99, Instant.now(), new RunEvent.Notice("after the end")));
    }

    @Test
    void aRunThatIsInterruptedStillDelivers() {
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Lab.Open run = new Lab(state, receiver.environment(OtlpReceiver.Protocol.GRPC)).open();
            run.script().whole();
            Thread.currentThread().interrupt();
            Delivery delivery = run.telemetry().orElseThrow().close();
            assertTrue(Thread.interrupted(), "the interruption is still there for the caller");
            assertTrue(delivery.complete(), delivery::toString);
            assertEquals(SPANS, receiver.spans().size());
            run.close();
        }
    }
}
