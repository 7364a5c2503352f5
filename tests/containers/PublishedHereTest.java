package containers;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import services.Service;
import services.StackPort;

/** Finds out whether a process of this machine holds a port, listening or not. */
class PublishedHereTest {
    @Test
    void aPortThatNobodyHoldsIsElsewhere() {
        assertTrue(PublishedHere.nobodyAt(port(StackLab.freePort())));
    }

    @Test
    void aPortThatSomebodyListensOnIsHere() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFalse(PublishedHere.nobodyAt(port(socket.getLocalPort())));
        }
    }

    @Test
    void aPortThatIsOnlyHeldIsHereToo() throws Exception {
        // As an engine does that forwards inside the kernel: bound, and never listened on.
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            assertFalse(PublishedHere.nobodyAt(port(socket.getLocalPort())));
        }
    }

    private static Service.Port port(int number) {
        return new Service.Port(StackPort.TEMPO, "127.0.0.1", number);
    }
}
