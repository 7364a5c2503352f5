package telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import contract.Failure;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept on disk: exactly once between senders, across crashes, within its bounds. */
class SpoolTest {
    private static final Set<Signal> ALL = EnumSet.allOf(Signal.class);

    @TempDir
    Path state;
    private Path folder;

    @BeforeEach
    void folder() {
        folder = state.resolve("agentproxy/spool");
    }

    private Spool spool(long limit) {
        return new Spool(folder, limit);
    }

    private static Parcel parcel(int number) {
        Span span = Span.newBuilder().setName("kept").setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(ByteBuffer.allocate(8).putLong(number).array())).build();
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder().addResourceSpans(
                ResourceSpans.newBuilder().addScopeSpans(ScopeSpans.newBuilder().addSpans(span))).build();
        return new Parcel(Signal.TRACES, 1, request.toByteArray());
    }

    private void keep(int count) throws IOException {
        Spool spool = spool(Spool.LIMIT_BYTES);
        for (int i = 1; i <= count; i++) {
            spool.keep(parcel(i));
        }
    }

    private Map<String, String> environment(int port, OtlpReceiver.Protocol protocol) {
        Map<String, String> environment = new TreeMap<>(OtlpReceiver.environment(port, protocol));
        environment.put("XDG_STATE_HOME", state.toString());
        return environment;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    private Process sender(int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                Sender.class.getName()).redirectErrorStream(true);
        builder.environment().putAll(environment(port, OtlpReceiver.Protocol.GRPC));
        return builder.start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    /** A process that sends what is kept, as {@code pa telemetry flush} does, and prints how much that was. */
    public static final class Sender {
        private Sender() {}

        public static void main(String... arguments) {
            System.out.println(TelemetrySpool.flush(System.getenv(), Duration.ofSeconds(60)).sent());
        }
    }

    @Test
    void twoProcessesAtOnceSendEachRequestOnce() throws Exception {
        int count = 400;
        keep(count);
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Process one = sender(receiver.port());
            Process two = sender(receiver.port());
            int sent = Integer.parseInt(output(one)) + Integer.parseInt(output(two));
            assertEquals(count, sent);
            assertEquals(count, receiver.spans().size());
            assertEquals(count, receiver.spans().stream().map(Received.Span::spanId).distinct().count());
            assertEquals(List.of(), names());
        }
    }

    @Test
    void aSenderThatIsKilledLosesNothingAndRepeatsAtMostWhatWasUnderWay() throws Exception {
        int count = 400;
        keep(count);
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Process killed = sender(receiver.port());
            receiver.await(() -> receiver.spans().size() > 20);
            killed.destroyForcibly().waitFor();
            TelemetrySpool.Flush rest = TelemetrySpool.flush(environment(receiver.port(), OtlpReceiver.Protocol.GRPC),
                    Duration.ofSeconds(60));
            assertEquals(0, rest.remaining(), rest::toString);
            List<String> ids = receiver.spans().stream().map(Received.Span::spanId).collect(Collectors.toList());
            assertEquals(count, ids.stream().distinct().count());
            assertTrue(ids.size() <= count + 1, ids.size() + " arrived of " + count);
            assertEquals(List.of(), names());
        }
    }

    @Test
    void aRunThatIsKilledLeavesOnlyWholeRequests() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start().unavailable(Integer.MAX_VALUE)) {
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", System.getProperty("java.class.path"), Endless.class.getName()).inheritIO();
            builder.environment().putAll(environment(receiver.port(), OtlpReceiver.Protocol.GRPC));
            builder.environment().put("OTEL_BSP_SCHEDULE_DELAY", "10");
            Process run = builder.start();
            try {
                receiver.await(() -> TelemetrySpool.status(environment(receiver.port(), OtlpReceiver.Protocol.GRPC))
                        .signals().get(Signal.TRACES.ordinal()).files() > 5);
            } finally {
                run.destroyForcibly().waitFor();
            }
            receiver.well();
            Map<String, String> environment = environment(receiver.port(), OtlpReceiver.Protocol.HTTP);
            long items = TelemetrySpool.status(environment).signals().get(Signal.TRACES.ordinal()).items();
            TelemetrySpool.Flush flush = TelemetrySpool.flush(environment, Duration.ofSeconds(60));
            assertEquals(0, flush.remaining() + flush.rejected(), flush::toString);
            assertEquals(items, receiver.spans().size());
        }
    }

    /** A run without an end. */
    public static final class Endless {
        private Endless() {}

        public static void main(String... arguments) throws InterruptedException {
            ScriptedRun run = new ScriptedRun(Telemetry.start(System.getenv(), WorkerTelemetry.NONE).listener()).start();
            while (true) {
                run.selfCheck();
                Thread.sleep(1);
            }
        }
    }

    @Test
    void aClaimIsExclusiveAndCanBeGivenBack() throws IOException {
        keep(1);
        Spool spool = spool(Spool.LIMIT_BYTES);
        Spool.Claim claim = spool.claim(ALL).orElseThrow();
        assertTrue(spool.claim(ALL).isEmpty());
        spool.tidy();
        assertTrue(spool.claim(ALL).isEmpty(), "its process lives");
        assertArrayEquals(parcel(1).body(), claim.parcel().body());
        claim.release();
        Spool.Claim again = spool.claim(ALL).orElseThrow();
        again.done();
        assertEquals(List.of(), names());
    }

    @Test
    void onlyWantedSignalsAreClaimed() throws IOException {
        keep(1);
        assertTrue(spool(Spool.LIMIT_BYTES).claim(Set.of(Signal.LOGS)).isEmpty());
    }

    @Test
    void theClaimOfADeadProcessIsTakenBack() throws Exception {
        keep(1);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path ready = folder.resolve(names().get(0));
        String host = SpoolFile.Owner.SELF.host();
        Path claimed = Files.move(ready,
                ready.resolveSibling(ready.getFileName() + ".claim-" + host + "-" + dead.pid() + "-1"));
        spool(Spool.LIMIT_BYTES).tidy();
        assertTrue(Files.exists(ready));
        // A process of that number lives, but it is another one.
        Files.move(ready, claimed.resolveSibling(ready.getFileName() + ".claim-" + host + "-" + ProcessHandle.current().pid()
                + "-1"));
        spool(Spool.LIMIT_BYTES).tidy();
        assertTrue(Files.exists(ready));
    }

    @Test
    void theClaimOfAnotherHostIsTakenBackAfterAnHour() throws IOException {
        keep(1);
        Path ready = folder.resolve(names().get(0));
        Path claimed = Files.move(ready, ready.resolveSibling(ready.getFileName() + ".claim-otherhost-1-1"));
        Files.setLastModifiedTime(claimed, FileTime.from(Instant.now().minus(Duration.ofMinutes(50))));
        spool(Spool.LIMIT_BYTES).tidy();
        assertTrue(Files.exists(claimed));
        Files.setLastModifiedTime(claimed, FileTime.from(Instant.now().minus(Duration.ofMinutes(70))));
        spool(Spool.LIMIT_BYTES).tidy();
        assertTrue(Files.exists(ready));
    }

    @Test
    void whatACrashLeftUnfinishedGoes() throws IOException {
        keep(1);
        Path old = Files.writeString(folder.resolve(".x.otlp.tmp"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        Path fresh = Files.writeString(folder.resolve(".y.otlp.tmp"), "half");
        spool(Spool.LIMIT_BYTES).tidy();
        assertEquals(false, Files.exists(old));
        assertEquals(true, Files.exists(fresh), "somebody may be writing it");
    }

    @Test
    void theOldestGoesWhenTheSpoolIsFull() throws IOException {
        int size = parcel(1).body().length;
        Spool spool = spool(3L * size);
        List<SpoolFile> dropped = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            dropped.addAll(spool.keep(parcel(i)).dropped());
        }
        assertEquals(2, dropped.size());
        assertEquals(3, names().size());
        assertArrayEquals(parcel(3).body(), spool.claim(ALL).orElseThrow().parcel().body());
        assertThrows(IOException.class, () -> spool.keep(new Parcel(Signal.LOGS, 1, new byte[3 * size + 1])));
    }

    @Test
    void whatIsDroppedIsSaid() {
        Ledger ledger = new Ledger();
        Outbox outbox = new Outbox(spool(3L * parcel(1).body().length), ledger);
        for (int i = 1; i <= 5; i++) {
            outbox.keep(parcel(i), false);
        }
        Delivery delivery = outbox.delivery(Optional.empty(), Optional.empty());
        assertEquals(new Delivery.Share(0, 3, 0, 2), delivery.shares().get(Signal.TRACES));
        assertTrue(delivery.line().orElseThrow().contains("2 spans lost (the spool is full)"), delivery.line()::toString);
        Outbox next = new Outbox(spool(3L * parcel(1).body().length), new Ledger());
        next.keep(parcel(6), false);
        String line = next.delivery(Optional.empty(), Optional.empty()).line().orElseThrow();
        assertTrue(line.contains("1 older request dropped"), line);
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void aFlushSendsToWhereIsConfiguredNow(OtlpReceiver.Protocol protocol) throws IOException {
        keep(3);
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            assertEquals(new TelemetrySpool.Flush(3, 0, 0, Optional.empty()),
                    TelemetrySpool.flush(environment(receiver.port(), protocol), Duration.ofSeconds(20)));
            assertEquals(3, receiver.spans().size());
            assertEquals(0, receiver.points().size() + receiver.logs().size(), "a flush makes nothing of its own");
        }
    }

    @Test
    void aFlushThatFailsKeepsEverythingAndSaysWhy() throws IOException {
        keep(3);
        TelemetrySpool.Flush flush = TelemetrySpool.flush(
                environment(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC), Duration.ofSeconds(20));
        assertEquals(3, flush.remaining());
        assertEquals(0, flush.sent());
        assertTrue(flush.problem().orElseThrow().contains("refused the connection"));
        assertEquals(3, names().stream().filter(name -> name.endsWith(".otlp")).count(), "nothing stays claimed");
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void aBodyThatIsNoneIsDroppedOnceOthersWereTaken(OtlpReceiver.Protocol protocol) throws IOException {
        spool(Spool.LIMIT_BYTES).keep(new Parcel(Signal.TRACES, 3, new byte[] {1, 2, 3}));
        keep(2);
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            TelemetrySpool.Flush flush =
                    TelemetrySpool.flush(environment(receiver.port(), protocol), Duration.ofSeconds(20));
            assertEquals(2, flush.sent());
            assertEquals(3, flush.rejected());
            assertEquals(0, flush.remaining());
            assertEquals(2, receiver.spans().size());
        }
    }

    @Test
    void aFolderThatOthersCouldReadIsClosed() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        keep(1);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void aFlushWithNothingToSendBySaysSo() throws IOException {
        keep(1);
        Map<String, String> environment = environment(1, OtlpReceiver.Protocol.GRPC);
        environment.put("OTEL_TRACES_EXPORTER", "none");
        assertEquals(new TelemetrySpool.Flush(0, 0, 1, Optional.of("nothing is configured to send it")),
                TelemetrySpool.flush(environment, Duration.ofSeconds(20)));
    }

    @Test
    void aFlushSaysWhichVariableItDoesNotUnderstand() throws IOException {
        keep(1);
        Map<String, String> environment = environment(1, OtlpReceiver.Protocol.GRPC);
        environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "carrier-pigeon");
        Failure failure = assertThrows(Failure.class, () -> TelemetrySpool.flush(environment, Duration.ofSeconds(1)));
        assertTrue(failure.getMessage().contains("carrier-pigeon"), failure::getMessage);
    }

    @Test
    void theStatusCountsBySignal() throws IOException {
        Map<String, String> environment = environment(1, OtlpReceiver.Protocol.GRPC);
        assertEquals(0, TelemetrySpool.status(environment).files());
        assertEquals(Optional.empty(), TelemetrySpool.status(environment).oldest());
        keep(2);
        spool(Spool.LIMIT_BYTES).keep(new Parcel(Signal.LOGS, 7, new byte[100]));
        TelemetrySpool.Status status = TelemetrySpool.status(environment);
        assertEquals(3, status.files());
        assertEquals(folder, status.folder());
        long spans = 2L * parcel(1).body().length;
        assertEquals(100 + spans, status.bytes());
        assertEquals(List.of(new TelemetrySpool.Kept(Signal.TRACES, 2, 2, spans),
                new TelemetrySpool.Kept(Signal.METRICS, 0, 0, 0), new TelemetrySpool.Kept(Signal.LOGS, 1, 7, 100)),
                status.signals());
        assertTrue(Duration.between(status.oldest().orElseThrow(), Instant.now()).toSeconds() < 60);
    }

    /** A limit on the size of files stands in for a full disk: writing fails halfway, with a real error of the system. */
    @Test
    void aDiskThatIsFullCostsOneLineAndLeavesNoHalfFile() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", "ulimit -f 1; exec \"$@\"", "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData", "-cp",
                System.getProperty("java.class.path"), Full.class.getName()).redirectErrorStream(true);
        builder.environment().putAll(environment(OtlpReceiver.refusingPort(), OtlpReceiver.Protocol.GRPC));
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String output = output(process);
        assertEquals(1, output.lines().count(), output);
        assertTrue(output.startsWith("telemetry: 14 spans, metrics, 6 log records lost (it could not be kept in "), output);
        assertTrue(output.contains("File too large"), output);
        assertEquals(List.of(), names());
    }

    /** A run whose receiver refuses. */
    public static final class Full {
        private Full() {}

        public static void main(String... arguments) {
            Telemetry telemetry = Telemetry.start(System.getenv(), WorkerTelemetry.NONE);
            new ScriptedRun(telemetry).whole();
            System.out.println(telemetry.close().line().orElse("nothing was lost"));
        }
    }
}
