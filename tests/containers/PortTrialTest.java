package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import services.Service;
import services.StackPort;

class PortTrialTest {
    private static final Path FIRST_UNPRIVILEGED = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

    @Test
    void aPortThatSomebodyListensOnIsTaken() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(PortTrial.TAKEN, PortTrial.of(port("127.0.0.1", socket.getLocalPort()), true));
        }
        assertEquals(PortTrial.FREE, PortTrial.of(port("127.0.0.1", StackLab.freePort()), true));
    }

    @Test
    void anAddressOfAnotherMachineIsNotTaken() {
        assertEquals(PortTrial.UNKNOWN, PortTrial.of(port("192.0.2.1", StackLab.freePort()), true));
    }

    @Test
    void aPortThatOnlyThePrivilegedMayHaveIsNotTaken() throws IOException {
        Assumptions.assumeFalse("root".equals(System.getProperty("user.name")), "root may have every port");
        Assumptions.assumeTrue(Files.isReadable(FIRST_UNPRIVILEGED)
                && Integer.parseInt(Files.readString(FIRST_UNPRIVILEGED).strip()) > 80,
                "everybody may have every port here");
        assertNotEquals(PortTrial.TAKEN, PortTrial.of(port("127.0.0.1", 80), true));
    }

    private static Service.Port port(String bind, int number) {
        return new Service.Port(StackPort.TEMPO, bind, number);
    }
}
