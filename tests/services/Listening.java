package services;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A process that holds a port until its input ends, and says which. Its arguments are there to be seen by others. */
final class Listening {
    private Listening() {}

    public static void main(String... arguments) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(socket.getLocalPort());
            System.in.readAllBytes();
        }
    }
}
