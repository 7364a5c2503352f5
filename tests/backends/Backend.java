package backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A backend of somebody else, as a process of its own on a free port, that takes OTLP/HTTP and is asked by its own API. */
abstract class Backend implements AutoCloseable {
    private static final Duration STARTING = Duration.ofMinutes(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final int port;

    /**
     * What a backend shows of a session.
     *
     * @param cost empty when it shows none
     * @param kinds of its spans, by their name
     */
    record Shown(long input, long output, Optional<Double> cost, String status, String evidence, Map<String, String> kinds) {}

    Backend(int port, List<String> command, Map<String, String> environment, Path log) throws IOException {
        this.port = port;
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    abstract String name();

    /** Where it says that it is there. */
    abstract String health();

    /** Headers beside the type that its OTLP wants, name and value in turn. */
    abstract List<String> headers();

    /** Empty while it does not know the session. */
    abstract Optional<Shown> shown(String session) throws IOException, InterruptedException;

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    void awaitStart() throws InterruptedException {
        long end = System.nanoTime() + STARTING.toNanos();
        while (true) {
            try {
                if (client.send(request(health()).GET().build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(name() + " did not start");
            }
            Thread.sleep(200);
        }
    }

    void send(BackendRun run) throws IOException, InterruptedException {
        for (byte[] spans : run.requests()) {
            HttpRequest.Builder request = request("/v1/traces").header("Content-Type", "application/x-protobuf")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(spans));
            if (!headers().isEmpty()) {
                request.headers(headers().toArray(String[]::new));
            }
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(name() + " answered " + answer.statusCode() + ": " + answer.body());
            }
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(client.send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    static JsonNode parsed(String json) throws IOException {
        return JSON.readTree(json);
    }

    /** A JSON object as text, of names and values in turn. */
    static String object(String... members) {
        Map<String, String> object = new TreeMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(members[i], members[i + 1]);
        }
        return JSON.valueToTree(object).toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60));
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
