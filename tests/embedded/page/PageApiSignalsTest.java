package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Otlp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Traces and records: search by words, paging, and export as OTLP. */
class PageApiSignalsTest extends PageApiLab {
    @Test
    void givesATraceAsAFileWithAName() throws Exception {
        String id = runs.get(0).traceId;
        assertEquals("attachment; filename=\"agentproxy-trace-" + id + ".json\"", engine.get("/api/traces/" + id
                + "?download=1").headers().firstValue("Content-Disposition").orElseThrow());
    }

    @Test
    void pagesThroughRecordsByTheirTime() throws Exception {
        String newest = engine.get("/api/logs?limit=20").body();
        String all = engine.get("/api/logs?limit=200").body();
        assertTrue(count(newest, "timeUnixNano") == 20 && count(all, "timeUnixNano") == 200);
        assertEquals(20, count(engine.get("/api/logs?limit=20&skip=20").body(), "timeUnixNano"));
        long now = System.currentTimeMillis();
        assertEquals(0, count(engine.get("/api/logs?from=" + (now + 3_600_000)).body(), "timeUnixNano"));
        assertTrue(count(engine.get("/api/logs?limit=200&from=" + (now - 600_000)).body(), "timeUnixNano") < 200);
    }

    @Test
    void findsTracesByWordsOfSpansAndRecordsByServiceStatusAndDuration() throws Exception {
        PaRuns run = runs.get(3);
        assertEquals(run.traceId, array("/api/traces?text=" + run.session).get(0).getAsJsonObject().get("traceId")
                .getAsString());
        assertEquals(1, array("/api/traces?text=" + run.traceId).size());
        JsonArray both = array("/api/traces?limit=200&text=ORDERAPItest+expec");
        long failing = runs.stream().filter(r -> r.rounds() > 1 || r.status.equals("stalled")
                || r.status.equals("verification_failed")).count();
        assertEquals(failing, both.size());
        assertEquals(0, array("/api/traces?text=OrderApiTest+nonexistent").size());
        assertFalse(array("/api/traces?text=%22tests+passed").isEmpty(), "only log records say so");
        assertEquals(runs.size(), array("/api/traces?service=claude-code&limit=200").size());
        assertEquals(0, array("/api/traces?service=nobody").size());
        for (JsonElement trace : array("/api/traces?status=error&minMs=60000&limit=200")) {
            assertTrue(trace.getAsJsonObject().get("errors").getAsInt() > 0);
            assertTrue(trace.getAsJsonObject().get("durationUs").getAsLong() >= 60_000_000);
        }
    }

    @Test
    void pagesThroughAllTracesWithoutGapOrRepetition() throws Exception {
        List<String> seen = new ArrayList<>();
        long before = Long.MAX_VALUE;
        while (true) {
            JsonArray page = array("/api/traces?service=agentproxy&limit=7&before=" + before);
            if (page.isEmpty()) {
                break;
            }
            for (JsonElement trace : page) {
                seen.add(trace.getAsJsonObject().get("traceId").getAsString());
                before = trace.getAsJsonObject().get("cursor").getAsLong();
            }
        }
        assertEquals(runs.size(), seen.size());
        assertEquals(runs.size(), seen.stream().distinct().count());
    }

    @Test
    void givesATraceAndItsRecordsAsOtlpJson() throws Exception {
        PaRuns run = runs.get(0);
        byte[] again = Otlp.fromJson(Signal.TRACES, engine.get("/api/traces/" + run.traceId).body().getBytes());
        var sent = new java.util.HashSet<>(run.paTraces().getResourceSpans(0).getScopeSpans(0).getSpansList());
        sent.addAll(run.claudeTraces().getResourceSpans(0).getScopeSpans(0).getSpansList());
        var received = new java.util.HashSet<io.opentelemetry.proto.trace.v1.Span>();
        io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest.parseFrom(again).getResourceSpansList()
                .forEach(group -> group.getScopeSpansList().forEach(scope -> received.addAll(scope.getSpansList())));
        assertEquals(sent, received);
        String logs = engine.get("/api/traces/" + run.traceId + "/logs").body();
        assertTrue(logs.contains("gen_ai.evaluation.result") && logs.contains("claude_code.tool_result"), logs);
        assertEquals(404, engine.get("/api/traces/ffffffffffffffffffffffffffffffff").statusCode());
        assertEquals(400, engine.get("/api/traces/ff").statusCode());
    }

    @Test
    void tellsOpenPagesWhatIsNew() throws Exception {
        CompletableFuture<String> news = new CompletableFuture<>();
        Thread listener = new Thread(() -> {
            try (var lines = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                    + engine.port(PortName.PAGE) + "/api/live")).build(), HttpResponse.BodyHandlers.ofLines()).body()) {
                news.complete(lines.filter(line -> line.startsWith("data:")).findFirst().orElse("ended"));
            } catch (Exception e) {
                news.completeExceptionally(e);
            }
        });
        listener.setDaemon(true);
        listener.start();
        String id = "00000000000000000000000000000abc";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int i = 1; !news.isDone() && System.nanoTime() < end; i++) {
            engine.send(Otlp.traces("news", Otlp.span(id, String.format("%016x", i), "n", 1, 2).build()));
            Thread.sleep(100);
        }
        assertTrue(news.get(1, TimeUnit.SECONDS).contains(id), news.get());
    }
}
