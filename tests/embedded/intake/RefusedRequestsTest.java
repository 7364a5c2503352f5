package embedded.intake;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import embedded.Memory;
import embedded.Rejection;
import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are not OTLP, or only partly: their status; correct requests at the same time are accepted. */
class RefusedRequestsTest extends IntakeLab {
    static Stream<Arguments> refusals() throws Exception {
        byte[] good = traces("x", span("0123456789abcdef0123456789abcdef", SPAN_ID, "x", T0, T0 + 1).build()).toByteArray();
        byte[] zipped = Running.gzip(good);
        return Stream.of(
                Arguments.of("malformed protobuf", Running.PROTOBUF, new byte[] {10, 127, 1, 2}, new String[0], 400),
                Arguments.of("text as protobuf", Running.PROTOBUF, "hello".getBytes(), new String[0], 400),
                Arguments.of("malformed span within good groups", Running.PROTOBUF,
                        traces("x", Span.newBuilder().setName("x").build()).toBuilder().build().toByteArray().length == 0
                                ? new byte[0] : withBrokenSpan(), new String[0], 400),
                Arguments.of("malformed JSON", Running.JSON, "{\"resourceSpans\":[".getBytes(), new String[0], 400),
                Arguments.of("JSON that is a list", Running.JSON, "[]".getBytes(), new String[0], 400),
                Arguments.of("JSON of wrong types", Running.JSON, "{\"resourceSpans\":7}".getBytes(), new String[0], 400),
                Arguments.of("JSON nested to death", Running.JSON, "[".repeat(1_000_000).getBytes(), new String[0], 400),
                Arguments.of("ids that are not hex", Running.JSON, ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{"
                        + "\"traceId\":\"xyz\"}]}]}]}").getBytes(), new String[0], 400),
                Arguments.of("empty JSON body", Running.JSON, new byte[0], new String[0], 400),
                Arguments.of("no content type", "", good, new String[0], 415),
                Arguments.of("wrong content type", "text/plain", good, new String[0], 415),
                Arguments.of("form", "application/x-www-form-urlencoded", good, new String[0], 415),
                Arguments.of("unknown compression", Running.PROTOBUF, good, new String[] {"Content-Encoding", "zstd"}, 415),
                Arguments.of("gzip that is none", Running.PROTOBUF, good, new String[] {"Content-Encoding", "gzip"}, 400),
                Arguments.of("truncated gzip", Running.PROTOBUF, Arrays.copyOf(zipped, zipped.length / 2),
                        new String[] {"Content-Encoding", "gzip"}, 400),
                Arguments.of("gzip bomb", Running.PROTOBUF, bomb(200 << 20), new String[] {"Content-Encoding", "gzip"}, 413),
                Arguments.of("too large", Running.PROTOBUF, new byte[IntakeLimits.REQUEST_BYTES + 1], new String[0], 413),
                Arguments.of("a web page's request", Running.PROTOBUF, good, new String[] {"Origin", "http://evil.example"},
                403),
                Arguments.of("a web page's request of today", Running.JSON, "{}".getBytes(),
                        new String[] {"Sec-Fetch-Site", "cross-site"}, 403));
    }

    private static byte[] withBrokenSpan() {
        // resource_spans { scope_spans { spans { name: 200 bytes announced, 3 there } } }
        return new byte[] {10, 9, 18, 7, 18, 5, 42, (byte) 200, 1, 65, 66};
    }

    private static byte[] bomb(int size) throws Exception {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < size >> 20; i++) {
                out.write(zeros);
            }
        }
        return compressed.toByteArray();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesWithTheRightStatus(String what, String type, byte[] body, String[] headers, int status) throws Exception {
        HttpResponse<byte[]> answer = engine.post(Signal.TRACES, type, body, headers);
        assertEquals(status, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        assertTrue(answer.body().length > 0, "says why");
        if (status == 400 && type.equals(Running.JSON)) {
            assertTrue(new String(answer.body(), StandardCharsets.UTF_8).startsWith("{\"code\":3,\"message\":"),
                    new String(answer.body(), StandardCharsets.UTF_8));
        }
        // and goes on serving
        String id = traceId();
        engine.send(traces("after", span(id, SPAN_ID, "after " + what, T0, T0 + 1).build()));
        assertTrue(trace(id).contains(what));
    }

    @Test
    void knowsItsPathsAndMethods() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> get = engine.get(PortName.OTLP_HTTP, "/v1/traces");
        assertEquals(405, get.statusCode());
        assertEquals("POST", get.headers().firstValue("Allow").orElseThrow());
        HttpResponse<String> wrong = client.send(HttpRequest.newBuilder(engine.uri(PortName.OTLP_HTTP, "/v1/profiles"))
                .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(404, wrong.statusCode());
        HttpResponse<String> preflight = client.send(HttpRequest.newBuilder(engine.uri(PortName.OTLP_HTTP, "/v1/traces"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()).header("Origin", "http://evil.example").build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(403, preflight.statusCode());
        assertTrue(preflight.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @Test
    void answersWhatComesWhileItStops() throws Exception {
        Intake stopping = new Intake(engine.server.store(), new Memory(1 << 20));
        stopping.close();
        Body body = stopping.body();
        body.append(Buffer.buffer("{}"));
        CompletionException refused = assertThrows(CompletionException.class, () -> stopping.take(
                new Intake.Request(Signal.TRACES, body, 0, false, true)).join());
        assertEquals(Rejection.Kind.BUSY, Answers.rejection(refused).kind());
        assertEquals(0, body.share().held(), "and what it held is given back");
    }

    @Test
    void answersAForeignHostWithNothing() throws Exception {
        for (PortName port : List.of(PortName.OTLP_HTTP, PortName.METRICS, PortName.PAGE)) {
            try (Socket socket = new Socket("127.0.0.1", engine.port(port))) {
                socket.getOutputStream()
                        .write(("POST /v1/traces HTTP/1.1\r\nHost: rebound.example:4318\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
            }
        }
    }

    static Stream<Arguments> badIds() {
        return Stream.of(
                Arguments.of("zero trace id", ByteString.copyFrom(new byte[16]), Otlp.id(SPAN_ID)),
                Arguments.of("zero span id", Otlp.id("0123456789abcdef0123456789abcde0"), ByteString.copyFrom(new byte[8])),
                Arguments.of("short trace id", ByteString.copyFrom(new byte[] {1, 2}), Otlp.id(SPAN_ID)),
                Arguments.of("long span id", Otlp.id("0123456789abcdef0123456789abcde1"), Otlp.id(SPAN_ID + "00")),
                Arguments.of("no ids", ByteString.EMPTY, ByteString.EMPTY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badIds")
    void refusesSpansWithoutAnIdentityAndKeepsTheirNeighbours(String what, ByteString traceId, ByteString spanId)
            throws Exception {
        String good = traceId();
        Span bad = Span.newBuilder().setTraceId(traceId).setSpanId(spanId).setName(what).build();
        byte[] body = traces("ids", bad, span(good, SPAN_ID, "neighbour", T0, T0 + 1).build()).toByteArray();
        HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.PROTOBUF, body);
        assertEquals(200, answer.statusCode());
        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(answer.body());
        assertEquals(1, response.getPartialSuccess().getRejectedSpans());
        assertTrue(response.getPartialSuccess().getErrorMessage().contains(what), response.toString());
        assertTrue(trace(good).contains("neighbour"));
    }

    /** As protobuf's own readers of JSON have it: what is whole may be written in any way. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("times")
    void takesAWholeNumberHoweverItIsWrittenAndNoOther(String written, String stored) throws Exception {
        String id = traceId();
        HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.JSON, ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":["
                + "{\"traceId\":\"" + id + "\",\"spanId\":\"" + SPAN_ID + "\",\"name\":\"n\",\"startTimeUnixNano\":1,\"endTimeUnixNano\":"
                + written + "}]}]}]}").getBytes(StandardCharsets.UTF_8));
        String said = new String(answer.body(), StandardCharsets.UTF_8);
        if (stored.isEmpty()) {
            assertEquals(400, answer.statusCode(), said);
            assertTrue(said.contains("no whole number"), said);
        } else {
            assertEquals(200, answer.statusCode(), said);
            assertTrue(trace(id).contains("\"endTimeUnixNano\":\"" + stored + "\""), trace(id));
        }
    }

    static Stream<Arguments> times() {
        return Stream.of(Arguments.of("1.79e18", "1790000000000000000"), Arguments.of("\"1.79e18\"", "1790000000000000000"),
                Arguments.of("1.8446744073709551615e19", "18446744073709551615"), Arguments.of("5.0", "5"),
                Arguments.of("18446744073709551616", ""), Arguments.of("-9223372036854775809", ""), Arguments.of("1e999999999", ""),
                Arguments.of("\"1e2147483647\"", ""), Arguments.of("1e-999999999", ""), Arguments.of("1.5", ""),
                Arguments.of("\"\"", ""), Arguments.of("\"NaN\"", ""), Arguments.of("\"0x10\"", ""), Arguments.of("true", ""));
    }
}
