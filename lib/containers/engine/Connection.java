package containers.engine;

import com.github.dockerjava.api.DockerClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * An engine that answers.
 *
 * @param lazyClient speaks the negotiated version of the API; made when it is first needed, because that takes half a second
 * @param at where it was found
 * @param product {@code Docker Engine} or {@code Podman Engine}
 * @param architecture of the machine that runs containers, in Go's words: {@code amd64}, {@code arm64}
 * @param ahead how much the engine's clock is ahead of ours; negative when it is behind
 */
public record Connection(Lazily<DockerClient> lazyClient, EngineAddresses.Candidate at, String product, String version, String apiVersion,
        String architecture, Duration ahead) {
    /** Some engines run in a virtual machine whose clock stands still while the laptop sleeps. */
    private static final Duration TOLERATED_DRIFT = Duration.ofSeconds(30);

    public DockerClient client() {
        return lazyClient.get();
    }

    public URI address() {
        return at.address();
    }

    /** What to speak TLS with; empty for a plain connection. */
    public Optional<SSLContext> tlsContext() {
        return at.tls().map(TlsMaterial::getSSLContext);
    }

    /** The engine in a line: {@code Docker Engine 20.10.24, API 1.41, unix:///var/run/docker.sock}. */
    public String description() {
        return product + " " + version + ", API " + apiVersion + ", " + at + (at.tls().isPresent() ? " with TLS" : "");
    }

    /** Whether containers run on another machine, whose loopback address is not ours. */
    public boolean remote() {
        String host = address().getHost();
        return host != null && !host.equals("localhost") && !host.equals("[::1]") && !host.startsWith("127.");
    }

    /**
     * Where published ports are reached from here: at the address that they are bound to, because a machine with several
     * need not answer on the others; when that is all addresses, at the one that the engine is reached at.
     */
    public String host(String bind) {
        if (bind.equals("0.0.0.0") || bind.equals("::")) {
            return remote() ? address().getHost() : "127.0.0.1";
        }
        return bind.contains(":") ? "[" + bind + "]" : bind;
    }

    /** Whether the restart policy of a container can be changed; Podman's Docker API has no such request. */
    public boolean updatesContainers() {
        return !product.startsWith("Podman");
    }

    /** Whether a container's network need not be there before the container starts; Podman wants it for the creation. */
    public boolean findsNetworksLate() {
        return updatesContainers();
    }

    /** A warning about the engine's clock, if it is wrong. */
    public Optional<String> clockWarning() {
        if (ahead.abs().compareTo(TOLERATED_DRIFT) <= 0) {
            return Optional.empty();
        }
        long seconds = ahead.abs().toSeconds();
        String amount = seconds >= 120 ? seconds / 60 + " minutes" : seconds + " s";
        return Optional.of("the engine's clock is " + amount + (ahead.isNegative() ? " behind" : " ahead of")
                + " this machine's:"
                + " panels of the last minutes will be empty; set the clock (restart the engine's virtual machine)");
    }
}
