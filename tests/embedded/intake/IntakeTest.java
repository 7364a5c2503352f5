package embedded.intake;

import static embedded.intake.Otlp.attribute;
import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import contract.EngineMarker;
import embedded.Memory;
import embedded.Rejection;
import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.query.SignalReader;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OTLP/HTTP as the specification has it, and everything that is no OTLP. */
class IntakeTest {
    private static final long T0 = 1_760_000_000_000_000_000L;
    private static final String SPAN_ID = "00f067aa0ba902b7";

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

    private static String traceId() {
        byte[] id = new byte[16];
        new Random().nextBytes(id);
        return java.util.HexFormat.of().formatHex(id);
    }

    private static String trace(String id) throws Exception {
        return engine.get("/api/traces/" + id).body();
    }

    @Test
    void takesTheExampleOfTheDocumentation() throws Exception {
        String json =
                "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":"
                + "\"my.service\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\"my.library\",\"version\":\"1.0.0\"},"
                + "\"spans\":[{"
                + "\"traceId\":\"5B8EFFF798038103D269B633813FC60C\",\"spanId\":\"EEE19B7EC3C1B174\",\"parentSpanId\":"
                + "\"EEE19B7EC3C1B173\",\"name\":\"I'm a server span\",\"startTimeUnixNano\":\"1544712660000000000\","
                + "\"endTimeUnixNano\":\"1544712661000000000\",\"kind\":2,\"attributes\":[{"
                + "\"key\":\"my.span.attr\",\"value\":"
                + "{\"stringValue\":\"some value\"}}],\"aFieldOfTheFuture\":{\"x\":[1]}}]}]}]}";
        HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.JSON, json.getBytes(StandardCharsets.UTF_8));
        assertEquals(200, answer.statusCode());
        assertEquals("{}", new String(answer.body(), StandardCharsets.UTF_8));
        assertEquals(Running.JSON, answer.headers().firstValue("Content-Type").orElseThrow());
        String stored = trace("5b8efff798038103d269b633813fc60c");
        assertTrue(stored.contains("\"traceId\":\"5b8efff798038103d269b633813fc60c\""), stored);
        assertTrue(stored.contains("\"parentSpanId\":\"eee19b7ec3c1b173\""), stored);
        assertTrue(stored.contains("\"kind\":2"), stored);
        assertTrue(engine.get("/api/traces?text=some+val").body().contains("5b8efff798038103d269b633813fc60c"));
    }

    @Test
    void takesGzipAndProtobufAndStoresByteForByte() throws Exception {
        String id = traceId();
        Span span = span(id, SPAN_ID, "zipped", T0, T0 + 5).addAttributes(attribute("n", 7L))
                .addEvents(Span.Event.newBuilder().setName("e").setTimeUnixNano(T0 + 1)).build();
        byte[] body = Running.gzip(traces("zip", span).toByteArray());
        HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.PROTOBUF, body, "Content-Encoding", "gzip");
        assertEquals(200, answer.statusCode());
        assertEquals(0, answer.body().length);
        assertEquals(span, engine.server.store().read(db -> SignalReader.trace(db, java.util.HexFormat.of().parseHex(id)))
                .orElseThrow().getResourceSpans(0).getScopeSpans(0).getSpans(0));
    }

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
    void saysOnEveryPortWhoItIs() throws Exception {
        for (PortName port : PortName.values()) {
            HttpResponse<String> answer = engine.get(port, EngineMarker.PATH);
            assertEquals(200, answer.statusCode(), port.title);
            JsonObject marker = JsonParser.parseString(answer.body()).getAsJsonObject();
            assertEquals(EngineMarker.EMBEDDED, marker.get(EngineMarker.ENGINE).getAsString());
            assertTrue(marker.get(EngineMarker.POINTS_BY_TIME).getAsBoolean());
            assertTrue(marker.get(EngineMarker.LOOPBACK).getAsBoolean());
        }
        assertEquals(EngineMarker.EMBEDDED, engine.post(Signal.TRACES, Running.JSON, "{}".getBytes(StandardCharsets.UTF_8)).headers()
                .firstValue(EngineMarker.HEADER).orElse(""));
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

    @Test
    void keepsTenThousandAttributesAndOneOfFiveMegabytes() throws Exception {
        String id = traceId();
        Span.Builder span = span(id, SPAN_ID, "wide", T0, T0 + 1);
        for (int i = 0; i < 10_000; i++) {
            span.addAttributes(attribute("key." + i, "value number " + i));
        }
        span.addAttributes(attribute("huge", "needle " + "x".repeat(5_000_000)));
        engine.send(traces("wide", span.build()));
        assertEquals(span.build(), engine.server.store().read(db -> SignalReader.trace(db,
                java.util.HexFormat.of().parseHex(id))).orElseThrow().getResourceSpans(0).getScopeSpans(0).getSpans(0));
        assertTrue(trace(id).length() > 5_000_000);
    }

    @Test
    void keepsTimesFromTheBeginningAndTheEndOfTime() throws Exception {
        String old = traceId();
        String late = traceId();
        long year2500 = Long.parseUnsignedLong("16725225600000000000");
        engine.send(traces("clock", span(old, SPAN_ID, "of 1970", 0, 1).build(),
                span(late, SPAN_ID, "of 2500", year2500, year2500 + 5).build(),
                span(traceId(), SPAN_ID, "ends before it starts", T0, T0 - 5).build()));
        assertTrue(trace(late).contains("\"startTimeUnixNano\":\"16725225600000000000\""), trace(late));
        assertTrue(trace(old).contains("of 1970"));
        String list = engine.get("/api/traces?service=clock").body();
        assertTrue(list.contains("of 1970") && list.contains("of 2500") && list.contains("ends before it starts"), list);
        assertFalse(list.contains("\"durationUs\":-"), list);
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

    @Test
    void countsASpanOnceHoweverOftenItComes() throws Exception {
        String id = traceId();
        Span span = span(id, SPAN_ID, "again", T0, T0 + 1).build();
        engine.send(traces("twice", span, span));
        engine.send(traces("twice", span));
        String list = engine.get("/api/traces?text=" + id).body();
        assertTrue(list.contains("\"spans\":1,"), list);
        assertEquals(1, trace(id).split("\"name\":\"again\"", -1).length - 1);
    }

    @Test
    void acceptsChildrenBeforeParentsAndSpansThatComeLate() throws Exception {
        String id = traceId();
        engine.send(traces("order", span(id, "00f067aa0ba90201", "child", T0 + 10, T0 + 20)
                .setParentSpanId(Otlp.id("00f067aa0ba90202")).build()));
        assertTrue(engine.get("/api/traces?text=" + id).body().contains("\"name\":\"child\""));
        engine.send(traces("order", span(id, "00f067aa0ba90202", "parent", T0, T0 + 3_000_000).build()));
        String list = engine.get("/api/traces?text=" + id).body();
        assertTrue(list.contains("\"name\":\"parent\"") && list.contains("\"complete\":true"), list);
        engine.send(traces("order", span(id, "00f067aa0ba90203", "late", T0 + 5, T0 + 9_000_000)
                .setParentSpanId(Otlp.id("00f067aa0ba90202")).build()));
        list = engine.get("/api/traces?text=" + id).body();
        assertTrue(list.contains("\"spans\":3") && list.contains("\"durationUs\":9000") && list.contains("parent"), list);
    }

    @Test
    void storesEverythingOfAHundredClientsAtOnce() throws Exception {
        int clients = 100;
        int spansEach = 200;
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        List<Callable<Integer>> calls = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int c = 0; c < clients; c++) {
            String id = traceId();
            ids.add(id);
            List<Span> spans = new ArrayList<>();
            for (int s = 1; s <= spansEach; s++) {
                spans.add(span(id, String.format("%016x", s), "crowd", T0 + s, T0 + s + 1).build());
            }
            byte[] body = traces(Otlp.resource("service.name", "crowd"), spans).toByteArray();
            calls.add(() -> engine.post(Signal.TRACES, Running.PROTOBUF, body).statusCode());
        }
        for (Future<Integer> call : pool.invokeAll(calls)) {
            assertEquals(200, call.get());
        }
        pool.shutdown();
        for (String id : ids) {
            assertTrue(engine.get("/api/traces?text=" + id).body().contains("\"spans\":" + spansEach + ","));
        }
    }
}
