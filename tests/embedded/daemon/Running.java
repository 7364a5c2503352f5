package embedded.daemon;

import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import services.StackOptions;

/** An engine within this JVM, on free ports and in a folder of the test's, and a client for it. */
public final class Running implements AutoCloseable {
    public static final String PROTOBUF = "application/x-protobuf";
    public static final String JSON = "application/json";

    public final Server server;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Running(Server server) {
        this.server = server;
    }

    public static Running in(Path data) throws InterruptedException {
        return in(data, DaemonSettings.DEFAULT_RETENTION, DaemonSettings.DEFAULT_MAX_BYTES);
    }

    public static Running in(Path data, Duration retention, long maxBytes) throws InterruptedException {
        return new Running(Server.start(settings(data, retention, maxBytes), "the-token"));
    }

    public static Running with(Path data, StackOptions.Senders senders) throws InterruptedException {
        DaemonSettings usual = settings(data, DaemonSettings.DEFAULT_RETENTION, DaemonSettings.DEFAULT_MAX_BYTES);
        return new Running(Server.start(new DaemonSettings(usual.bind(), usual.ports(), data, usual.retention(), usual.maxBytes(),
                senders), "the-token"));
    }

    static DaemonSettings settings(Path data, Duration retention, long maxBytes) {
        Map<PortName, Integer> ports = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            ports.put(name, 0);
        }
        return new DaemonSettings("127.0.0.1", ports, data, retention, maxBytes, StackOptions.Senders.NONE);
    }

    public int port(PortName name) {
        return server.ports().get(name);
    }

    public URI uri(PortName name, String path) {
        return URI.create("http://127.0.0.1:" + port(name) + path);
    }

    public HttpResponse<byte[]> post(Signal signal, String type, byte[] body, String... headers) throws IOException,
            InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(PortName.OTLP_HTTP, signal.httpPath))
                .timeout(Duration.ofSeconds(60)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Sends what must be taken. */
    public void send(ExportTraceServiceRequest request) throws IOException, InterruptedException {
        requireOk(post(Signal.TRACES, PROTOBUF, request.toByteArray()));
    }

    public void send(ExportMetricsServiceRequest request) throws IOException, InterruptedException {
        requireOk(post(Signal.METRICS, PROTOBUF, request.toByteArray()));
    }

    public void send(ExportLogsServiceRequest request) throws IOException, InterruptedException {
        requireOk(post(Signal.LOGS, PROTOBUF, request.toByteArray()));
    }

    private static void requireOk(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + ": " + new String(response.body()));
        }
    }

    /** The page's answer, whatever its status. */
    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return get(PortName.PAGE, path, headers);
    }

    public HttpResponse<String> get(PortName port, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, path)).timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
