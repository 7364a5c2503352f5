package containers;

import containers.engine.Connection;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import services.Service;

/**
 * Finds out that an engine is not where its socket is: a socket forwarded from another machine looks like one of ours, but
 * what the engine publishes is there and not here. An engine of this machine has somebody listen on, or at least hold, each
 * published port from the moment on that the container is started; virtual machines' forwarders follow within seconds.
 */
final class PublishedHere {
    /** More than the slowest forwarder of a virtual machine's ports takes. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS = 500;

    private PublishedHere() {}

    /** @param since {@link System#nanoTime()} when the container was started */
    static Optional<Failure> missing(Connection engine, Service service, long since) {
        if (engine.remote() || System.nanoTime() - since < PATIENCE.toNanos()) {
            return Optional.empty();
        }
        Service.Port port = service.ports().get(0);
        return nobodyAt(port) ? Optional.of(new Failure(service.name() + " runs, but no process listens on " + port.bind() + ":"
                + port.host() + " of this machine: the engine behind " + engine.at() + " publishes its ports on another machine",
                "stack up --bind with an address of that machine, in a network that you trust", ExitCode.NOT_READY))
                : Optional.empty();
    }

    /** Connections are refused and the port is free, so that it is not just a service that is slow. */
    static boolean nobodyAt(Service.Port port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(port.bind()), port.host()), CONNECT_MILLIS);
            return false;
        } catch (ConnectException e) {
            return PortTrial.of(port, false) == PortTrial.FREE;
        } catch (IOException e) {
            return false;
        }
    }
}
