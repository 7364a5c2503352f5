package telemetry;

import contract.Ports;
import contract.Variables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Looks whether anybody answers where telemetry goes, before a worker is sent there: an endpoint that is silent would hold
 * up the worker's end by seconds, every round. Never takes longer than {@value #LIMIT_MILLIS} ms, and an endpoint that did
 * not answer costs that once: afterwards it is looked at in the background.
 */
final class Endpoint {
    static final long LIMIT_MILLIS = 300;
    private static final String GRPC = "grpc";

    private final String url;
    private final String protocol;
    private final Courier courier;
    private boolean failed;
    private CompletableFuture<Optional<InetAddress>> look;

    Endpoint(String url, String protocol, Courier courier) {
        this.url = url;
        this.protocol = protocol;
        this.courier = courier;
    }

    /** As the SDK reads the same variables: gRPC to 4317 unless something else is said. */
    static Endpoint of(Map<String, String> environment, Courier courier) {
        String protocol = environment.getOrDefault(Variables.OTLP_PROTOCOL, "");
        protocol = protocol.isBlank() ? GRPC : protocol;
        String url = environment.getOrDefault(Variables.OTLP_ENDPOINT, "");
        int port = protocol.equals(GRPC) ? Ports.OTLP_GRPC : Ports.OTLP_HTTP;
        return new Endpoint(url.isBlank() ? "http://localhost:" + port : url, protocol, courier);
    }

    String url() {
        return url;
    }

    String protocol() {
        return protocol;
    }

    /** Begins to look, so that the answer is there when it is needed. */
    synchronized void lookAhead() {
        if (look == null) {
            look = new CompletableFuture<>();
            CompletableFuture<Optional<InetAddress>> result = look;
            Background.run("endpoint", () -> result.complete(connect()));
        }
    }

    /** Where to send to, with the address that answered in place of a loopback name; empty when nobody answers. */
    synchronized Optional<String> answering() {
        boolean inBackground = failed;
        lookAhead();
        if (inBackground && !look.isDone()) {
            return Optional.empty();
        }
        long begun = System.nanoTime();
        Optional<InetAddress> address = await(LIMIT_MILLIS);
        look = null;
        long left = LIMIT_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        // Connected is not answered: what was sent so far must not have met with silence.
        boolean answers = address.isPresent() && courier.answersWithin(inBackground ? 0 : Math.max(0, left));
        failed = !answers;
        if (failed) {
            lookAhead();
        }
        return answers ? Optional.of(withAddress(address.get())) : Optional.empty();
    }

    private Optional<InetAddress> await(long millis) {
        try {
            return look.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The first address that takes a connection, IPv4 before IPv6: a receiver in a container often has only the former. */
    private Optional<InetAddress> connect() {
        try {
            URI uri = URI.create(url);
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
            List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(uri.getHost()))
                    .sorted(Comparator.comparing(address -> address.getAddress().length)).collect(Collectors.toList());
            for (InetAddress address : addresses) {
                if (takes(address, port)) {
                    return Optional.of(address);
                }
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean takes(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) LIMIT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Not every client tries all addresses of a name; of {@code localhost} only one may be listened on. */
    private String withAddress(InetAddress address) {
        String localhost = "://localhost";
        String literal = address.getAddress().length == 4 ? address.getHostAddress() : "[::1]";
        return address.isLoopbackAddress() ? url.replaceFirst(localhost + "(?=[:/]|$)", "://" + literal) : url;
    }
}
