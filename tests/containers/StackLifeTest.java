package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Ports.Binding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.ConfigFiles;
import services.StackPort;

/** A stack from its first start to its end, on a real engine. */
class StackLifeTest {
    @TempDir Path folder;
    private StackLab lab;

    @BeforeEach
    void open() {
        lab = StackLab.open(folder);
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void upTwiceChangesNothingAndDownKeepsTheData() throws IOException {
        StackLab.Result up = lab.run("up");
        assertEquals(0, up.code(), up::all);
        assertTrue(up.out().contains("http://127.0.0.1:" + lab.port(StackPort.GRAFANA)), up::all);
        Map<String, String> first = lab.containers();
        assertEquals(ConfigFiles.SERVICES.size(), first.size());

        StackLab.Result again = lab.run("up", "--verbose");
        assertEquals(0, again.code(), again::all);
        assertEquals(first, lab.containers());
        assertEquals(ConfigFiles.SERVICES.size(), again.err().lines().filter(line -> line.contains("keep (as it should be)"))
                .count(), again::all);

        JsonNode status = new ObjectMapper().readTree(lab.run("status", "--json").out());
        assertTrue(status.path("ready").asBoolean());
        assertEquals(ConfigFiles.SERVICES.size(), status.path("services").size());
        assertTrue(status.path("description").asText().contains("API"));

        assertEquals(0, lab.run("down").code());
        assertTrue(lab.containers().isEmpty());
        assertEquals(ConfigFiles.SERVICES.size(), lab.left().size(), () -> lab.left().toString());
        assertEquals(0, lab.run("down", "-v", "--yes").code());
        assertEquals(List.of(), lab.left());
        assertEquals(0, lab.run("down").code(), "nothing to stop is no error");
        assertFalse(Files.exists(folder.resolve(".testcontainers.properties")), "nothing is written to the user's home");
    }

    @Test
    void aChangedFileRecreatesOnlyItsServiceAndKeepsItsVolume() throws IOException {
        assertEquals(0, lab.run("up").code());
        Map<String, String> before = lab.containers();
        String volume = lab.client().inspectContainerCmd(before.get("prometheus")).exec().getMounts().get(0).getName();
        lab.run("config", "--eject", folder.resolve("mine").toString());
        Path file = folder.resolve("mine/prometheus/prometheus.yml");
        Files.writeString(file, Files.readString(file).replace("job_name: grafana", "job_name: my-grafana"));
        StackLab.Result up = lab.run("up", "--verbose", "--config-dir", folder.resolve("mine").toString());
        assertEquals(0, up.code(), up::all);
        assertTrue(up.err().contains("prometheus: recreate (prometheus.yml changed)"), up::all);
        Map<String, String> after = lab.containers();
        assertNotEquals(before.get("prometheus"), after.get("prometheus"));
        before.keySet().stream().filter(service -> !service.equals("prometheus"))
                .forEach(service -> assertEquals(before.get(service), after.get(service), service));
        assertEquals(volume, lab.client().inspectContainerCmd(after.get("prometheus")).exec().getMounts().get(0).getName());

        // restart remembers the folder, and takes in what has changed since.
        Files.writeString(file, Files.readString(file).replace("my-grafana", "our-grafana"));
        StackLab.Result restart = lab.run("restart", "prometheus", "--verbose");
        assertEquals(0, restart.code(), restart::all);
        assertTrue(restart.err().contains("prometheus: recreate (prometheus.yml changed)"), restart::all);
        StackLab.Result unchanged = lab.run("restart", "grafana", "--verbose");
        assertTrue(unchanged.err().contains("grafana: restart (asked for, nothing changed)"), unchanged::all);
    }

    @Test
    void everyContainerIsConfined() {
        assertEquals(0, lab.run("up").code());
        for (Map.Entry<String, String> entry : lab.containers().entrySet()) {
            InspectContainerResponse container = lab.client().inspectContainerCmd(entry.getValue()).exec();
            assertFalse(Boolean.TRUE.equals(container.getHostConfig().getPrivileged()), entry.getKey());
            assertTrue(container.getHostConfig().getMemory() > 0, entry.getKey());
            if (!lab.podman()) {
                // Podman's Docker API takes this setting and does not show it.
                assertEquals("5m", container.getHostConfig().getLogConfig().getConfig().get("max-size"), entry.getKey());
            }
            assertEquals("unless-stopped", container.getHostConfig().getRestartPolicy().getName(), entry.getKey());
            for (Binding[] bindings : container.getHostConfig().getPortBindings().getBindings().values()) {
                if (bindings == null) {
                    continue; // exposed by the image, not published
                }
                assertEquals("127.0.0.1", bindings[0].getHostIp(), entry.getKey());
            }
        }
        assertTrue(lab.client().listContainersCmd().exec().stream().noneMatch(c -> c.getImage().contains("ryuk")));
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndDoesNothing() {
        StackLab.Result dry = lab.run("up", "--dry-run");
        assertEquals(0, dry.code(), dry::all);
        assertTrue(dry.err().contains("tempo: create (not there)"), dry::all);
        assertEquals(List.of(), lab.left());
    }

    @Test
    void whatIsMissingOrStoppedIsBroughtBack() {
        assertEquals(0, lab.run("up").code());
        Map<String, String> before = lab.containers();
        lab.client().stopContainerCmd(before.get("tempo")).withTimeout(20).exec();
        lab.client().removeContainerCmd(before.get("prometheus")).withForce(true).withRemoveVolumes(true).exec();
        lab.client().pauseContainerCmd(before.get("grafana")).exec();
        StackLab.Result up = lab.run("up", "--verbose");
        assertEquals(0, up.code(), up::all);
        assertTrue(up.err().contains("tempo: start (it has stopped (exit code 0))"), up::all);
        assertTrue(up.err().contains("prometheus: create (not there)"), up::all);
        assertTrue(up.err().contains("grafana: recreate (it is paused)"), up::all);
        assertTrue(up.err().contains("otel-collector: keep"), up::all);
    }

    @Test
    void networkAndVolumesRemovedByHandComeBack() {
        assertEquals(0, lab.run("up").code());
        Map<String, String> before = lab.containers();
        before.values().forEach(id -> lab.client().disconnectFromNetworkCmd().withNetworkId(lab.name).withContainerId(id)
                .withForce(true).exec());
        lab.client().removeNetworkCmd(lab.name).exec();
        lab.client().removeContainerCmd(before.get("tempo")).withForce(true).withRemoveVolumes(true).exec();
        lab.client().removeVolumeCmd(lab.name + "-tempo").exec();
        StackLab.Result up = lab.run("up", "--verbose");
        assertEquals(0, up.code(), up::all);
        assertTrue(up.err().contains("network: create (not there)"), up::all);
        assertTrue(up.err().contains("tempo: create volume (not there)"), up::all);
        assertTrue(up.err().contains("grafana: recreate (its network is gone)"), up::all);
        assertEquals(0, lab.run("status").code());
    }

    @Test
    void logsExecEnvAndOpenAnswer() {
        assertEquals(0, lab.run("up").code());
        StackLab.Result env = lab.run("env");
        assertTrue(env.out().contains("export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:"
                + lab.port(StackPort.OTLP_GRPC)), env::all);
        assertEquals(4, env.out().lines().count(), env::all);
        StackLab.Result open = lab.run("open");
        assertEquals("http://127.0.0.1:" + lab.port(StackPort.GRAFANA), open.out().strip(), open::all);
        StackLab.Result check = lab.run("exec", "prometheus", "promtool", "check", "config",
                "/etc/prometheus/prometheus.yml");
        assertEquals(0, check.code(), check::all);
        assertTrue(check.out().contains("SUCCESS"), check::all);
        StackLab.Result fetched = lab.run("exec", "prometheus", "promtool", "--version");
        assertEquals(0, fetched.code(), fetched::all);
        StackLab.Result refused = lab.run("exec", "tempo", "sh");
        assertNotEquals(0, refused.code(), refused::all);
        assertTrue(refused.err().contains("only Grafana and Prometheus have a shell"), refused::all);
        assertTrue(lab.run("logs", "prometheus", "--tail", "3").out().lines().count() <= 3);
    }

    /** "auto" must not begin another engine beside the one that runs because of a slip in an option. */
    @Test
    void containersThatAreThereAreMeantAlsoWithoutPulling() {
        lab.withEmbedded();
        assertEquals(0, lab.run("up").code());
        StackLab.Result slip = lab.run("up", "--image", "tempo=nowhere.invalid/tempo:1", "--pull", "never");
        assertEquals(1, slip.code(), slip::all);
        assertTrue(slip.err().contains("--pull never forbids"), slip::all);
        assertFalse(slip.all().contains("embedded"), slip::all);
    }
}
