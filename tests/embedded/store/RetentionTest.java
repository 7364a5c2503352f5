package embedded.store;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import embedded.daemon.Running;
import embedded.intake.Load;
import embedded.page.PaRuns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long things stay in the store. */
class RetentionTest extends StoreLab {
    @Test
    void forgetsWhatIsTooOldByItsArrivalAndKeepsWhatHasAnOldClock() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (PaRuns run : PaRuns.day(3, 1_000_000_000_000_000_000L)) {
                run.sendTo(engine);
            }
            Retention retention = new Retention(engine.server.store(), Duration.ofDays(1), Long.MAX_VALUE);
            long now = System.currentTimeMillis();
            retention.apply(now);
            assertEquals(4, engine.server.store().count("trace"), "of 2001 by their own clock, but they have just arrived");
            retention.apply(now + Duration.ofDays(2).toMillis());
            for (String table : List.of("trace", "span", "run", "run_model", "agent", "trace_service", "log", "point", "series",
                    "family", "growth", "resource", "scope", "service", "last_use")) {
                assertEquals(0, engine.server.store().count(table), table);
            }
            assertEquals("[]", engine.get("/api/traces?text=OrderApiTest").body(), "not found any more either");
            PaRuns again = PaRuns.run(77, now * 1_000_000, "completed", 1, false);
            again.sendTo(engine);
            assertTrue(engine.get("/api/traces?text=" + again.session).body().contains(again.traceId));
        }
    }

    @Test
    void forgetsTheOldestWhenThereIsTooMuch() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (int i = 0; i < 40; i++) {
                engine.send(Load.request(i, System.currentTimeMillis() * 1_000_000));
            }
            long full = engine.server.store().bytesUsed();
            new Retention(engine.server.store(), Duration.ofDays(1), full / 2).apply(System.currentTimeMillis());
            assertTrue(engine.server.store().bytesUsed() <= full / 2);
            long left = engine.server.store().count("trace");
            assertTrue(left > 40 * Load.TRACES_PER_REQUEST / 4 && left < 40 * Load.TRACES_PER_REQUEST * 3 / 4, "left: "
                    + left);
            assertTrue(engine.get("/api/traces?limit=1").body().contains("\"cursor\":" + 40 * Load.TRACES_PER_REQUEST));
        }
    }
}
