package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import containers.engine.EngineFinder;
import containers.engine.Order;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stack does before its containers start, on the real engine. */
class BeforeStartTest {
    @TempDir Path folder;
    private StackLab lab;

    @BeforeEach
    void open() {
        lab = StackLab.open(folder);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void ofTwoNetworksOfOneNameOneIsLeftHoweverManyServicesMissIt() throws InterruptedException {
        assumeFalse(lab.podman(), "Podman allows one network of a name");
        for (int i = 0; i < 2; i++) {
            lab.client().createNetworkCmd().withName(lab.name).withCheckDuplicate(false).withLabels(Labels.of(lab.name)).exec();
        }
        assumeFalse(networks().size() < 2, "this engine allows one network of a name");
        StackNetwork network = new StackNetwork(new Order(EngineFinder.find(lab.environment)), lab.name);
        Parallel.run(IntStream.range(0, 8).<Callable<Void>>mapToObj(i -> () -> {
            network.keepOne();
            return null;
        }).toList());
        assertEquals(1, networks().size());
        lab.client().removeNetworkCmd(networks().get(0)).exec();
    }

    @Test
    void anImageThatIsMissingIsToldBeforeAnOldContainerIsRemoved() throws Exception {
        StackLab.Result up = lab.run("up");
        assertEquals(0, up.code(), up::all);
        Map<String, String> before = lab.containers();
        lab.client().removeContainerCmd(before.get("tempo")).withForce(true).exec();
        lab.environment.put("AGENTPROXY_STACK_IMAGE_TEMPO", "localhost/nobody-has-this:1");
        Path config = lab.config(folder, "prometheus/rules/mine.yml",
                "groups:\n  - name: g\n    rules:\n      - record: x\n        expr: sum(up)\n");
        StackLab.Result refused = lab.run("up", "--engine", "docker", "--pull", "never", "--config-dir", config.toString());
        assertNotEquals(0, refused.code(), refused::all);
        assertTrue(refused.err().contains("nobody-has-this"), refused::all);
        assertEquals(before.get("prometheus"), lab.containers().get("prometheus"), refused::all);
    }

    private List<String> networks() {
        return lab.client().listNetworksCmd().withNameFilter(lab.name).exec().stream().map(network -> network.getId()).toList();
    }
}
