package containers.engine;

import contract.ExitCode;
import contract.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an engine may be. What the user has chosen is the only candidate, in Docker's own order: {@code DOCKER_HOST}, then
 * the context that {@code DOCKER_CONTEXT} or {@code docker context use} names; otherwise the sockets of the usual engines,
 * in the order of likelihood.
 */
public final class EngineAddresses {
    private static final String DOCKER_HOST = "DOCKER_HOST";
    /** Any value but none means TLS, as for Docker's command line. */
    private static final String TLS_VERIFY = "DOCKER_TLS_VERIFY";
    private static final String CERT_PATH = "DOCKER_CERT_PATH";
    private static final int PLAIN_PORT = 2375;
    private static final int TLS_PORT = 2376;

    private EngineAddresses() {}

    /**
     * @param tls empty for a plain connection
     * @param context the Docker context that names it
     * @param chosen whether the user named it, so that nothing else may be taken instead
     */
    public record Candidate(URI address, Optional<TlsMaterial> tls, Optional<String> context, boolean chosen) {
        @Override
        public String toString() {
            return address + context.map(name -> " (context " + name + ")").orElse("");
        }
    }

    /** @throws Failure with {@link ExitCode#NO_ENGINE} when what the user has chosen cannot even be tried */
    public static List<Candidate> candidates(Map<String, String> environment) {
        String host = environment.getOrDefault(DOCKER_HOST, "").strip();
        if (!host.isEmpty()) {
            Optional<TlsMaterial> tls = overTcp(host) && !environment.getOrDefault(TLS_VERIFY, "").isEmpty()
                    ? Optional.of(TlsMaterial.in(certificates(environment), true)) : Optional.empty();
            return List.of(new Candidate(address(host, tls.isPresent(), DOCKER_HOST), tls, Optional.empty(), true));
        }
        return DockerContext.chosen(environment).map(context -> List.of(of(context)))
                .orElseGet(() -> usual(environment));
    }

    private static Candidate of(DockerContext context) {
        if (context.unverified()) {
            throw new Failure("the Docker context " + context.name() + " has skip-tls-verify: stack does not use an engine without"
                    + " a check of its certificate", "docker context update " + context.name() + " --docker"
                    + " host=" + context.host() + ",ca=…,cert=…,key=…", ExitCode.NO_ENGINE);
        }
        Optional<TlsMaterial> tls = context.certificates().filter(folder -> overTcp(context.host()))
                .map(folder -> TlsMaterial.in(folder, false));
        return new Candidate(address(context.host(), tls.isPresent(), "the Docker context " + context.name()), tls,
                Optional.of(context.name()), true);
    }

    private static boolean overTcp(String host) {
        return host.startsWith("tcp:") || host.startsWith("https:");
    }

    private static Path certificates(Map<String, String> environment) {
        String given = environment.getOrDefault(CERT_PATH, "");
        return given.isBlank() ? DockerContext.folder(environment) : Path.of(given);
    }

    /** @param from whose fault it is when this is no address */
    private static URI address(String text, boolean tls, String from) {
        try {
            URI address = new URI(text);
            if (address.getScheme() != null && !address.getScheme().equals("tcp")) {
                return address;
            }
            if ("tcp".equals(address.getScheme()) && address.getHost() != null) {
                int port = address.getPort() >= 0 ? address.getPort() : tls ? TLS_PORT : PLAIN_PORT;
                return new URI("tcp", null, address.getHost(), port, null, null, null);
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new Failure(from + " is not an address of an engine: " + text,
                "for instance unix:///var/run/docker.sock or tcp://192.0.2.1:2376", ExitCode.NO_ENGINE);
    }

    private static List<Candidate> usual(Map<String, String> environment) {
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
        return sockets.stream().map(socket -> new Candidate(URI.create("unix://" + socket), Optional.empty(),
                Optional.empty(), false)).toList();
    }
}
