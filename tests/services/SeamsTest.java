package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import runner.Repository;

/** What Grafana and Tempo must be told so that a click opens the trace, however old it is within its retention. */
class SeamsTest {
    @ParameterizedTest
    @ValueSource(strings = {"stack/tempo/tempo.yaml", "stack/production/tempo/tempo.yaml"})
    void tempoFindsByItsTimeWhatCameLongAfterItHappened(String file) throws IOException {
        Map<String, Object> tempo = new Yaml().load(Files.readString(Repository.root().resolve(file)));
        Object retention = at(tempo, "backend_worker", "compaction", "block_retention");
        assertEquals(retention, at(tempo, "live_store", "wal", "ingestion_time_range_slack"));
        assertTrue(retention.toString().contains("${" + Catalogue.TEMPO_RETENTION + ":-"), retention::toString);
        assertEquals("0s", at(tempo, "query_frontend", "search", "max_duration"), "0 is no limit; the default is a week");
        assertEquals("0s", at(tempo, "query_frontend", "metrics", "max_duration"), "the default is a day");
    }

    @Test
    void theOptionForRetentionReachesTempo() {
        StackOptions long30 = TestOptions.builder().retention(Optional.of(Duration.ofDays(30))).build();
        assertEquals("720h", service(long30, "tempo").program().environment().get(Catalogue.TEMPO_RETENTION));
    }

    /** Grafana subtracts the shift, so a negative one asks Tempo for a span of time that has not begun. */
    @Test
    void grafanaAsksForATraceByItsIdAlone() {
        List<Map<String, Object>> sources = sources();
        assertFalse(sources.isEmpty());
        for (Map<String, Object> source : sources) {
            assertFalse(((Map<?, ?>) source.get("jsonData")).containsKey("traceQuery"), source.toString());
        }
    }

    @Test
    void resultsOfOneMomentAreNotStreamed() {
        Map<String, Object> tempo = sources().stream().filter(source -> source.get("uid").equals("tempo")).findFirst()
                .orElseThrow();
        assertEquals(Map.of("search", true, "metrics", false), at(tempo, "jsonData", "streamingEnabled"));
    }

    @Test
    void theBrowserSavesDashboardsInTheFormatThatFilesHave() {
        assertEquals("false", service(StackOptions.defaults(), "grafana").program().environment()
                .get("GF_FEATURE_TOGGLES_dashboardNewLayouts"));
    }

    private static Service service(StackOptions options, String name) {
        return Catalogue.services(options, Map.of()).stream().filter(service -> service.name().equals(name)).findFirst()
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> sources() {
        Map<String, Object> file = new Yaml().load(ConfigFiles.load(Optional.empty())
                .text("grafana/provisioning/datasources/datasources.yaml").text());
        return (List<Map<String, Object>>) file.get("datasources");
    }

    private static Object at(Map<String, Object> tree, String... path) {
        Object node = tree;
        for (String key : path) {
            assertTrue(node instanceof Map<?, ?> map && map.containsKey(key), () -> Path.of("", path) + " is missing");
            node = ((Map<?, ?>) node).get(key);
        }
        return node;
    }
}
