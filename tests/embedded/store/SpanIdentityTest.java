package embedded.store;

import static embedded.intake.Otlp.attribute;
import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import contract.Keys;
import contract.Spans;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.page.PaRuns;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One id twice from one resource is one span. */
class SpanIdentityTest {
    private static final String TRACE = "0123456789abcdef0123456789abcdef";
    private static final String ID = "00f067aa0ba902b7";
    private static final long T0 = 1_760_000_000_000_000_000L;

    @TempDir
    Path folder;

    private static JsonObject trace(Running engine) throws Exception {
        return JsonParser.parseString(engine.get("/api/traces").body()).getAsJsonArray().get(0).getAsJsonObject();
    }

    private static String stored(Running engine) throws Exception {
        return engine.get("/api/traces/" + TRACE).body();
    }

    private static Span failed(long end) {
        return span(TRACE, ID, "failed", T0, end).setStatus(Status.newBuilder().setCode(
                Status.StatusCode.STATUS_CODE_ERROR)).build();
    }

    @Test
    void theOneThatHasEndedStaysWhicheverCameFirst() throws Exception {
        Span begun = span(TRACE, ID, "begun", T0, 0).build();
        Span ended = span(TRACE, ID, "ended", T0, T0 + 5).build();
        for (Span[] order : new Span[][] {{begun, ended}, {ended, begun}}) {
            try (Running engine = Running.in(folder.resolve(order[0].getName()))) {
                engine.send(traces("x", order[0]));
                engine.send(traces("x", order[1]));
                assertTrue(stored(engine).contains("\"ended\""), stored(engine));
                assertFalse(stored(engine).contains("begun"), stored(engine));
                assertEquals(1, trace(engine).get("spans").getAsInt());
            }
        }
    }

    @Test
    void ofTwoThatHaveEndedTheLaterStaysAndSumsFollow() throws Exception {
        try (Running engine = Running.in(folder)) {
            engine.send(traces("x", failed(T0 + 5)));
            assertEquals(1, trace(engine).get("errors").getAsInt());
            engine.send(traces("x", span(TRACE, ID, "later", T0, T0 + 9).build()));
            assertEquals(0, trace(engine).get("errors").getAsInt());
            engine.send(traces("x", failed(T0 + 5)));
            assertEquals(0, trace(engine).get("errors").getAsInt(), "what is older does not come back");
            assertTrue(stored(engine).contains("later"));
            assertEquals(1, trace(engine).get("spans").getAsInt());
        }
    }

    @Test
    void aRunsSumsCountASpanThatComesAgainOnce() throws Exception {
        try (Running engine = Running.in(folder)) {
            Span.Builder call = span(TRACE, ID, Spans.call("gemini"), T0, 0).addAttributes(attribute(Keys.SESSION_ID, "s"))
                    .addAttributes(attribute(Keys.COST_USD, 0.25)).addAttributes(attribute(Keys.INPUT_TOKENS, 100));
            engine.send(traces("agentproxy", call.build()));
            engine.send(traces("agentproxy", call.setEndTimeUnixNano(T0 + 7).build()));
            engine.send(traces("agentproxy", call.build()));
            JsonObject run = JsonParser.parseString(engine.get("/api/runs").body()).getAsJsonObject().getAsJsonArray("runs")
                    .get(0).getAsJsonObject();
            assertEquals(0.25, run.get("costUsd").getAsDouble());
            assertEquals(100, run.get("inputTokens").getAsInt());
        }
    }

    @Test
    void aSessionThatIsSentFiveTimesIsShownOnce() throws Exception {
        PaRuns run = PaRuns.run(3, System.currentTimeMillis() * 1_000_000 - 60_000_000_000L, "completed", 2, false);
        try (Running engine = Running.in(folder)) {
            run.sendTo(engine);
            String runs = engine.get("/api/runs").body();
            String panels = totals(engine);
            String metrics = engine.get(PortName.METRICS, "/metrics").body();
            for (int i = 0; i < 4; i++) {
                run.sendTo(engine);
            }
            assertEquals(runs, engine.get("/api/runs").body());
            assertEquals(panels, totals(engine));
            assertEquals(metrics, engine.get(PortName.METRICS, "/metrics").body());
        }
    }

    /** What the panels add up to, whichever step it fell into. */
    private static String totals(Running engine) throws Exception {
        StringBuilder totals = new StringBuilder();
        JsonParser.parseString(engine.get("/api/panels?range=21600").body()).getAsJsonObject().entrySet().forEach(panel -> {
            if (panel.getValue().isJsonArray() && !panel.getKey().equals("times")) {
                panel.getValue().getAsJsonArray().forEach(line -> totals.append(panel.getKey()).append(' ')
                        .append(line.getAsJsonObject().get("label")).append(line.getAsJsonObject().get("total")).append('\n'));
            }
        });
        return totals.toString();
    }
}
