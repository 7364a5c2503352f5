package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigFilesTest {
    @TempDir Path folder;

    @Test
    void theBuiltInFilesAreGood() {
        ConfigCheck.all(ConfigFiles.load(Optional.empty()));
    }

    @Test
    void ejectWritesEveryFileAndNeverOverAnother() throws IOException {
        Path own = folder.resolve("tempo/tempo.yaml");
        Files.createDirectories(own.getParent());
        Files.writeString(own, "mine: true\n");
        List<Path> written = ConfigFiles.eject(folder);
        assertEquals(ConfigFiles.BUILT_IN.size() - 1, written.size());
        assertEquals("mine: true\n", Files.readString(own));
        assertTrue(ConfigFiles.eject(folder).isEmpty());
    }

    @Test
    void anEjectedFolderIsTheSameStack() {
        ConfigFiles.eject(folder);
        StackOptions defaults = StackOptions.defaults();
        StackOptions own = TestOptions.builder().configDir(Optional.of(folder)).build();
        List<Service> builtIn = Catalogue.services(defaults, java.util.Map.of());
        List<Service> ejected = Catalogue.services(own, java.util.Map.of());
        for (int i = 0; i < builtIn.size(); i++) {
            assertEquals(Parts.of(builtIn.get(i)), Parts.of(ejected.get(i)));
        }
    }

    @Test
    void ownFilesReplaceAndAdd() throws IOException {
        write("prometheus/prometheus.yml", "global: {}\n");
        write("grafana/dashboards/mine.json", "{\"uid\":\"mine\",\"title\":\"Mine\"}");
        write("grafana/dashboards/.mine.json.swp", "\u0001");
        ConfigFiles files = ConfigFiles.load(Optional.of(folder));
        assertEquals("global: {}\n", files.text("prometheus/prometheus.yml").text());
        assertTrue(new TreeSet<>(files.of("grafana").keySet()).contains("dashboards/mine.json"));
        assertEquals(4, files.of("grafana").keySet().stream().filter(n -> n.startsWith("dashboards/")).count());
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("otel-collector/collector.yaml", "receivers:\n  otlp: [\n", "collector.yaml:3:1 is no YAML"),
                Arguments.of("tempo/tempo.yaml", "server:\n\thttp: 1\n", "tempo.yaml:2:1 is no YAML"),
                Arguments.of("prometheus/prometheus.yml", "a: 1\na: 2\n", "duplicate key a"),
                Arguments.of("grafana/provisioning/datasources/datasources.yaml", "a: 'x\n", "datasources.yaml:"),
                Arguments.of("grafana/dashboards/x.json", "{\"title\":\n", "x.json:2:1 is no JSON"),
                Arguments.of("grafana/dashboards/x.json", "{\"uid\":\"x\"}", "a dashboard needs a title"),
                Arguments.of("grafana/dashboards/x.json", "{\"uid\":\"agentproxy\",\"title\":\"Copy\"}", "is also in"),
                Arguments.of("nosuch/nosuch.yaml", "a: 1\n", "unknown service"),
                Arguments.of("settings.properties", "x=1\n", "unknown setting"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatWouldStopAServiceIsNamedWithItsPlace(String file, String text, String message) throws IOException {
        write(file, text);
        Failure failure = fail();
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains(message), failure.getMessage());
    }

    @Test
    void theOriginalsCompactorBlockIsNamedWithItsSuccessor() throws IOException {
        write("tempo/tempo.yaml", "compactor:\n  compaction:\n    block_retention: 24h\n");
        Failure failure = fail();
        assertTrue(failure.getMessage().contains("Tempo 3 does not start with 'compactor'"), failure.getMessage());
        assertTrue(failure.hint().contains("backend_worker.compaction.block_retention"), failure.hint());
    }

    /** Grafana 13 saves and exports this form. */
    @Test
    void aDashboardOfTheSecondSchemaIsADashboard() throws IOException {
        write("grafana/dashboards/v2.json", "{\"apiVersion\":\"dashboard.grafana.app/v2beta1\",\"kind\":\"Dashboard\","
                + "\"metadata\":{\"name\":\"own\"},\"spec\":{\"title\":\"Own\"}}");
        ConfigFiles files = ConfigFiles.load(Optional.of(folder));
        ConfigCheck.all(files);
        assertTrue(Dashboards.uids(files).contains("own"));
        write("grafana/dashboards/twice.json", "{\"uid\":\"own\",\"title\":\"Classic\"}");
        assertTrue(fail().getMessage().contains("the uid 'own' is also in"), "one uid in both forms is one uid");
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path file = folder.resolve("tempo/tempo.yaml");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertTrue(fail().getMessage().contains("UTF-8"));
        byte[] large = new byte[6 << 20];
        Arrays.fill(large, "#".getBytes(StandardCharsets.UTF_8)[0]);
        Files.write(file, large);
        assertTrue(fail().getMessage().contains("too large"));
    }

    @Test
    void aFolderThatIsNotThereSaysHowToMakeIt() {
        Failure failure = assertThrows(Failure.class, () -> ConfigFiles.load(Optional.of(folder.resolve("none"))));
        assertTrue(failure.hint().contains("stack config --eject"), failure.hint());
    }

    private Failure fail() {
        return assertThrows(Failure.class, () -> {
            ConfigFiles files = ConfigFiles.load(Optional.of(folder));
            ConfigCheck.all(files);
            Settings.of(files, java.util.Map.of(), StackOptions.defaults());
        });
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
