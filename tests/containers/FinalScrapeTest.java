package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Finds the stopping Collector among Prometheus' targets. */
class FinalScrapeTest {
    @Test
    void anotherCollectorOfTheSameJobIsNotTakenForOurs() {
        assertEquals(Optional.of("2026-11-22T10:00:05Z"), FinalScrape.lastScrapeIn(targets(
                target("http://collector-2:8889/metrics", "2026-11-22T10:00:01Z"),
                target("http://otel-collector:8888/metrics", "2026-11-22T10:00:02Z"),
                target("http://my-otel-collector:8889/metrics", "2026-11-22T10:00:03Z"),
                target("http://otel-collector:8889/metrics", "2026-11-22T10:00:05Z"))));
    }

    @Test
    void aPrometheusThatKnowsNoTargetsYetHasNotAsked() {
        assertEquals(Optional.of(FinalScrape.NEVER), FinalScrape.lastScrapeIn(targets()));
        assertEquals(Optional.empty(), FinalScrape.lastScrapeIn("Service Unavailable"));
    }

    private static String target(String url, String last) {
        return "{\"scrapeUrl\":\"" + url + "\",\"lastScrape\":\"" + last + "\"}";
    }

    private static String targets(String... targets) {
        return "{\"status\":\"success\",\"data\":{\"activeTargets\":[" + String.join(",", targets) + "]}}";
    }
}
