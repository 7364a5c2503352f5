package containers;

import com.fasterxml.jackson.databind.JsonNode;
import containers.engine.Connection;
import containers.engine.PlainRequest;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out whether containers can find each other by name. Docker's networks always have names. Podman's need an installed program;
 * without it every service is ready, but no trace ever reaches Tempo.
 */
final class NamesInNetwork {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Podman's own API, whose first version with this answer every later one still speaks. */
    private static final String NETWORK = "/v4.0.0/libpod/networks/%s/json";

    private NamesInNetwork() {}

    /** Empty for Docker, and where Podman does not say. */
    static Optional<Failure> missing(Connection engine, String network) {
        if (engine.updatesContainers() || engine.tlsContext().isPresent()) {
            return Optional.empty();
        }
        try {
            PlainRequest.Reply reply = PlainRequest.get(engine.address(), String.format(NETWORK, network), PATIENCE);
            JsonNode names = reply.status() == 200 ? reply.json().path("dns_enabled") : null;
            return names == null || !names.isBoolean() || names.asBoolean() ? Optional.empty()
                    : Optional.of(new Failure("containers on Podman's network " + network
                            + " cannot find each other by name, so no data would reach Tempo and Prometheus",
                            "install aardvark-dns (where podman info says networkBackend: netavark) or the CNI plugin "
                                    + "dnsname (cni; on Debian"
                                    + " golang-github-containernetworking-plugin-dnsname), then: stack down, stack up; or without"
                                    + " containers: stack up --engine embedded", ExitCode.ERROR));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
