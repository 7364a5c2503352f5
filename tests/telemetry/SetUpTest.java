package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Product;
import contract.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The resource, the switches, and the variables of the SDK's specification. */
class SetUpTest {
    @TempDir
    Path state;
    private OtlpReceiver receiver;

    @BeforeEach
    void start() {
        receiver = OtlpReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private Lab lab() {
        return new Lab(state, receiver.environment(OtlpReceiver.Protocol.GRPC));
    }

    private static void shortest(ScriptedRun script) {
        script.start().end(Status.COMPLETED, 0);
    }

    private Map<String, Object> resource() {
        Set<Map<String, Object>> resources = new HashSet<>();
        receiver.spans().forEach(span -> resources.add(span.resource()));
        receiver.points().forEach(point -> resources.add(point.resource()));
        receiver.logs().forEach(log -> resources.add(log.resource()));
        assertEquals(1, resources.size(), resources::toString);
        return resources.iterator().next();
    }

    /** The original had no service.instance.id, so that two runs overwrote each other's series. */
    @Test
    void defect18TheResourceIsTheContractsOnAllSignals() {
        lab().run(SetUpTest::shortest);
        Map<String, Object> resource = new TreeMap<>(resource());
        assertTrue(((String) resource.remove("service.instance.id")).length() > 30);
        assertEquals(Host.name(), Optional.ofNullable(resource.remove("host.name")));
        resource.keySet().removeIf(key -> key.startsWith("telemetry.sdk."));
        assertEquals(Map.of("service.name", "agentproxy", "service.namespace", "tester.default", "service.version",
                Product.VERSION, "process.pid", ProcessHandle.current().pid(), "agentproxy.owner", "tester",
                "agentproxy.project_id", "default", "agentproxy.role", "supervisor"), resource);
    }

    @Test
    void ourVariablesAreMappedAndResourceAttributesWin() {
        lab().with("AGENTPROXY_OWNER_ID", "ada").with("AGENTPROXY_PROJECT_ID", "engine").with("AGENTPROXY_ROLE", "tester")
                .with("OTEL_SERVICE_NAME", "mine").with("OTEL_RESOURCE_ATTRIBUTES",
                        "agentproxy.project_id=notes,deployment.environment.name=lab%20one").run(SetUpTest::shortest);
        Map<String, Object> resource = resource();
        assertEquals("mine", resource.get("service.name"));
        assertEquals("ada.notes", resource.get("service.namespace"));
        assertEquals("ada", resource.get("agentproxy.owner"));
        assertEquals("notes", resource.get("agentproxy.project_id"));
        assertEquals("tester", resource.get("agentproxy.role"));
        assertEquals("lab one", resource.get("deployment.environment.name"));
        assertEquals("notes", receiver.spans().get(0).attribute("agentproxy.project_id"));
    }

    @ParameterizedTest
    @CsvSource({"OTEL_SERVICE_NAMESPACE, own, own", "OTEL_RESOURCE_ATTRIBUTES, service.namespace=theirs, theirs"})
    void theNamespaceCanBeSaid(String variable, String value, String expected) {
        lab().with(variable, value).run(SetUpTest::shortest);
        assertEquals(expected, resource().get("service.namespace"));
    }

    @Test
    void theServiceCanBeNamedByResourceAttributes() {
        lab().with("OTEL_RESOURCE_ATTRIBUTES", "service.name=theirs").run(SetUpTest::shortest);
        assertEquals("theirs", resource().get("service.name"));
    }

    @ParameterizedTest
    @EnumSource(OtlpReceiver.Protocol.class)
    void headersAndCompressionWork(OtlpReceiver.Protocol protocol) {
        Lab.Run run = new Lab(state, receiver.environment(protocol)).with("OTEL_EXPORTER_OTLP_COMPRESSION", "gzip")
                .with("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20letmein-please,x-tenant=blue")
                .run(ScriptedRun::whole);
        assertTrue(run.delivery().complete(), run.delivery()::toString);
        assertEquals(14, receiver.spans().size());
        for (Map<String, String> headers : receiver.headers()) {
            assertEquals("Bearer letmein-please", headers.get("authorization"));
            assertEquals("blue", headers.get("x-tenant"));
            assertEquals("gzip", headers.getOrDefault("grpc-encoding", headers.get("content-encoding")));
        }
    }

    @Test
    void theDefaultIsGrpcToLocalhost4317() {
        Plans.Decided decided = Plans.of(Map.of("AGENTPROXY_ENABLE_TELEMETRY", "1"), Optional.empty(), "s", 1);
        assertEquals(Optional.of("grpc"), decided.plan().protocol());
        assertEquals(Optional.of("http://localhost:4317"), decided.plan().endpoint());
        assertEquals(Optional.of("http://localhost:4318"), Plans.of(Map.of("AGENTPROXY_ENABLE_TELEMETRY", "1",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), Optional.empty(), "s", 1).plan().endpoint());
    }

    @Test
    void aDisabledSdkSendsNothingAndSaysNothingAndTheCallersTraceGoesOn() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Lab.Run run = lab().with("OTEL_SDK_DISABLED", "true").run(script -> script.childHas("TRACEPARENT", parent).whole());
        assertEquals(null, run.telemetry());
        assertEquals(0, receiver.requests());
        assertEquals(parent, run.script().childEnvironment().get("TRACEPARENT"));
    }

    @Test
    void signalsCanBeTurnedOffOneByOne() {
        Lab.Run run = lab().with("OTEL_TRACES_EXPORTER", "none").with("OTEL_LOGS_EXPORTER", "none").run(ScriptedRun::whole);
        assertEquals(Optional.empty(), run.delivery().line());
        assertEquals(0, receiver.spans().size() + receiver.logs().size());
        assertFalse(receiver.points().isEmpty());
    }

    @Test
    void samplersAndLimitsWork() {
        Lab.Run run = lab().with("OTEL_TRACES_SAMPLER", "always_off").run(ScriptedRun::whole);
        assertEquals(0, receiver.spans().size());
        assertEquals(Optional.empty(), run.telemetry().traceId(), "a link would lead nowhere");
        assertTrue(run.delivery().complete(), run.delivery()::toString);
        assertTrue(run.script().childEnvironment().get("TRACEPARENT").endsWith("-00"));
        lab().with("OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "2").run(SetUpTest::shortest);
        assertEquals(2, receiver.spans().get(0).attributes().size());
    }

    @Test
    void anUnsampledCallerIsFollowed() {
        lab().with("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00").run(ScriptedRun::whole);
        assertEquals(0, receiver.spans().size());
    }

    @Test
    void theIntervalIsFiveSecondsUnlessSaid() {
        lab().with("OTEL_METRIC_EXPORT_INTERVAL", "100").run(script -> {
            script.start();
            receiver.await(() -> receiver.points().stream().filter(p -> p.metric().equals("agentproxy.tasks.started"))
                    .count() > 3);
            script.end(Status.COMPLETED, 0);
        });
    }

    /** As a broken provider on the class path throws it, which is no exception and no LinkageError. */
    @Test
    void anErrorDuringSetUpTurnsTelemetryOffAndTheRunGoesOn() {
        try (Lab.Open run = lab().off().open()) {
            Telemetry telemetry = Telemetry.start(lab().environment(), place(run), WorkerTelemetry.NONE, Patience.DEFAULT,
                    wake -> {
                        throw new ServiceConfigurationError("provider x.Broken not found");
                    });
            run.journal().tell(telemetry);
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> run.script().whole());
            assertEquals(Optional.of("telemetry is off: provider x.Broken not found"), telemetry.close().line());
        }
    }

    @Test
    void aSetUpThatHangsHoldsNothingUpButTheEndAndThatForABoundedTime() {
        CountDownLatch never = new CountDownLatch(1);
        try (Lab.Open run = lab().off().open()) {
            Telemetry telemetry = Telemetry.start(lab().environment(), place(run), WorkerTelemetry.NONE, new Patience(100, 100, 100),
                    wake -> {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        throw new IllegalStateException("ended");
                    });
            run.journal().tell(telemetry);
            assertTimeoutPreemptively(Duration.ofSeconds(60), () -> run.script().whole());
            assertEquals(Optional.of("telemetry is off: it was not set up in time"), telemetry.close().line());
        } finally {
            never.countDown();
        }
    }

    private RunPlace place(Lab.Open run) {
        return new RunPlace(ScriptedRun.SESSION, run.folder().path(), state.resolve("agentproxy"), 1, 0, 1,
                Plans.of(lab().environment(), Optional.of(true), ScriptedRun.SESSION, 1).plan());
    }

    @ParameterizedTest
    @CsvSource({"1,,true", "true,,true", "TRUE,,true", "0,,false", "'',,false", ",,false", "1,false,false", "0,true,true"})
    void theOptionWinsOverTheVariable(String variable, Boolean option, boolean on) {
        Map<String, String> environment = variable == null ? Map.of() : Map.of("AGENTPROXY_ENABLE_TELEMETRY", variable);
        assertEquals(on, Plans.on(environment, Optional.ofNullable(option)));
    }

    /** Asks what a program with telemetry off asks of this room, in a JVM that lists the classes that it loads. */
    @Test
    void offLoadsNoClassOfTheSdk() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout", "-cp", System.getProperty("java.class.path"), Off.class.getName(),
                state.toString()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("telemetry.PastTelemetry"), "the log lists classes");
        assertEquals(List.of(), output.lines().filter(line -> line.contains("io.opentelemetry") || line.contains("okhttp3"))
                .collect(Collectors.toList()));
    }

    /** What a run does with telemetry off, and {@code pa telemetry status}. */
    public static final class Off {
        private Off() {}

        public static void main(String... arguments) {
            Map<String, String> environment = Map.of("XDG_STATE_HOME", arguments[0]);
            if (Plans.on(environment, Optional.empty())
                    || Plans.of(environment, Optional.empty(), "s", 1).plan().on()
                    || !PastTelemetry.waiting(environment).isEmpty() || !PastTelemetry.waitingJobs(environment).isEmpty()) {
                throw new IllegalStateException("telemetry is on");
            }
        }
    }
}
