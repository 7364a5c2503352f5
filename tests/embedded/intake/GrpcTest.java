//DEPS io.vertx:vertx-grpc-client:5.0.7
package embedded.intake;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.EngineMarker;
import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceName;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OTLP over gRPC, by a gRPC client. */
class GrpcTest {
    private static final String SERVICE = "opentelemetry.proto.collector.trace.v1.TraceService";
    private static final String SPAN_ID = "00f067aa0ba902b7";
    private static final long T0 = 1_760_000_000_000_000_000L;

    @TempDir
    static Path folder;
    private static Running engine;
    private static Vertx vertx;
    private static GrpcClient client;

    private record Result(GrpcStatus status, String message, Buffer body, MultiMap headers) {}

    @BeforeAll
    static void start() throws Exception {
        engine = Running.in(folder);
        vertx = Vertx.vertx();
        client = GrpcClient.client(vertx);
    }

    @AfterAll
    static void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        engine.close();
    }

    private static Result call(String service, String method, String encoding, byte[] message) throws Exception {
        CompletableFuture<Result> result = new CompletableFuture<>();
        client.request(SocketAddress.inetSocketAddress(engine.port(PortName.OTLP_GRPC), "127.0.0.1")).onComplete(request -> {
            request.serviceName(ServiceName.create(service)).methodName(method).encoding(encoding);
            request.response().onComplete(response -> read(response, result), result::completeExceptionally);
            request.endMessage(GrpcMessage.message(encoding, Buffer.buffer(message)));
        }, result::completeExceptionally);
        return result.get(60, TimeUnit.SECONDS);
    }

    private static void read(GrpcClientResponse<Buffer, Buffer> response, CompletableFuture<Result> result) {
        Buffer body = Buffer.buffer();
        response.handler(body::appendBuffer);
        response.exceptionHandler(result::completeExceptionally);
        response.endHandler(end -> result.complete(new Result(response.status(), response.statusMessage(), body,
                response.headers())));
    }

    @Test
    void takesSpansPlainAndZipped() throws Exception {
        for (String encoding : new String[] {"identity", "gzip"}) {
            String id = encoding.equals("gzip") ? "0123456789abcdef0123456789abcd01" : "0123456789abcdef0123456789abcd02";
            byte[] body = traces("grpc", span(id, SPAN_ID, "over gRPC", T0, T0 + 1).build()).toByteArray();
            Result result = call(SERVICE, "Export", encoding, encoding.equals("gzip") ? Running.gzip(body) : body);
            assertEquals(GrpcStatus.OK, result.status());
            assertEquals(EngineMarker.EMBEDDED, result.headers().get(EngineMarker.HEADER));
            assertEquals(ExportTraceServiceResponse.getDefaultInstance(),
                    ExportTraceServiceResponse.parseFrom(result.body().getBytes()));
            assertTrue(engine.get("/api/traces/" + id).body().contains("over gRPC"));
        }
    }

    @Test
    void tellsWhatItRefusedAsPartialSuccess() throws Exception {
        Result result = call(SERVICE, "Export", "identity",
                traces("x", Span.newBuilder().setName("nobody").build()).toByteArray());
        assertEquals(GrpcStatus.OK, result.status());
        assertEquals(1, ExportTraceServiceResponse.parseFrom(result.body().getBytes()).getPartialSuccess()
                .getRejectedSpans());
    }

    @Test
    void refusesWithTheRightStatus() throws Exception {
        assertEquals(GrpcStatus.INVALID_ARGUMENT, call(SERVICE, "Export", "identity", new byte[] {10, 127, 1}).status());
        assertEquals(GrpcStatus.INVALID_ARGUMENT, call(SERVICE, "Export", "gzip", new byte[] {1, 2, 3}).status());
        assertEquals(GrpcStatus.UNIMPLEMENTED, call(SERVICE, "Import", "identity", new byte[0]).status());
        assertEquals(GrpcStatus.UNIMPLEMENTED, call("some.other.Service", "Export", "identity", new byte[0]).status());
        assertEquals(GrpcStatus.RESOURCE_EXHAUSTED, call(SERVICE, "Export", "gzip",
                Running.gzip(new byte[IntakeLimits.REQUEST_BYTES + 1])).status(), "a bomb");
        assertEquals(GrpcStatus.RESOURCE_EXHAUSTED, call(SERVICE, "Export", "identity",
                new byte[IntakeLimits.REQUEST_BYTES + 1]).status());
        takesSpansPlainAndZipped();
    }

    @Test
    void isNoServiceForWebPages() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (String type : new String[] {"application/grpc-web+proto", "application/json", "text/plain"}) {
            int status = http.send(HttpRequest.newBuilder(engine.uri(PortName.OTLP_GRPC, Signal.TRACES.grpcPath))
                    .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
            assertEquals(415, status, type);
        }
        HttpResponse<Void> refused = http.send(HttpRequest.newBuilder(engine.uri(PortName.OTLP_GRPC,
                Signal.TRACES.grpcPath)).header("Content-Type", "application/grpc").header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding());
        assertEquals("7", refused.headers().firstValue("grpc-status").orElse(""), "PERMISSION_DENIED, as gRPC says it");
    }
}
