package telemetry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Looks whether anybody answers where telemetry goes, before a worker is sent there: an endpoint that is silent would hold
 * up the worker's end by seconds, every round. Takes no longer than its limit, and an endpoint that did
 * not answer costs that once: afterwards it is looked at in the background.
 */
final class Endpoint {
    private static final long SET_UP_MILLIS = 2_000;

    private final String url;
    private final Supplier<Optional<Live>> live;
    private final long limitMillis;
    private boolean failed;
    private boolean waited;
    private CompletableFuture<Optional<InetAddress>> look;

    /** @param live what is sent so far; empty until it is set up */
    Endpoint(String url, Supplier<Optional<Live>> live, long limitMillis) {
        this.limitMillis = limitMillis;
        this.url = url;
        this.live = live;
    }

    /** Begins to look, so that the answer is there when it is needed. */
    synchronized void lookAhead() {
        if (look == null) {
            look = Background.ask("endpoint", this::connect);
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
        Optional<InetAddress> address = Background.within(limitMillis, look).flatMap(found -> found);
        look = null;
        long left = limitMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        // Connected is not answered: what was sent so far must not have met with silence.
        boolean answers = address.isPresent() && answersWithin(inBackground ? 0 : Math.max(0, left));
        failed = !answers;
        if (failed) {
            lookAhead();
        }
        return answers ? Optional.of(withAddress(address.get())) : Optional.empty();
    }

    /** Set-up takes longer on a busy machine, and is waited for once. */
    private boolean answersWithin(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SET_UP_MILLIS);
        try {
            while (live.get().isEmpty() && !waited && System.nanoTime() - until < 0) {
                Thread.sleep(5);
            }
            waited = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return live.get().map(l -> l.answersWithin(millis)).orElse(false);
    }

    /** The first address that takes a connection, IPv4 before IPv6: a receiver in a container often has only the former. */
    private Optional<InetAddress> connect() {
        try {
            URI uri = URI.create(url);
            int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
            List<InetAddress> addresses = Arrays.stream(InetAddress.getAllByName(uri.getHost()))
                    .sorted(Comparator.comparing(address -> address.getAddress().length)).toList();
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

    private boolean takes(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) limitMillis);
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
