package embedded.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intake from the SDKs of other languages: the page shows exactly the sent data. */
class SdkTest {
    private static final Path SCRIPTS = Path.of("tests/embedded/intake/sdk");
    private static final Path NODE = Path.of("build/otel-node/node_modules");
    private static final Path PYTHON = Path.of("build/otel-python/bin/python");

    @TempDir
    static Path folder;
    private static Running engine;

    @BeforeAll
    static void start() throws Exception {
        engine = Running.in(folder);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "did not end");
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    private static String endpoint(String protocol) {
        return "http://127.0.0.1:" + engine.port(protocol.equals("grpc") ? PortName.OTLP_GRPC : PortName.OTLP_HTTP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf", "http/json"})
    void showsWhatNodeSent(String protocol) throws Exception {
        assumeTrue(Files.isDirectory(NODE.resolve("@opentelemetry/sdk-node")),
                "OpenTelemetry's SDK for Node is not installed: run tests/install-otel-sdks.sh");
        String kind = protocol.equals("grpc") ? "grpc" : protocol.equals("http/json") ? "http" : "proto";
        String trace = run("node", SCRIPTS.resolve("send.js").toString(), NODE.toAbsolutePath().toString(), protocol,
                endpoint(protocol));
        shows(trace, "node", kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grpc", "http/protobuf"})
    void showsWhatPythonSent(String protocol) throws Exception {
        assumeTrue(Files.isExecutable(PYTHON),
                "OpenTelemetry's SDK for Python is not installed: run tests/install-otel-sdks.sh");
        String said = run(PYTHON.toString(), SCRIPTS.resolve("send.py").toString(), protocol, endpoint(protocol));
        String[] lines = said.split("\n");
        shows(lines[lines.length - 1].strip(), "python", protocol.equals("grpc") ? "grpc" : "proto");
    }

    private static void shows(String traceId, String language, String kind) throws Exception {
        String trace = engine.get("/api/traces/" + traceId).body();
        assertTrue(trace.contains("outer of " + language) && trace.contains("inner of " + language), trace);
        assertTrue(trace.contains("grüße 🚀") && trace.contains("broken on purpose"), trace);
        String logs = engine.get("/api/traces/" + traceId + "/logs").body();
        assertTrue(logs.contains("a word from " + language), logs);
        String found = engine.get("/api/traces?text=purpose&status=error&service=" + language + "-" + kind).body();
        assertTrue(found.contains(traceId) && found.contains("\"spans\":2"), found);
        String metrics = engine.get(PortName.METRICS, "/metrics").body();
        String prefix = language + "_" + kind;
        assertTrue(metrics.lines().anyMatch(line -> line.startsWith(prefix + "_jobs_total{") && line.contains("queue=\"a\"")
                && line.endsWith("} 7")), metrics);
        assertTrue(metrics.lines().anyMatch(line -> line.startsWith(prefix + "_latency_seconds_sum{")
                && line.endsWith(" 0.25")),
                metrics);
        assertTrue(metrics.lines().anyMatch(line -> line.startsWith(prefix + "_open{") && line.endsWith(" 2")), metrics);
    }
}
