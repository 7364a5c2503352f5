package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.Signal;
import embedded.daemon.Running;
import embedded.daemon.Settings.PortName;
import embedded.intake.Otlp;
import embedded.intake.OtlpJson;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page asks for, against what was sent. */
class PageApiTest {
    @TempDir
    static Path folder;
    private static Running engine;
    private static List<PaRuns> runs;

    @BeforeAll
    static void start() throws Exception {
        engine = Running.in(folder);
        runs = PaRuns.day(20, System.currentTimeMillis() * 1_000_000);
        for (PaRuns run : runs) {
            run.sendTo(engine);
        }
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static JsonArray array(String path) throws Exception {
        return JsonParser.parseString(engine.get(path).body()).getAsJsonArray();
    }

    private static JsonObject object(String path) throws Exception {
        return JsonParser.parseString(engine.get(path).body()).getAsJsonObject();
    }

    @Test
    void listsRunsAsTheyWere() throws Exception {
        JsonArray listed = array("/api/runs?limit=200");
        assertEquals(runs.size(), listed.size());
        for (PaRuns run : runs) {
            JsonObject row = find(listed, run.traceId);
            assertEquals(run.status, row.get("status").getAsString());
            assertEquals(run.session, row.get("session").getAsString());
            assertEquals(run.rounds(), row.get("iterations").getAsInt());
            assertEquals(run.inputTokens, row.get("inputTokens").getAsLong());
            assertEquals(run.outputTokens, row.get("outputTokens").getAsLong());
            if (row.get("rehearsal").getAsBoolean()) {
                assertTrue(row.get("costUsd").isJsonNull(), "no price for what no model did");
            } else {
                assertEquals(run.costUsd(), row.get("costUsd").getAsDouble(), 1e-9);
            }
        }
        assertEquals(1, array("/api/runs?status=running").size());
        assertEquals(2, array("/api/runs?status=stalled").size());
    }

    private static JsonObject find(JsonArray rows, String traceId) {
        for (JsonElement row : rows) {
            if (row.getAsJsonObject().get("traceId").getAsString().equals(traceId)) {
                return row.getAsJsonObject();
            }
        }
        throw new AssertionError("not listed: " + traceId);
    }

    @Test
    void panelsAddUpToWhatWasSent() throws Exception {
        JsonObject panels = object("/api/panels?range=86400");
        long ended = runs.stream().filter(run -> !run.status.equals("running")).count();
        assertEquals(ended, total(panels, "tasks", null));
        assertEquals(runs.stream().filter(run -> run.status.equals("completed")).count(), total(panels, "tasks",
                "completed"));
        assertEquals(runs.stream().mapToLong(run -> run.inputTokens).sum(), total(panels, "tokens", "input"));
        assertEquals(runs.stream().mapToLong(PaRuns::rounds).sum(), total(panels, "verifications", null));
        double cost = 0;
        for (JsonElement line : panels.getAsJsonArray("cost")) {
            cost += line.getAsJsonObject().get("total").getAsDouble();
        }
        double expected = 0;
        for (JsonElement row : array("/api/runs?limit=200")) {
            JsonElement usd = row.getAsJsonObject().get("costUsd");
            expected += usd.isJsonNull() ? 0 : usd.getAsDouble();
        }
        assertEquals(expected, cost, 1e-3);
        JsonArray active = panels.getAsJsonArray("active").get(0).getAsJsonObject().getAsJsonArray("values");
        assertEquals(1, active.get(active.size() - 1).getAsInt(), "one run goes on");
        double median = panels.getAsJsonArray("taskDuration").get(0).getAsJsonObject().get("total").getAsDouble();
        assertTrue(median > 5 && median < 300, "median " + median);
    }

    private static long total(JsonObject panels, String panel, String label) {
        double total = 0;
        for (JsonElement line : panels.getAsJsonArray(panel)) {
            if (label == null || line.getAsJsonObject().get("label").getAsString().equals(label)) {
                total += line.getAsJsonObject().get("total").getAsDouble();
            }
        }
        return Math.round(total);
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
        byte[] again = OtlpJson.toProtobuf(Signal.TRACES, engine.get("/api/traces/" + run.traceId).body().getBytes());
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

    static Stream<Arguments> wrongQuestions() {
        return Stream.of("/api/panels?range=abc", "/api/panels?range=1", "/api/traces?status=green", "/api/traces?limit=x",
                "/api/series", "/api/traces/..%2f..%2fetc").map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("wrongQuestions")
    void saysWhatIsWrongAboutAQuestion(String path) throws Exception {
        HttpResponse<String> answer = engine.get(path);
        assertEquals(400, answer.statusCode(), answer.body());
        assertFalse(answer.body().isBlank());
    }

    @ParameterizedTest
    @CsvSource({"Origin,http://evil.example", "Sec-Fetch-Site,cross-site", "Sec-Fetch-Site,same-site", "Origin,null"})
    void givesNothingToOtherOrigins(String header, String value) throws Exception {
        for (String path : List.of("/api/runs", "/", "/page/app.js", "/api/live")) {
            HttpResponse<String> answer = engine.get(path, header, value);
            assertEquals(403, answer.statusCode(), path);
            assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        }
        assertEquals(403, engine.get(PortName.METRICS, "/metrics", header, value).statusCode());
    }

    @Test
    void letsOtherOriginsLinkToIt() throws Exception {
        assertEquals(200, engine.get("/trace/" + runs.get(0).traceId, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest", "document").statusCode());
        assertEquals(403, engine.get("/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest",
                "iframe").statusCode());
    }

    @Test
    void onlyReadsAndServesOnlyItsOwnFiles() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertEquals(405, client.send(HttpRequest.newBuilder(engine.uri(PortName.PAGE, "/api/runs"))
                    .method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        }
        for (String path : List.of("/page/../Daemon.class", "/page/%2e%2e/Daemon.class", "/lib/../../META-INF/MANIFEST.MF",
                "/page/nothing.js")) {
            assertEquals(404, engine.get(path).statusCode(), path);
        }
        String policy = engine.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
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
