package containers.engine;

import com.github.dockerjava.transport.SSLConfig;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.dockerclient.TransportConfig;

/**
 * Testcontainers' way to a client, for one address. Asked for its client directly, it starts no Ryuk (that is done by
 * {@code DockerClientFactory.client()}) and writes nothing to the user's home.
 */
final class AddressStrategy extends DockerClientProviderStrategy {
    private final EngineAddresses.Candidate candidate;

    AddressStrategy(EngineAddresses.Candidate candidate) {
        this.candidate = candidate;
    }

    @Override
    public TransportConfig getTransportConfig() {
        return TransportConfig.builder().dockerHost(candidate.address()).sslConfig(tls()).build();
    }

    /** On a Unix socket a context that does nothing: without any, all of TLS and the machine's certificates are loaded. */
    private SSLConfig tls() {
        return "unix".equals(candidate.address().getScheme()) ? UnusedTls::context : candidate.tls().orElse(null);
    }

    @Override
    public String getDescription() {
        return candidate.toString();
    }

    @Override
    protected boolean isPersistable() {
        return false;
    }
}
