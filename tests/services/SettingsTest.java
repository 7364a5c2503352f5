package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import contract.Failure;
import contract.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runner.Repository;

class SettingsTest {
    @TempDir Path folder;

    @Test
    void everyImageIsPinnedToAnExactVersion() {
        Settings settings = settings(Map.of(), StackOptions.defaults());
        for (String service : ConfigFiles.SERVICES) {
            assertTrue(settings.image(service).matches(".+:v?\\d+\\.\\d+\\.\\d+(@sha256:[0-9a-f]{64})?"),
                    settings.image(service));
        }
    }

    @Test
    void theDocsNameEveryServiceWithItsImage() throws IOException {
        String docs = Files.readString(Repository.root().resolve("docs/stack.md"));
        for (Service service : Catalogue.services(StackOptions.defaults(), Map.of())) {
            String row = "| `" + service.name() + "` | `" + service.image() + "` | ";
            assertTrue(docs.contains(row), "the table in docs/stack.md has no line that begins with " + row);
        }
    }

    @Test
    void thePortsAreThoseThatEverybodyKnows() {
        Settings settings = settings(Map.of(), StackOptions.defaults());
        for (StackPort port : StackPort.values()) {
            assertEquals(port.known(), settings.port(port));
        }
        assertEquals(Ports.OTLP_GRPC, settings.port(StackPort.OTLP_GRPC));
    }

    @Test
    void anOptionBeatsTheEnvironmentThatBeatsTheFileThatBeatsWhatIsBuiltIn() throws IOException {
        Files.writeString(folder.resolve("settings.properties"), "port.tempo=1001\nport.grafana=1002\nport.metrics=1003\n");
        StackOptions options = TestOptions.builder().ports(Map.of("metrics", 3003)).images(Map.of("tempo", "my/tempo:9"))
                .configDir(Optional.of(folder)).retention(Optional.of(Duration.ofDays(30))).build();
        Settings settings = settings(Map.of("AGENTPROXY_STACK_PORT_GRAFANA", "2002", "AGENTPROXY_STACK_PORT_METRICS",
                "2003"), options);
        assertEquals(1001, settings.port(StackPort.TEMPO));
        assertEquals(2002, settings.port(StackPort.GRAFANA));
        assertEquals(3003, settings.port(StackPort.METRICS));
        assertEquals("my/tempo:9", settings.image("tempo"));
        assertEquals(Duration.ofDays(30), settings.retention());
    }

    @Test
    void variablesReachTheirContainerAndALoginNeedsOtherProbes() throws IOException {
        Files.writeString(folder.resolve("settings.properties"),
                "env.grafana.GF_AUTH_ANONYMOUS_ENABLED=false\nenv.tempo.AWS_REGION=eu-central-1\n");
        StackOptions options = TestOptions.builder().configDir(Optional.of(folder)).build();
        for (Service service : Catalogue.services(options, Map.of())) {
            if (service.name().equals("grafana")) {
                assertEquals("false", service.program().environment().get("GF_AUTH_ANONYMOUS_ENABLED"));
                assertEquals(1, service.probes().size());
            } else if (service.name().equals("tempo")) {
                assertEquals("eu-central-1", service.program().environment().get("AWS_REGION"));
            }
        }
    }

    @Test
    void aPortCanStayOnAnAddressOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("settings.properties"), "port.tempo=127.0.0.1:3300\nport.grafana=[::1]:3001\n");
        StackOptions options = TestOptions.builder().bind("0.0.0.0").ports(Map.of("prometheus", 9999))
                .configDir(Optional.of(folder)).build();
        Map<String, String> expected = new HashMap<>();
        for (StackPort port : StackPort.values()) {
            expected.put(port.key(), "0.0.0.0 " + port.known());
        }
        expected.putAll(Map.of("tempo", "127.0.0.1 3400", "prometheus", "0.0.0.0 9999", "grafana", "::1 3001"));
        assertEquals(expected, published(options, Map.of("AGENTPROXY_STACK_PORT_TEMPO", "3400")));
        assertEquals("127.0.0.2 3400", published(options, Map.of("AGENTPROXY_STACK_PORT_TEMPO", "127.0.0.2:3400"))
                .get("tempo"));
    }

    private static Map<String, String> published(StackOptions options, Map<String, String> environment) {
        Map<String, String> published = new HashMap<>();
        for (Service service : Catalogue.services(options, environment)) {
            service.ports().forEach(port -> published.put(port.port().key(), port.bind() + " " + port.host()));
        }
        return published;
    }

    @Test
    void sizesAreBytes() {
        Settings settings = settings(Map.of("AGENTPROXY_STACK_MEMORY_OTEL_COLLECTOR", "96m"), StackOptions.defaults());
        assertEquals(96L << 20, settings.memory("otel-collector"));
        assertEquals(1L << 30, settings.memory("tempo"));
    }

    @ParameterizedTest
    @CsvSource({"port.grafana, 0, a port", "port.grafana, 70000, a port", "port.grafana, many, a port",
        "port.grafana, 999.1.1.1:3000, an IP address and a port", "port.grafana, 1.1:3000, an IP address and a port",
        "port.grafana, [::1::]:3000, an IP address and a port",
        "retention, soon, a duration", "retention, 5m, a duration", "memory.tempo, 1 GB, a size"})
    void aWrongValueIsNamedWithWhereItComesFrom(String key, String value, String expected) {
        Settings settings = settings(Map.of(Settings.variable(key), value), StackOptions.defaults());
        Failure failure = assertThrows(Failure.class, () -> {
            settings.port(StackPort.GRAFANA);
            settings.retention();
            settings.memory("tempo");
        });
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains(expected) && failure.getMessage().contains(Settings.variable(key)),
                failure.getMessage());
    }

    @Test
    void anUnknownKeyOrServiceIsAnError() throws IOException {
        Files.writeString(folder.resolve("settings.properties"), "imagetempo=x\n");
        StackOptions options = TestOptions.builder().configDir(Optional.of(folder)).build();
        assertTrue(assertThrows(Failure.class, () -> settings(Map.of(), options)).getMessage().contains("imagetempo"));
        StackOptions image = TestOptions.builder().images(Map.of("nosuch", "x")).build();
        Failure failure = assertThrows(Failure.class, () -> settings(Map.of(), image));
        assertEquals("unknown image name: nosuch", failure.getMessage());
        assertEquals("known: " + String.join(", ", new TreeSet<>(ConfigFiles.SERVICES)), failure.hint());
    }

    private static Settings settings(Map<String, String> environment, StackOptions options) {
        return Settings.of(ConfigFiles.load(options.lasting().configDir()), environment, options);
    }
}
