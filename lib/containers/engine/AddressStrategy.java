package containers.engine;

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
        return TransportConfig.builder().dockerHost(candidate.address()).sslConfig(candidate.tls().orElse(null)).build();
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
