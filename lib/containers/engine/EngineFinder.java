package containers.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import contract.ExitCode;
import contract.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
public final class EngineFinder {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** docker-java's own keys; Testcontainers' strategies respect them. */
    private static final String API_VERSION_PROPERTY = "api.version";
    private static final String TLS_PROPERTY = "DOCKER_TLS_VERIFY";
    private static final String VERSION = "/version";

    private EngineFinder() {}

    /** The first engine that answers. @throws Failure with {@link ExitCode#NO_ENGINE} and all that was tried */
    public static Connection find(Map<String, String> environment) {
        List<String> tried = new ArrayList<>();
        String hint = "";
        for (EngineAddresses.Candidate candidate : EngineAddresses.candidates(environment)) {
            Optional<ConnectProblem> hopeless = hopeless(candidate);
            if (hopeless.isPresent() && !candidate.chosen()) {
                // A socket that is not there is no news unless the user named it.
                continue;
            }
            ConnectProblem problem;
            try {
                if (hopeless.isEmpty()) {
                    return connect(candidate);
                }
                problem = hopeless.get();
            } catch (NoEngine e) {
                problem = e.problem;
            } catch (Failure e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                problem = ConnectProblem.of(candidate, e);
            }
            tried.add(candidate + ": " + problem.text());
            hint = hint.isEmpty() ? problem.hint() : hint;
        }
        throw new Failure("no container engine answers" + (tried.isEmpty() ? "" : " (" + String.join("; ", tried) + ")"),
                hint.isEmpty() ? "start Docker or Podman, set DOCKER_HOST, or use --engine embedded" : hint,
                ExitCode.NO_ENGINE);
    }

    /** What need not be tried. */
    private static Optional<ConnectProblem> hopeless(EngineAddresses.Candidate candidate) {
        String scheme = String.valueOf(candidate.address().getScheme());
        return switch (scheme) {
            case "unix" -> {
                Path socket = Path.of(String.valueOf(candidate.address().getPath()));
                yield Files.exists(socket) ? Optional.empty()
                        : Optional.of(Files.notExists(socket) ? new ConnectProblem("the socket does not exist", "")
                                : SocketAccess.denied(socket));
            }
            case "tcp", "http", "https" -> Optional.empty();
            case "ssh" -> Optional.of(new ConnectProblem("ssh is not supported: forward the socket,"
                    + " ssh -NL /tmp/docker.sock:/var/run/docker.sock HOST, and set DOCKER_HOST=unix:///tmp/docker.sock",
                    "then run stack up --bind with a reachable address of that machine; or use --engine embedded"));
            default -> Optional.of(new ConnectProblem("unknown scheme " + scheme, ""));
        };
    }

    private static Connection connect(EngineAddresses.Candidate candidate) throws IOException {
        JsonNode version;
        Duration ahead;
        try {
            PlainRequest.Reply reply = candidate.tls().isEmpty()
                    ? PlainRequest.get(candidate.address(), VERSION, ANSWER) : secured(candidate);
            if (reply.status() != 200) {
                throw new NoEngine(ConnectProblem.answered(reply.status(), reply.body()));
            }
            ahead = ahead(reply.date(), Instant.now());
            version = reply.json();
        } catch (JsonProcessingException e) {
            throw new NoEngine(ConnectProblem.answered(200, ""));
        }
        String api = ApiVersion.negotiate(version.path("ApiVersion").asText(), version.path("MinAPIVersion").asText());
        System.setProperty(API_VERSION_PROPERTY, api);
        // The certificates are read already, also from where docker-java does not look and then fails.
        System.setProperty(TLS_PROPERTY, "0");
        String product = version.path("Components").path(0).path("Name").asText("Engine");
        return new Connection(new Lazily<>(() -> new AddressStrategy(candidate).getDockerClient()), candidate,
                product.equals("Engine") ? "Docker Engine" : product, version.path("Version").asText(), api,
                version.path("Arch").asText().toLowerCase(Locale.ROOT), ahead);
    }

    private static PlainRequest.Reply secured(EngineAddresses.Candidate candidate) throws IOException {
        try (DockerHttpClient http = new ZerodepDockerHttpClient.Builder().dockerHost(candidate.address())
                .sslConfig(candidate.tls().orElse(null)).connectionTimeout(CONNECT).responseTimeout(ANSWER).build();
                DockerHttpClient.Response response = http.execute(DockerHttpClient.Request.builder()
                        .method(DockerHttpClient.Request.Method.GET).path(VERSION).build())) {
            return new PlainRequest.Reply(response.getStatusCode(), response.getHeader("Date"),
                    new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
        }
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

    /** Whoever answers is no engine that we can use. */
    private static final class NoEngine extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient ConnectProblem problem;

        NoEngine(ConnectProblem problem) {
            super(problem.text());
            this.problem = problem;
        }
    }
}
