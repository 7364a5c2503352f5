package embedded.query;

import static embedded.intake.Otlp.attribute;
import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.Keys;
import contract.Spans;
import embedded.daemon.Running;
import embedded.page.PaRuns;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds the runs that are still active. */
class RunQueriesTest {
    @TempDir
    Path folder;

    @Test
    void aKilledRunIsLostSoonAfterItsProcessFellSilent() throws Exception {
        try (Running engine = Running.in(folder)) {
            long now = System.currentTimeMillis();
            PaRuns.run(1, now * 1_000_000, "running", 2, false).sendTo(engine);
            assertEquals("running", status(engine, now), "its metrics came a moment ago");
            assertEquals("lost", status(engine, now + TimeUnit.MINUTES.toMillis(3)), "and then no more");
        }
    }

    @Test
    void aRunWithoutMetricsMayBeQuietForLonger() throws Exception {
        try (Running engine = Running.in(folder)) {
            long now = System.currentTimeMillis();
            engine.send(PaRuns.run(1, now * 1_000_000, "running", 2, false).paTraces());
            assertEquals("running", status(engine, now + TimeUnit.MINUTES.toMillis(3)));
            assertEquals("lost", status(engine, now + TimeUnit.HOURS.toMillis(1)));
        }
    }

    @Test
    void aRunThatWasEndedLaterIsAsItsEndSays() throws Exception {
        try (Running engine = Running.in(folder)) {
            long now = System.currentTimeMillis();
            PaRuns.run(1, now * 1_000_000, "interrupted", 2, false).sendTo(engine);
            assertEquals("interrupted", status(engine, now + TimeUnit.HOURS.toMillis(1)));
        }
    }

    @Test
    void figuresBeyondAllMeasureAreNotAddedUp() throws Exception {
        try (Running engine = Running.in(folder)) {
            long now = System.currentTimeMillis() * 1_000_000;
            String trace = "0af7651916cd43dd8448eb211c80319c";
            Span.Builder task = span(trace, "00f067aa0ba902b7", Spans.RUN_TASK, now, now + 9_000_000)
                    .addAttributes(attribute(Keys.EXIT_CODE, Long.MIN_VALUE))
                    .addAttributes(attribute(Keys.COST_TOTAL_USD, Double.POSITIVE_INFINITY));
            engine.send(traces("pa", task.build(), worker(trace, 1, now, now + 5_000_000, 40, 0.5),
                    worker(trace, 2, now, -1, Long.MAX_VALUE, Double.NaN), worker(trace, 3, now, -1, Long.MAX_VALUE, -1),
                    worker(trace, 4, 5, now, Long.MIN_VALUE, 1e308), worker(trace, 5, Long.MIN_VALUE, now, -1, 1e308)));
            Map<?, ?> run = runs(engine, System.currentTimeMillis()).get(0);
            assertEquals(40L, run.get("inputTokens"));
            assertEquals(40L, run.get("contextTokens"));
            assertEquals(5L, run.get("workerMs"));
            assertEquals(0.5, run.get("costUsd"));
            assertEquals(-1, run.get("exitCode"));
            assertTrue(engine.get("/api/trends").body().contains("\"inputTokens\":40,"), engine.get("/api/trends").body());
        }
    }

    private static Span worker(String trace, int number, long start, long end, long tokens, double usd) {
        return span(trace, "00f067aa0ba902c" + number, Spans.WORKER, start, end)
                .addAttributes(attribute(Keys.INPUT_TOKENS, tokens)).addAttributes(attribute(Keys.CONTEXT_TOKENS, tokens))
                .addAttributes(attribute(Keys.COST_USD, usd)).build();
    }

    private static String status(Running engine, long nowMillis) throws Exception {
        return runs(engine, nowMillis).get(0).get("status").toString();
    }

    private static List<Map<?, ?>> runs(Running engine, long nowMillis) throws Exception {
        Map<String, Object> answer = engine.server.store().read(db -> RunQueries.list(db, RunFilter.ALL,
                new RunQueries.Listing("start", true, 0, 10), nowMillis));
        return ((List<?>) answer.get("runs")).stream().<Map<?, ?>>map(run -> (Map<?, ?>) run).toList();
    }
}
