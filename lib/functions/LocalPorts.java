package functions;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** Finds listening ports on this machine. */
final class LocalPorts {
    private static final List<String> ADDRESSES = List.of("127.0.0.1", "::1");
    private static final int CONNECT_MILLIS = 300;

    private LocalPorts() {}

    /** The loopback address on which a program listens on a port, as written in a URL. */
    static Optional<String> listener(int port) {
        for (String address : ADDRESSES) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                return Optional.of(address.indexOf(':') < 0 ? address : "[" + address + "]");
            } catch (IOException e) {
                // No program listens, or this machine has no IPv6: try the next one.
                continue;
            }
        }
        return Optional.empty();
    }

    /** A port that is free at the moment. */
    static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("this machine has no free port", e);
        }
    }
}
