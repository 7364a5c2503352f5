package embedded.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import embedded.daemon.Running;
import embedded.page.PaRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs still go on. */
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

    private static String status(Running engine, long nowMillis) throws Exception {
        Map<String, Object> answer = engine.server.store().read(db -> RunQueries.list(db, RunFilter.ALL,
                new RunQueries.Listing("start", true, 0, 10), nowMillis));
        return ((Map<?, ?>) ((List<?>) answer.get("runs")).get(0)).get("status").toString();
    }
}
