package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import embedded.intake.Otlp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The answers of the page's HTTP interface about runs, trends and panels. */
class PageApiTest extends PageApiLab {
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

    /** The outermost span, which has the task, comes last. */
    @Test
    void aRunThatGoesOnIsNamedByWhatItsWorkerWasToldFirst() throws Exception {
        String trace = "000000000000000000000000000e61f8";
        long now = System.currentTimeMillis() * 1_000_000;
        for (int round : List.of(1, 2)) {
            String told = round == 1 ? "Fix the rounding\\n\\nThe work counts as done when this passes: make" : "It fails";
            engine.send(Otlp.traces(Otlp.resource("service.name", "agentproxy"), List.of(Otlp.span(trace, "00f067aa0ba9100"
                    + round, "claude.subprocess", now - 9_000_000_000L + round * 1_000_000_000L, now)
                    .addAttributes(Otlp.attribute("session.id", "going-on")).addAttributes(Otlp.attribute("gen_ai.input.messages",
                    "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + told + "\"}]}]")).build())));
            assertEquals("Fix the rounding", listed("text=" + trace).get(0).getAsJsonObject().get("title").getAsString());
        }
        engine.send(Otlp.traces(Otlp.resource("service.name", "agentproxy"), List.of(
                Otlp.span(trace, "00f067aa0ba90003", "pa.run_task", now - 9_000_000_000L, now)
                        .addAttributes(Otlp.attribute("session.id", "going-on")).addAttributes(Otlp.attribute("pa.status",
                        "completed")).addAttributes(Otlp.attribute("gen_ai.input.messages", "[{\"role\":\"user\",\"parts\":"
                        + "[{\"type\":\"text\",\"content\":\"Fix the rounding of prices\"}]}]")).build())));
        assertEquals("Fix the rounding of prices", listed("text=" + trace).get(0).getAsJsonObject().get("title").getAsString());
        assertEquals(204, delete("/api/traces/" + trace));
    }

    @Test
    void aVerdictOfVerifyIsListedAndInNoFigureAboutRuns() throws Exception {
        JsonObject before = object("/api/trends").getAsJsonObject("whole");
        String trace = "000000000000000000000000000e61f7";
        long now = System.currentTimeMillis() * 1_000_000;
        engine.send(Otlp.traces(Otlp.resource("service.name", "agentproxy"), List.of(
                Otlp.span(trace, "00f067aa0ba90001", "pa.verify", now - 1_000_000_000, now)
                        .addAttributes(Otlp.attribute("session.id", "a-verdict")).addAttributes(Otlp.attribute("pa.status",
                        "verification_failed")).addAttributes(Otlp.attribute("pa.evidence.level", "none")).build())));
        JsonObject run = listed("text=" + trace).get(0).getAsJsonObject();
        assertTrue(run.get("verdict").getAsBoolean());
        JsonObject after = object("/api/trends").getAsJsonObject("whole");
        for (String figure : List.of("runs", "statuses", "evidence", "verified", "roundsToDone", "wastedUsd")) {
            assertEquals(before.get(figure), after.get(figure), figure);
        }
        assertEquals(204, delete("/api/traces/" + trace));
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
}
