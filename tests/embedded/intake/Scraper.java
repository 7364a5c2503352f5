package embedded.intake;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus, where one is installed, that scrapes the engine every second. */
final class Scraper implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final URI uri;

    private Scraper(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Named by PROMETHEUS, or on the PATH. */
    static Optional<Path> program() {
        return Stream.concat(Stream.ofNullable(System.getenv("PROMETHEUS")).map(Path::of),
                Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "prometheus")))
                .filter(Files::isExecutable).findFirst();
    }

    static Scraper start(Path program, Path folder, String configuration) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        Process process = new ProcessBuilder(List.of(program.toString(), "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("tsdb"), "--web.listen-address=127.0.0.1:" + port))
                .redirectErrorStream(true).redirectOutput(folder.resolve("prometheus.log").toFile()).start();
        return new Scraper(process, URI.create("http://127.0.0.1:" + port));
    }

    URI uri() {
        return uri;
    }

    /** Waits until it has scraped what was there at this moment, and found nothing wrong with it. */
    void awaitScrapeAfter(Instant moment) throws InterruptedException, IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String last = "";
        while (System.nanoTime() < end) {
            try {
                var target = JSON.readTree(client.send(HttpRequest.newBuilder(uri.resolve("/api/v1/targets")).build(),
                        HttpResponse.BodyHandlers.ofString()).body()).at("/data/activeTargets/0");
                last = target.toString();
                if (target.path("health").asText().equals("up") && Instant.parse(target.path("lastScrape").asText()).isAfter(moment)) {
                    return;
                }
            } catch (IOException e) {
                // Not up yet.
                last = e.toString();
            }
            Thread.sleep(100);
        }
        throw new IOException("Prometheus has not scraped: " + last);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
