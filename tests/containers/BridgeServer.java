package containers;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;

/**
 * An HTTP server of a test for containers ({@code host.docker.internal}). With Docker, other machines cannot reach it. With
 * Podman it listens on all addresses, because the right one is only known when the stack has its network.
 */
final class BridgeServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    BridgeServer(StackLab lab, HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(bridge(lab), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
    }

    /** As a container writes it. */
    String address() {
        return "host.docker.internal:" + server.getAddress().getPort();
    }

    /** The address of the engine's bridge; without one that is this machine's, the test is skipped. */
    private static InetAddress bridge(StackLab lab) throws IOException {
        if (lab.podman()) {
            return InetAddress.getByName("0.0.0.0");
        }
        try {
            Network network = lab.client().inspectNetworkCmd().withNetworkId("bridge").exec();
            for (Network.Ipam.Config config : network.getIpam().getConfig()) {
                if (config.getGateway() != null) {
                    InetAddress address = InetAddress.getByName(config.getGateway());
                    if (NetworkInterface.getByInetAddress(address) != null) {
                        return address;
                    }
                }
            }
        } catch (NotFoundException e) {
            Assumptions.abort("this engine has no network named bridge");
        }
        Assumptions.abort("the engine's bridge is no network of this machine: containers cannot be given a server of a test");
        throw new IllegalStateException();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
