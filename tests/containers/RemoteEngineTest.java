package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import contract.ExitCode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.StackPort;

/** An engine with another address than loopback, as if it were on another machine. */
class RemoteEngineTest {
    @TempDir Path folder;
    private StackLab lab;
    private EngineProxy proxy;
    private String host;

    @BeforeEach
    void open() throws Exception {
        InetAddress address = another().orElseGet(() -> Assumptions.abort("this machine has no address but loopback"));
        host = address.getHostAddress();
        lab = StackLab.open(folder);
        proxy = new EngineProxy(Path.of(lab.environment.get("DOCKER_HOST").replace("unix://", "")), address);
        lab.environment.put("DOCKER_HOST", proxy.address());
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
        if (proxy != null) {
            proxy.close();
        }
    }

    /** One that stays: bridges of other networks come and go with other tests. Docker's own is private to the machine. */
    private static Optional<InetAddress> another() throws Exception {
        return NetworkInterface.networkInterfaces()
                .filter(one -> !one.getName().matches("(br-|veth|podman|cni).*"))
                .sorted(Comparator.comparing(one -> !one.getName().equals("docker0")))
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress()).findFirst();
    }

    @Test
    void withoutBindItSaysAtOnceWhatIsWrong() {
        for (String[] command : new String[][] {{"up"}, {"up", "--dry-run"}, {"up", "--bind", "127.0.0.1"}}) {
            StackLab.Result up = lab.run(command);
            assertEquals(ExitCode.USAGE, up.code(), up::all);
            assertTrue(up.err().contains("the engine runs on " + host + ": ports on its 127.0.0.1 cannot be reached"),
                    up::all);
            assertTrue(up.err().contains("--bind " + host), up::all);
            assertEquals(List.of(), lab.left());
        }
    }

    @Test
    void everyVerbWorksAtTheAddressThatWasBound() {
        StackLab.Result up = lab.run("up", "--bind", host);
        assertEquals(0, up.code(), up::all);
        assertTrue(up.err().contains("everybody who reaches " + host
                + " can read and change everything, because Grafana has no login"), up::all);
        String grafana = "http://" + host + ":" + lab.port(StackPort.GRAFANA);
        assertTrue(up.out().contains(grafana), up::all);
        assertEquals(0, lab.run("status").code());
        StackLab.Result env = lab.run("env");
        assertTrue(env.out().contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://" + host + ":" + lab.port(StackPort.OTLP_GRPC)),
                env::all);
        assertEquals(grafana, lab.run("open").out().strip());
        assertEquals(0, lab.run("exec", "prometheus", "promtool", "--version").code());
        assertEquals(1, lab.run("logs", "prometheus", "--tail", "1").out().lines().count());
        StackLab.Result restart = lab.run("restart", "tempo");
        assertEquals(0, restart.code(), restart::all);
        StackLab.Result all = lab.run("up", "--bind", "0.0.0.0");
        assertEquals(0, all.code(), all::all);
        assertTrue(all.out().contains(grafana), all::all);
        assertEquals(0, lab.run("down", "-v", "--yes").code());
        assertEquals(List.of(), lab.left());
    }
}
