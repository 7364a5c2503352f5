package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.intake.Otlp;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
        JsonArray listed = listed("limit=200");
        assertEquals(runs.size(), listed.size());
        for (PaRuns run : runs) {
            JsonObject row = find(listed, run.traceId);
            assertEquals(run.status, row.get("status").getAsString());
            assertEquals(run.session, row.get("session").getAsString());
            assertEquals(run.rounds(), row.get("rounds").getAsInt(), "rounds, and not decisions");
            if (!run.status.equals("running")) {
                assertEquals(run.task() + " and leave the tests as they are", row.get("title").getAsString());
                assertEquals(run.evidence(), row.get("evidence").getAsString());
            }
            assertEquals(run.inputTokens, row.get("inputTokens").getAsLong());
            assertEquals(run.outputTokens, row.get("outputTokens").getAsLong());
            if (row.get("rehearsal").getAsBoolean()) {
                assertTrue(row.get("costUsd").isJsonNull(), "no price for what no model did");
                assertEquals(run.costUsd(), row.get("rehearsedUsd").getAsDouble(), 1e-9);
            } else {
                assertEquals(run.costUsd(), row.get("costUsd").getAsDouble(), 1e-9);
            }
        }
        assertEquals(1, listed("status=running").size());
        assertEquals(2, listed("status=stalled").size());
    }

    private static JsonArray listed(String query) throws Exception {
        return object("/api/runs?" + query).getAsJsonArray("runs");
    }

    @Test
    void sortsRunsByAnyColumnAndPagesThroughThem() throws Exception {
        for (String column : List.of("title", "status", "evidence", "start", "duration", "rounds", "tokens", "cost", "project",
                "reasoner", "worker")) {
            assertEquals(runs.size(), listed("limit=200&sort=" + column).size(), column);
        }
        List<Double> costs = new ArrayList<>();
        for (int skip = 0; skip < runs.size(); skip += 4) {
            for (JsonElement row : listed("sort=cost&direction=desc&limit=4&skip=" + skip)) {
                JsonElement cost = row.getAsJsonObject().get("costUsd");
                costs.add(cost.isJsonNull() ? -1 : cost.getAsDouble());
            }
        }
        assertEquals(costs.stream().sorted(Comparator.reverseOrder()).toList(), costs);
        assertEquals(runs.size(), costs.size());
        List<Long> starts = new ArrayList<>();
        listed("limit=200").forEach(row -> starts.add(row.getAsJsonObject().get("startMs").getAsLong()));
        assertEquals(starts.stream().sorted(Comparator.reverseOrder()).toList(), starts, "newest start first");
    }

    @Test
    void filtersRunsAndAddsUpWhatMatches() throws Exception {
        long failed = runs.stream().filter(run -> !List.of("completed", "unproven", "running").contains(run.status)).count();
        assertEquals(failed, object("/api/runs?status=failed").get("count").getAsLong(), "unproven is no failure");
        assertEquals(runs.size(), object("/api/runs?project=demo").get("count").getAsLong());
        assertEquals(0, object("/api/runs?project=other").get("count").getAsLong());
        long ended = runs.stream().filter(run -> !run.status.equals("running")).count();
        assertEquals(ended, object("/api/runs?reasoner=gemini&worker=claude").get("count").getAsLong());
        assertEquals(runs.size(), object("/api/runs?model=gemini-3-flash").get("count").getAsLong());
        JsonObject all = object("/api/runs");
        JsonObject rehearsed = object("/api/runs?rehearsals=only");
        JsonObject real = object("/api/runs?rehearsals=none");
        assertEquals(runs.size(), rehearsed.get("count").getAsLong() + real.get("count").getAsLong());
        assertTrue(rehearsed.get("costUsd").isJsonNull() && rehearsed.get("rehearsedUsd").getAsDouble() > 0);
        assertEquals(real.get("costUsd").getAsDouble(), all.get("costUsd").getAsDouble(), 1e-9);
        assertTrue(real.get("rehearsedUsd").isJsonNull());
        long middle = listed("limit=200").get(10).getAsJsonObject().get("startMs").getAsLong();
        assertEquals(runs.size(), object("/api/runs?from=" + middle).get("count").getAsLong()
                + object("/api/runs?to=" + middle).get("count").getAsLong());
        assertEquals(List.of("claude-sonnet-5", "gemini-3-flash"), object("/api/runs/choices").getAsJsonArray("model").asList()
                .stream().map(JsonElement::getAsString).toList());
    }

    @Test
    void findsTheRunWhoseCheckSaidSomethingFarDownInItsOutput() throws Exception {
        String trace = "00000000000000000000000000ce0001";
        String output = "INFO line of a build\\n".repeat(200) + "\\nKumquatMapperTest lost the id";
        engine.send(Otlp.traces("agentproxy", Otlp.span(trace, "00000000000000a1", "pa.function.run_tests", 1_000_000, 2_000_000)
                .addAttributes(Otlp.attribute("session.id", "far-down")).addAttributes(Otlp.attribute("pa.verification.result",
                "fail")).addAttributes(Otlp.attribute("gen_ai.output.messages",
                "[{\"role\":\"tool\",\"parts\":[{\"type\":\"text\",\"content\":\"" + output + "\"}]}]")).build()));
        try {
            JsonArray found = listed("text=kumquatmapper+lost");
            assertEquals(1, found.size());
            assertEquals(trace, found.get(0).getAsJsonObject().get("traceId").getAsString());
            assertEquals(0, listed("text=kumquatmapper+found").size());
        } finally {
            assertEquals(204, delete("/api/traces/" + trace));
        }
    }

    @Test
    void findsWordsOfOutputThatOnlyLooksLikeJson() throws Exception {
        String trace = "00000000000000000000000000ce0002";
        engine.send(Otlp.traces("agentproxy", Otlp.span(trace, "00000000000000a2", "pa.function.run_tests", 1_000_000, 2_000_000)
                .addAttributes(Otlp.attribute("session.id", "brackets")).addAttributes(Otlp.attribute("gen_ai.tool.call.result",
                "[INFO] Running\n[ERROR] QuinceTest.creates:41 expected"))
                .addAttributes(Otlp.attribute("gen_ai.input.messages", "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\","
                        + "\"content\":\"Plant\\nmedlar trees, and then the sender cut")).build()));
        try {
            assertEquals(1, listed("text=quincetest+creates").size());
            assertEquals(1, listed("text=trees+sender").size(), "cut off by its sender");
        } finally {
            assertEquals(204, delete("/api/traces/" + trace));
        }
    }

    private static int delete(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(engine.uri(PortName.PAGE, path)).DELETE();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void deletesARunWithAllThatBelongsToItAndNothingElse() throws Exception {
        PaRuns run = PaRuns.run(777, System.currentTimeMillis() * 1_000_000, "completed", 2, false);
        run.sendTo(engine);
        assertEquals(1, listed("text=" + run.traceId).size());
        assertEquals(403, delete("/api/traces/" + run.traceId, "Origin", "http://evil.example"));
        assertEquals(403, delete("/api/traces/" + run.traceId, "Sec-Fetch-Site", "cross-site"));
        assertEquals(200, engine.get("/api/traces/" + run.traceId).statusCode());
        assertEquals(204, delete("/api/traces/" + run.traceId));
        assertEquals(404, delete("/api/traces/" + run.traceId));
        assertEquals(404, engine.get("/api/traces/" + run.traceId).statusCode());
        assertFalse(engine.get("/api/traces/" + run.traceId + "/logs").body().contains(run.traceId));
        assertEquals(0, listed("text=" + run.session).size(), "not found by its words");
        assertEquals(runs.size(), listed("limit=200").size());
        run.sendTo(engine);
        assertEquals(1, listed("text=" + run.traceId).size(), "may come again");
        assertEquals(204, delete("/api/traces/" + run.traceId));
    }

    @Test
    void givesATraceAsAFileWithAName() throws Exception {
        String id = runs.get(0).traceId;
        assertEquals("attachment; filename=\"agentproxy-trace-" + id + ".json\"", engine.get("/api/traces/" + id
                + "?download=1").headers().firstValue("Content-Disposition").orElseThrow());
    }

    @Test
    void trendsAddUpToTheRunsAndKnowTheTimeBefore() throws Exception {
        JsonObject trends = object("/api/trends?rehearsals=none");
        JsonObject whole = trends.getAsJsonObject("whole");
        JsonObject real = object("/api/runs?rehearsals=none");
        assertEquals(real.get("count").getAsLong(), whole.get("runs").getAsLong());
        assertEquals(real.get("costUsd").getAsDouble(), whole.get("costUsd").getAsDouble(), 1e-9);
        assertEquals(0, whole.get("rehearsedUsd").getAsDouble());
        long verified = 0;
        for (String level : List.of("independent", "own_tests", "reviewed")) {
            verified += object("/api/runs?rehearsals=none&status=completed&evidence=" + level).get("count").getAsLong();
        }
        assertEquals(verified, whole.get("verified").getAsLong());
        assertTrue(verified > 0 && verified < object("/api/runs?rehearsals=none&status=completed").get("count").getAsLong(),
                "there are completed runs with evidence and others");
        long steps = 0;
        double cost = 0;
        double wasted = 0;
        for (JsonElement step : trends.getAsJsonArray("steps")) {
            steps += step.getAsJsonObject().get("runs").getAsLong();
            cost += step.getAsJsonObject().get("costUsd").isJsonNull() ? 0 : step.getAsJsonObject().get("costUsd")
                    .getAsDouble();
            wasted += step.getAsJsonObject().get("wastedUsd").getAsDouble();
        }
        assertEquals(whole.get("runs").getAsLong(), steps);
        assertEquals(whole.get("costUsd").getAsDouble(), cost, 1e-9);
        assertEquals(whole.get("wastedUsd").getAsDouble(), wasted, 1e-9);
        double models = 0;
        for (JsonElement model : trends.getAsJsonArray("models")) {
            models += model.getAsJsonObject().get("costUsd").getAsDouble();
        }
        assertEquals(cost, models, 1e-6, "spend by model is all that was spent");
        long from = trends.get("fromMs").getAsLong();
        long middle = from + (trends.get("toMs").getAsLong() - from) / 2;
        JsonObject half = object("/api/trends?rehearsals=none&from=" + middle);
        assertEquals(steps, half.getAsJsonObject("whole").get("runs").getAsLong() + half.getAsJsonObject("before").get("runs")
                .getAsLong(), 1);
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

    private static int count(String text, String word) {
        return text.split(word, -1).length - 1;
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
        for (JsonElement row : listed("limit=200")) {
            JsonElement usd = row.getAsJsonObject().get("costUsd");
            expected += usd.isJsonNull() ? 0 : usd.getAsDouble();
        }
        assertEquals(expected, cost, 1e-3);
        JsonArray active = panels.getAsJsonArray("active").get(0).getAsJsonObject().getAsJsonArray("values");
        assertEquals(1, active.get(active.size() - 1).getAsInt(), "one run goes on");
        double mean = panels.getAsJsonArray("taskDuration").get(0).getAsJsonObject().get("total").getAsDouble();
        assertTrue(mean > 5 && mean < 300, "mean " + mean);
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

    static Stream<Arguments> wrongQuestions() {
        return Stream.of("/api/panels?range=abc", "/api/panels?range=1", "/api/traces?status=green", "/api/traces?limit=x",
                "/api/series", "/api/traces/..%2f..%2fetc", "/api/runs?sort=magic", "/api/runs?direction=up",
                "/api/trends?rehearsals=some").map(Arguments::of);
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
