//DEPS io.opentelemetry.proto:opentelemetry-proto:1.11.0-alpha
//DEPS com.google.protobuf:protobuf-java:4.36.2
//DEPS io.vertx:vertx-core:5.0.7
package telemetry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;

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
public final class OtlpReceiver extends ReceivedRequests implements AutoCloseable {
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

    /** Prints a stack trace for a connection that comes while a server dies. A strong reference keeps the level. */
    private static final Logger NETTY = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

    static {
        NETTY.setLevel(Level.OFF);
    }

    private static final int WINDOW = 16 << 20;

    private enum Mode { WELL, UNACCEPTABLE, SILENT }

    private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger unavailable = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1));
    private final HttpServer server;
    private volatile Mode mode = Mode.WELL;
    private volatile int diesAfter = Integer.MAX_VALUE;
    private final AtomicInteger toHold = new AtomicInteger();
    private final List<Runnable> held = new CopyOnWriteArrayList<>();

    private OtlpReceiver(int port) {
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port)
                // HTTP/2's own 64 KiB would make a sender wait some 20 times for each megabyte.
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW))
                .setHttp2ConnectionWindowSize(WINDOW));
        server.requestHandler(request -> request.body().onSuccess(body -> answer(request, body.getBytes())));
        await(server.listen());
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
        return server.actualPort();
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

    /** Lets the next {@code count} requests wait for their answers until {@link #release}. */
    public OtlpReceiver holding(int count) {
        toHold.set(count);
        return this;
    }

    /** Requests that wait for their answers. */
    public int held() {
        return held.size();
    }

    /** Answers the requests that wait, and holds no more. */
    public void release() {
        toHold.set(0);
        vertx.runOnContext(ignored -> {
            held.forEach(Runnable::run);
            held.clear();
        });
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
        reject(spans);
        return this;
    }

    /** Requests that came in, also those that were not answered well. */
    public int requests() {
        return requests.get();
    }

    /** The HTTP headers of each request, in their order, with names in lower case. */
    public List<Map<String, String>> headers() {
        return List.copyOf(headers);
    }

    /** Everything as text, headers included, to look for what must not be in it. */
    public String everything() {
        return everythingButHeaders() + headers;
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

    @Override
    public void close() {
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }

    private void answer(HttpServerRequest request, byte[] body) {
        Map<String, String> sent = new TreeMap<>();
        request.headers().forEach((name, value) -> sent.put(name.toLowerCase(Locale.ROOT), value));
        headers.add(sent);
        boolean grpc = sent.getOrDefault("content-type", "").startsWith("application/grpc");
        if (requests.incrementAndGet() > diesAfter) {
            server.close();
            request.connection().close();
        } else if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            refuse(request, grpc, 503, "14");
        } else if (mode == Mode.UNACCEPTABLE) {
            refuse(request, grpc, 400, "3");
        } else if (toHold.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            held.add(() -> take(request, grpc, body));
        } else if (mode == Mode.WELL) {
            take(request, grpc, body);
        }
    }

    private static void refuse(HttpServerRequest request, boolean grpc, int status, String grpcStatus) {
        if (grpc) {
            request.response().putHeader("content-type", "application/grpc").putHeader("grpc-status", grpcStatus)
                    .putHeader("grpc-message", "as the test wants it").end();
        } else {
            request.response().setStatusCode(status).end();
        }
    }

    private void take(HttpServerRequest request, boolean grpc, byte[] body) {
        HttpServerResponse response = request.response();
        try {
            byte[] answer = decode(request.path(), grpc ? unframed(body) : uncompressed(request, body)).toByteArray();
            if (grpc) {
                response.putHeader("content-type", "application/grpc").setChunked(true);
                response.write(Buffer.buffer().appendByte((byte) 0).appendInt(answer.length).appendBytes(answer));
                response.putTrailer("grpc-status", "0").end();
            } else {
                response.putHeader("content-type", "application/x-protobuf").end(Buffer.buffer(answer));
            }
        } catch (IOException | IllegalArgumentException e) {
            refuse(request, grpc, 400, "3");
        }
    }

    /** A gRPC message: whether it is compressed, its length, itself. */
    private static byte[] unframed(byte[] framed) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(framed);
        boolean compressed = buffer.get() != 0;
        byte[] message = new byte[buffer.getInt()];
        buffer.get(message);
        return compressed ? new GZIPInputStream(new ByteArrayInputStream(message)).readAllBytes() : message;
    }

    private static byte[] uncompressed(HttpServerRequest request, byte[] body) throws IOException {
        return "gzip".equals(request.getHeader("content-encoding"))
                ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    }
}
