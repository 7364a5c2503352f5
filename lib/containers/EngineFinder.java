package containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the container engine and makes Testcontainers' client for it, speaking a version of the API that both know. Asks
 * before Testcontainers does, because it tries 1.44 and else falls to 1.32, which newest engines refuse.
 */
final class EngineFinder {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** docker-java's own key; Testcontainers' strategies respect it. */
    private static final String API_VERSION_PROPERTY = "api.version";
    private static final ObjectMapper JSON = new ObjectMapper();

    private EngineFinder() {}

    /** The first engine that answers. @throws Failure with {@link ExitCode#NO_ENGINE} and all that was tried */
    static Connection find(Map<String, String> environment) {
        List<String> tried = new ArrayList<>();
        boolean forbidden = false;
        for (EngineAddresses.Candidate candidate : EngineAddresses.candidates(environment)) {
            String problem = absent(candidate).orElse("");
            if (problem.isEmpty()) {
                try {
                    return connect(candidate);
                } catch (IOException | RuntimeException e) {
                    if (e instanceof Failure failure) {
                        throw failure;
                    }
                    problem = reason(e);
                    forbidden |= problem.contains("ermission denied");
                }
            } else if (!candidate.chosen()) {
                // A socket that is not there is no news unless the user named it.
                continue;
            }
            tried.add(candidate.address() + ": " + problem);
        }
        String message = "no container engine answers" + (tried.isEmpty() ? "" : " (" + String.join("; ", tried) + ")");
        throw new Failure(message, forbidden
                ? "your user may not use the socket: join its group (sudo usermod -aG docker $USER, then log in again),"
                        + " or use --engine embedded"
                : "start Docker or Podman, set DOCKER_HOST, or use --engine embedded", ExitCode.NO_ENGINE);
    }

    private static Optional<String> absent(EngineAddresses.Candidate candidate) {
        String scheme = String.valueOf(candidate.address().getScheme());
        return switch (scheme) {
            case "unix" -> Files.exists(Path.of(candidate.address().getPath())) ? Optional.empty()
                    : Optional.of("no such socket");
            case "tcp", "http", "https" -> Optional.empty();
            case "ssh" -> Optional.of("ssh is not supported: forward the socket, ssh -NL /tmp/docker.sock:/var/run/docker.sock"
                    + " HOST, and set DOCKER_HOST=unix:///tmp/docker.sock");
            default -> Optional.of("unknown scheme " + scheme);
        };
    }

    private static Connection connect(EngineAddresses.Candidate candidate) throws IOException {
        JsonNode version;
        Duration ahead;
        try (DockerHttpClient http = new ZerodepDockerHttpClient.Builder().dockerHost(candidate.address())
                .sslConfig(candidate.tls().orElse(null)).connectionTimeout(CONNECT).responseTimeout(ANSWER).build();
                DockerHttpClient.Response response = http.execute(DockerHttpClient.Request.builder()
                        .method(DockerHttpClient.Request.Method.GET).path("/version").build())) {
            if (response.getStatusCode() != 200) {
                throw new IOException("answers HTTP " + response.getStatusCode() + ", so it is no engine");
            }
            ahead = ahead(response.getHeader("Date"), Instant.now());
            version = JSON.readTree(response.getBody());
        }
        String api = ApiVersion.negotiate(version.path("ApiVersion").asText(), version.path("MinAPIVersion").asText());
        System.setProperty(API_VERSION_PROPERTY, api);
        String product = version.path("Components").path(0).path("Name").asText("Engine");
        return new Connection(new AddressStrategy(candidate).getDockerClient(), candidate.address(),
                product.equals("Engine") ? "Docker Engine" : product, version.path("Version").asText(), api,
                version.path("Arch").asText().toLowerCase(Locale.ROOT), ahead);
    }

    /** From the answer's {@code Date}, which counts whole seconds. */
    static Duration ahead(String date, Instant now) {
        try {
            return date == null ? Duration.ZERO
                    : Duration.between(now, ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static String reason(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return text.startsWith("java.") ? text.substring(text.indexOf(' ') + 1) : text;
    }
}
