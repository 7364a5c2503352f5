package embedded.intake;

import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** OpenTelemetry's SDKs of other languages, each with every protocol that it has, and how their random senders are run. */
enum ForeignSdk {
    PYTHON_GRPC("grpc"), PYTHON_HTTP("http/protobuf"), NODE_GRPC("grpc"), NODE_HTTP("http/protobuf"), NODE_JSON("http/json"),
    GO_GRPC("grpc"), GO_HTTP("http/protobuf");

    private static final Path SCRIPTS = Path.of("tests/embedded/intake/sdk");
    private static final Path PYTHON = Path.of("build/otel-python/bin/python");
    private static final Path NODE = Path.of("build/otel-node/node_modules");
    private static final Path GO = Path.of("build/otel-go/sender");

    private final String protocol;

    ForeignSdk(String protocol) {
        this.protocol = protocol;
    }

    private boolean is(String language) {
        return name().startsWith(language);
    }

    /** Why it cannot be run; empty when it can. */
    Optional<String> missing() {
        boolean there = is("PYTHON") ? Files.isExecutable(PYTHON) : is("NODE")
                ? Files.isDirectory(NODE.resolve("@opentelemetry/sdk-node")) : Files.isExecutable(GO);
        return there ? Optional.empty() : Optional.of("not installed: run tests/install-otel-sdks.sh");
    }

    /**
     * Sends so many requests of each signal.
     *
     * @return what the sender says that it has sent, as {@link ThreePlaces} reads it
     */
    String send(Running engine, long seed, int flushes) throws IOException, InterruptedException {
        int port = engine.port(protocol.equals("grpc") ? PortName.OTLP_GRPC : PortName.OTLP_HTTP);
        String endpoint = "http://127.0.0.1:" + port;
        List<String> command = new ArrayList<>(is("PYTHON")
                ? List.of(PYTHON.toString(), SCRIPTS.resolve("random_signals.py").toString(), protocol, endpoint)
                : is("NODE") ? List.of("node", SCRIPTS.resolve("random_signals.js").toString(), NODE.toAbsolutePath().toString(), protocol,
                endpoint) : List.of(GO.toString(), protocol, "127.0.0.1:" + port));
        command.addAll(Stream.of(seed, flushes).map(String::valueOf).toList());
        Path errors = Files.createTempFile("sdk", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        // Deltas over HTTP, sums over gRPC.
        builder.environment().put("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                protocol.equals("grpc") ? "cumulative" : "delta");
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(this + ": " + Files.readString(errors));
        }
        Files.delete(errors);
        return said;
    }
}
