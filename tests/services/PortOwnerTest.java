package services;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortOwnerTest {
    @Test
    void namesTheProcessThatListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            String owner = PortOwner.of(port).orElse("nobody");
            assertTrue(owner.startsWith("the process " + ProcessHandle.current().pid() + " ("), owner);
            assertTrue(owner.contains("java"), owner);
        }
        assertEquals(Optional.empty(), PortOwner.of(port));
    }
}
