package services;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a Tempo that was told to stop has put everything down, read from its page of services. */
class DrainedTest {
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
    private final Service.Drained tempo = Catalogue.services(StackOptions.defaults(), Map.of()).stream()
            .filter(service -> service.name().equals(Catalogue.TEMPO)).findFirst().orElseThrow().drained().orElseThrow();

    @Test
    void aFrontendThatWaitsForEverHoldsNothing() {
        assertTrue(tempo.saidBy(PAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"distributor", "live-store", "metrics-generator", "backend-scheduler", "backend-worker"})
    void whoeverHoldsDataIsWaitedFor(String module) {
        assertFalse(tempo.saidBy(PAGE.replaceFirst("(\\| " + module + " +\\|) Terminated", "$1 Stopping  ")));
        assertFalse(tempo.saidBy(PAGE.replaceFirst("(\\| " + module + " +\\|) Terminated", "$1 Failed    ")));
    }

    @Test
    void aPageOfSomethingElseSaysNothing() {
        assertFalse(tempo.saidBy(""));
        assertFalse(tempo.saidBy("<html>Terminated</html>"));
    }
}
