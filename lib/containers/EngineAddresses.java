package containers;

import com.github.dockerjava.transport.SSLConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.shaded.com.github.dockerjava.core.DefaultDockerClientConfig;

/**
 * Where an engine may be. What the user has chosen, by {@code DOCKER_HOST} or by Docker's context, is the only candidate;
 * otherwise the sockets of the usual engines, in the order of likelihood.
 */
final class EngineAddresses {
    private static final String DOCKER_HOST = "DOCKER_HOST";
    private static final URI DEFAULT = URI.create("unix:///var/run/docker.sock");

    private EngineAddresses() {}

    /** @param chosen whether the user named it, so that nothing else may be taken instead */
    record Candidate(URI address, Optional<SSLConfig> tls, boolean chosen) {}

    static List<Candidate> candidates(Map<String, String> environment) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        String host = environment.getOrDefault(DOCKER_HOST, "");
        if (!host.isBlank()) {
            builder.withDockerHost(host.strip());
        }
        // Reads Docker's own configuration: context, TLS material.
        DefaultDockerClientConfig docker = builder.build();
        boolean chosen = !host.isBlank() || !docker.getDockerHost().equals(DEFAULT);
        if (chosen) {
            return List.of(new Candidate(docker.getDockerHost(), Optional.ofNullable(docker.getSSLConfig()), true));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (String socket : sockets(environment)) {
            candidates.add(new Candidate(URI.create("unix://" + socket), Optional.empty(), false));
        }
        return candidates;
    }

    private static List<String> sockets(Map<String, String> environment) {
        List<String> sockets = new ArrayList<>(List.of("/var/run/docker.sock"));
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        for (String below : List.of(".docker/run/docker.sock", ".colima/default/docker.sock", ".rd/docker.sock",
                ".orbstack/run/docker.sock", ".local/share/containers/podman/machine/podman.sock")) {
            sockets.add(Path.of(home, below).toString());
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty()) {
            sockets.add(runtime + "/docker.sock");
            sockets.add(runtime + "/podman/podman.sock");
        }
        sockets.add("/run/podman/podman.sock");
        return sockets;
    }
}
