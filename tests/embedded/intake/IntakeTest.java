package embedded.intake;

import static embedded.intake.Otlp.attribute;
import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import contract.EngineMarker;
import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.query.SignalReader;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** OTLP/HTTP by the specification: the accepted requests, which are stored unchanged. */
class IntakeTest extends IntakeLab {
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
