//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.35.1
//DEPS com.linecorp.armeria:armeria-grpc:1.36.0
package telemetry;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.encoding.DecodingService;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Takes OTLP over gRPC and over HTTP with protobuf on one ephemeral port of 127.0.0.1, decodes it with OpenTelemetry's own
 * classes, and keeps everything in order. Can be told to misbehave. Usable from any thread.
 *
 * <pre>{@code
 * try (OtlpReceiver receiver = OtlpReceiver.start()) {
 *     run(receiver.environment(OtlpReceiver.Protocol.GRPC));
 *     receiver.await(() -> receiver.spans().size() == 7);
 *     SpanTree.of(receiver.spans()).assertShape("pa.run_task", "  pa.self_check");
 * }
 * }</pre>
 */
public final class OtlpReceiver implements AutoCloseable {
    /** How a sender is told to speak. */
    public enum Protocol {
        GRPC("grpc"), HTTP("http/protobuf");

        private final String value;

        Protocol(String value) {
            this.value = value;
        }

        /** As {@code OTEL_EXPORTER_OTLP_PROTOCOL} has it. */
        public String value() {
            return value;
        }
    }

    /** Warns whenever a second server starts in one process. A strong reference: a collected logger forgets its level. */
    private static final Logger MICROMETER = Logger.getLogger("io.micrometer");

    static {
        MICROMETER.setLevel(Level.SEVERE);
    }

    private enum Mode { WELL, UNAVAILABLE, UNACCEPTABLE, SILENT }

    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    private final List<ExportLogsServiceRequest> logs = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final Server server;
    private volatile Mode mode = Mode.WELL;
    private volatile int diesAfter = Integer.MAX_VALUE;
    private volatile int rejects;

    private OtlpReceiver(int port) {
        server = Server.builder()
                .http(new InetSocketAddress("127.0.0.1", port))
                .requestTimeout(Duration.ZERO)
                .meterRegistry(NoopMeterRegistry.get())
                .maxRequestLength(64L << 20)
                .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
                .service(GrpcService.builder()
                        .addService(new TraceService()).addService(new MetricsService()).addService(new LogsService())
                        .maxRequestMessageLength(64 << 20).build())
                .service("/v1/traces", http(bytes -> trace(ExportTraceServiceRequest.parseFrom(bytes))))
                .service("/v1/metrics", http(bytes -> metric(ExportMetricsServiceRequest.parseFrom(bytes))))
                .service("/v1/logs", http(bytes -> log(ExportLogsServiceRequest.parseFrom(bytes))))
                .decorator(this::misbehave)
                .build();
        server.start().join();
    }

    /** A receiver that is well. */
    public static OtlpReceiver start() {
        return new OtlpReceiver(0);
    }

    /** A receiver on a given port, such as one that refused before. */
    public static OtlpReceiver start(int port) {
        return new OtlpReceiver(port);
    }

    /** A port of 127.0.0.1 that nobody listens on. */
    public static int refusingPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes connections and never says anything on them; close it when done. */
    public static ServerSocket blackHole() {
        try {
            // The backlog takes the connections; nobody ever accepts them.
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables with which a sender finds a port of 127.0.0.1. */
    public static Map<String, String> environment(int port, Protocol protocol) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("AGENTPROXY_ENABLE_TELEMETRY", "1");
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
        environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", protocol.value());
        return environment;
    }

    public Map<String, String> environment(Protocol protocol) {
        return environment(port(), protocol);
    }

    public int port() {
        return server.activeLocalPort();
    }

    /** Answers the next {@code count} requests with 503, or UNAVAILABLE over gRPC, and is well afterwards. */
    public OtlpReceiver unavailable(int count) {
        unavailable.set(count);
        return this;
    }

    /** Says that bodies are bad: 400, or INVALID_ARGUMENT over gRPC. */
    public OtlpReceiver unacceptable() {
        mode = Mode.UNACCEPTABLE;
        return this;
    }

    /** Takes requests and never answers. */
    public OtlpReceiver silent() {
        mode = Mode.SILENT;
        return this;
    }

    public OtlpReceiver well() {
        mode = Mode.WELL;
        unavailable.set(0);
        return this;
    }

    /** Takes {@code count} requests and is gone with the next one: connections break, the port refuses. */
    public OtlpReceiver dieAfter(int count) {
        diesAfter = count;
        return this;
    }

    /** Says in every answer that it did not take this many spans (OTLP's partial success). */
    public OtlpReceiver rejecting(int spans) {
        rejects = spans;
        return this;
    }

    /** Requests that came in, also those that were not answered well. */
    public int requests() {
        return requests.get();
    }

    /** The HTTP headers of each request, in their order. */
    public List<Map<String, String>> headers() {
        return List.copyOf(headers);
    }

    public List<Received.Span> spans() {
        return traces.stream().flatMap(r -> Received.spans(r).stream()).collect(Collectors.toList());
    }

    /** All points of all requests; of a cumulative sum the later ones contain the earlier. */
    public List<Received.Point> points() {
        return metrics.stream().flatMap(r -> Received.points(r).stream()).collect(Collectors.toList());
    }

    /** The points of the last request of each process, which for cumulative metrics tell everything. */
    public List<Received.Point> lastPoints() {
        Map<Object, List<Received.Point>> last = new TreeMap<>();
        for (ExportMetricsServiceRequest request : metrics) {
            List<Received.Point> points = Received.points(request);
            if (!points.isEmpty()) {
                last.put(points.get(0).resource().get("service.instance.id"), points);
            }
        }
        return last.values().stream().flatMap(List::stream).collect(Collectors.toList());
    }

    public List<Received.Log> logs() {
        return logs.stream().flatMap(r -> Received.logs(r).stream()).collect(Collectors.toList());
    }

    /** Everything as text, to look for what must not be in it. */
    public String everything() {
        List<Message> all = new ArrayList<>(traces);
        all.addAll(metrics);
        all.addAll(logs);
        return all.stream().map(Received::text).collect(Collectors.joining("\n")) + headers;
    }

    /** Waits until something has arrived; generously, since a slow machine is no failure. */
    public void await(BooleanSupplier arrived) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!arrived.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not arrive in time; there are " + spans().size() + " spans, "
                        + points().size() + " points, " + logs().size() + " log records");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** The port refuses when this returns; the server's threads take two seconds more, in the background. */
    @Override
    public void close() {
        int port = server.activePorts().isEmpty() ? 0 : port();
        server.stop();
        while (port != 0 && listening(port)) {
            Thread.onSpinWait();
        }
    }

    private static boolean listening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse misbehave(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        Map<String, String> sent = new TreeMap<>();
        request.headers().forEach((name, value) -> sent.put(name.toString(), value));
        headers.add(sent);
        boolean grpc = MediaType.parse(sent.getOrDefault("content-type", "none/none")).subtype().startsWith("grpc");
        if (requests.incrementAndGet() > diesAfter) {
            server.stop();
            return HttpResponse.of(new CompletableFuture<>());
        }
        if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return answer(grpc, HttpStatus.SERVICE_UNAVAILABLE, "14");
        }
        return switch (mode) {
            case SILENT -> HttpResponse.of(new CompletableFuture<>());
            case UNACCEPTABLE -> answer(grpc, HttpStatus.BAD_REQUEST, "3");
            case UNAVAILABLE -> answer(grpc, HttpStatus.SERVICE_UNAVAILABLE, "14");
            case WELL -> delegate.serve(context, request);
        };
    }

    private static HttpResponse answer(boolean grpc, HttpStatus status, String grpcStatus) {
        return grpc ? HttpResponse.of(ResponseHeaders.of(HttpStatus.OK, "content-type", "application/grpc",
                "grpc-status", grpcStatus, "grpc-message", "as the test wants it")) : HttpResponse.of(status);
    }

    private interface Decoder {
        Message decode(byte[] body) throws InvalidProtocolBufferException;
    }

    private static HttpService http(Decoder decoder) {
        HttpService service = (context, request) -> HttpResponse.of(request.aggregate().thenApply(whole -> {
            try {
                return HttpResponse.of(HttpStatus.OK, MediaType.parse("application/x-protobuf"),
                        HttpData.wrap(decoder.decode(whole.content().array()).toByteArray()));
            } catch (InvalidProtocolBufferException e) {
                return HttpResponse.of(HttpStatus.BAD_REQUEST);
            }
        }));
        return service.decorate(DecodingService.newDecorator());
    }

    private ExportTraceServiceResponse trace(ExportTraceServiceRequest request) {
        traces.add(request);
        return rejects == 0 ? ExportTraceServiceResponse.getDefaultInstance() : ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.newBuilder().setRejectedSpans(rejects)
                        .setErrorMessage("too old")).build();
    }

    private ExportMetricsServiceResponse metric(ExportMetricsServiceRequest request) {
        metrics.add(request);
        return ExportMetricsServiceResponse.getDefaultInstance();
    }

    private ExportLogsServiceResponse log(ExportLogsServiceRequest request) {
        logs.add(request);
        return ExportLogsServiceResponse.getDefaultInstance();
    }

    private final class TraceService extends TraceServiceGrpc.TraceServiceImplBase {
        @Override
        public void export(ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> out) {
            out.onNext(trace(request));
            out.onCompleted();
        }
    }

    private final class MetricsService extends MetricsServiceGrpc.MetricsServiceImplBase {
        @Override
        public void export(ExportMetricsServiceRequest request, StreamObserver<ExportMetricsServiceResponse> out) {
            out.onNext(metric(request));
            out.onCompleted();
        }
    }

    private final class LogsService extends LogsServiceGrpc.LogsServiceImplBase {
        @Override
        public void export(ExportLogsServiceRequest request, StreamObserver<ExportLogsServiceResponse> out) {
            out.onNext(log(request));
            out.onCompleted();
        }
    }
}
