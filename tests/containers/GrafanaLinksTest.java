package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import containers.engine.Connection;
import contract.TraceLink;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import services.Actual;
import services.Catalogue;
import services.Service;
import services.StackOptions;
import services.StackPort;

class GrafanaLinksTest {
    private static final Connection ENGINE = new Connection(null, null, "Docker Engine", "1", "1.41", "amd64", Duration.ZERO);
    private static final Actual.Address PAGE = new Actual.Address("127.0.0.1", 3001);

    @Test
    void aLinkIsGoodForAsLongAsTracesAreKept() throws IOException {
        assertEquals("now-720h", range(Optional.of("720h")).path("from").asText());
        assertEquals("now", range(Optional.of("720h")).path("to").asText());
    }

    @Test
    void aTempoThatWasNotToldKeepsItsUsualTwoWeeks() throws IOException {
        assertEquals("now-336h", range(Optional.empty()).path("from").asText());
        assertEquals("now-336h", range(Optional.of("\"}<script>")).path("from").asText());
    }

    @Test
    void servicesThatHaveJustStartedGiveTheLinkThatTheirContainersGive() {
        List<Service> services = Catalogue.services(StackOptions.defaults(), Map.of());
        Service grafana = services.stream().filter(service -> service.name().equals("grafana")).findFirst().orElseThrow();
        Service.Port page = grafana.port(StackPort.GRAFANA).orElseThrow();
        Optional<String> kept = services.stream().map(service -> service.program().environment().get(Catalogue.TEMPO_RETENTION))
                .filter(Objects::nonNull).findFirst();
        assertEquals(GrafanaLinks.trace(ENGINE, List.of(container("tempo", Map.of(), kept), container("grafana",
                Map.of(page.container(), new Actual.Address(page.bind(), page.host())), Optional.empty()))),
                GrafanaLinks.traceOf(ENGINE, services));
    }

    private static JsonNode range(Optional<String> retention) throws IOException {
        String link = GrafanaLinks.trace(ENGINE, List.of(container("tempo", Map.of(), retention),
                container("grafana", Map.of(3000, PAGE), Optional.empty()))).orElseThrow();
        JsonNode pane = new ObjectMapper().readTree(URLDecoder.decode(link.substring(link.indexOf("panes=") + 6),
                StandardCharsets.UTF_8)).path("a");
        assertEquals(TraceLink.PLACE, pane.path("queries").path(0).path("query").asText());
        return pane.path("range");
    }

    private static Actual.Container container(String service, Map<Integer, Actual.Address> ports,
            Optional<String> retention) {
        return new Actual.Container(service, service, service, Actual.State.RUNNING, Map.of(), "sha256:1", true, 0,
                new Actual.Published(service + ":1", ports, false, retention));
    }
}
