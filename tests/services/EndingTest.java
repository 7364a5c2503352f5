package services;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a service is that was told to stop: for Tempo, read from its page of services. */
class EndingTest {
    /** What Tempo 3.0.3 says about itself half a second after SIGTERM, when it was asked something before. */
    private static final String PAGE = """
            +-------------------+------------+--------------+
            | SERVICE NAME      | STATUS     | FAILURE CASE |
            +-------------------+------------+--------------+
            | backend-scheduler | Terminated |              |
            | backend-worker    | Terminated |              |
            | distributor       | Terminated |              |
            | live-store        | Terminated |              |
            | live-store-ring   | Stopping   |              |
            | metrics-generator | Terminated |              |
            | query-frontend    | Stopping   |              |
            | server            | Stopping   |              |
            +-------------------+------------+--------------+
            """;
    private final Service.Ending tempo = Catalogue.services(StackOptions.defaults(), Map.of()).stream()
            .filter(service -> service.name().equals(Catalogue.TEMPO)).findFirst().orElseThrow().stopping().ending().orElseThrow();

    @Test
    void aFrontendThatWaitsForEverHoldsNothing() {
        assertTrue(tempo.isDrained(PAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"distributor", "live-store", "metrics-generator", "backend-scheduler", "backend-worker"})
    void whoeverHoldsDataIsWaitedFor(String module) {
        assertFalse(tempo.isDrained(PAGE.replaceFirst("(\\| " + module + " +\\|) Terminated", "$1 Stopping  ")));
        assertFalse(tempo.isDrained(PAGE.replaceFirst("(\\| " + module + " +\\|) Terminated", "$1 Failed    ")));
    }

    @Test
    void prometheusIsNeededUntilTheGeneratorOfMetricsHasEnded() {
        String running = PAGE.replace("Terminated", "Running   ");
        assertFalse(tempo.isSilent(running));
        assertTrue(tempo.isSilent(running.replaceFirst("(metrics-generator +\\|) Running   ", "$1 Terminated")));
    }

    @Test
    void aPageThatOnlyGoesNeverSaysThatItIsOver() {
        Service.Ending collector = Service.Ending.shownByAbsence(StackPort.COLLECTOR_HEALTH, "/");
        assertFalse(collector.isSilent("{\"status\":\"Server not available\"}"));
        assertFalse(collector.isDrained("{\"status\":\"Server not available\"}"));
    }

    @Test
    void aPageOfSomethingElseSaysNothing() {
        assertFalse(tempo.isSilent("<html>Terminated</html>"));
        assertFalse(tempo.isDrained(""));
        assertFalse(tempo.isDrained("<html>Terminated</html>"));
    }
}
