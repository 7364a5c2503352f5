package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files of the production notes are the built-in ones but for what each note is about: a change here must go there. */
class ProductionNotesTest {
    private static final Path NOTES = Path.of("stack/production").toAbsolutePath();

    @BeforeEach
    void inTheProject() {
        Assumptions.assumeTrue(Files.isDirectory(NOTES), "not run in the project's folder");
    }

    @Test
    void tempoDiffersInItsStorageOnly() throws IOException {
        Map<String, Object> usual = usual("tempo/tempo.yaml");
        Map<String, Object> production = production("tempo/tempo.yaml");
        assertEquals("s3", value(production, "storage.trace.backend"));
        // A folder can be listed more often than a bucket, where each time costs requests.
        assertEquals("10s", value(usual, "storage.trace.blocklist_poll"));
        assertEquals("1m", value(production, "storage.trace.blocklist_poll"));
        for (Map<String, Object> one : List.of(usual, production)) {
            map(one, "storage.trace").keySet().removeAll(List.of("backend", "local", "s3", "blocklist_poll"));
        }
        assertEquals(usual, production);
    }

    @Test
    void theCollectorDiffersInItsTokenOnly() throws IOException {
        Map<String, Object> usual = usual("otel-collector/collector.yaml");
        Map<String, Object> production = production("otel-collector/collector.yaml");
        for (String protocol : List.of("grpc", "http")) {
            assertEquals(Map.of("authenticator", "bearertokenauth"),
                    map(production, "receivers.otlp.protocols." + protocol).remove("auth"));
        }
        map(production, "extensions").remove("bearertokenauth");
        List<Object> extensions = new ArrayList<>((List<?>) value(production, "service.extensions"));
        assertTrue(extensions.remove("bearertokenauth"));
        map(production, "service").put("extensions", extensions);
        assertEquals(usual, production);
    }

    @Test
    void whatIsOpenToOthersAsksForATokenOrALogin() throws IOException {
        StackOptions options = TestOptions.builder().bind("0.0.0.0").configDir(Optional.of(NOTES)).build();
        List<String> open = Catalogue.services(options, Map.of()).stream().flatMap(service -> service.ports().stream())
                .filter(port -> port.bind().equals("0.0.0.0")).map(port -> port.port().key()).toList();
        assertEquals(List.of("otlp-grpc", "otlp-http", "grafana"), open, "what knows no login stays on this machine:"
                + " port.NAME=127.0.0.1:NUMBER in stack/production/settings.properties");
    }

    private static Map<String, Object> usual(String file) {
        return new Yaml().load(ConfigFiles.load(Optional.empty()).text(file).text());
    }

    private static Map<String, Object> production(String file) throws IOException {
        return new Yaml().load(Files.readString(NOTES.resolve(file)));
    }

    private static Object value(Map<String, Object> tree, String path) {
        Object node = tree;
        for (String key : Arrays.asList(path.split("\\."))) {
            node = ((Map<?, ?>) node).get(key);
        }
        return node;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> tree, String path) {
        return (Map<String, Object>) value(tree, path);
    }
}
