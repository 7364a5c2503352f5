package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.StackPort;

/** The configuration of the production notes starts, and asks for what it says it asks for. */
class ProductionTest {
    private static final Path NOTES = Path.of("stack/production").toAbsolutePath();
    @TempDir Path folder;

    @Test
    void aCollectorWithATokenAndAGrafanaWithALogin() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isDirectory(NOTES), "not run in the project's folder");
        try (StackLab lab = StackLab.open(folder)) {
            lab.needsReal("otel-collector");
            // Without Tempo's: there is no object storage here.
            for (String file : new String[] {"settings.properties", "otel-collector/collector.yaml"}) {
                Path copy = folder.resolve("production").resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(NOTES.resolve(file), copy);
            }
            StackLab.Result up = lab.run("up", "--config-dir", folder.resolve("production").toString());
            assertEquals(0, up.code(), up::all);
            String traces = "http://127.0.0.1:" + lab.port(StackPort.OTLP_HTTP) + "/v1/traces";
            assertEquals(401, post(traces, "none"));
            assertEquals(401, post(traces, "Bearer wrong"));
            assertEquals(200, post(traces, "Bearer change-me"));
        }
    }

    private static int post(String address, String authorization) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address)).header("Authorization",
                authorization)
                .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"resourceSpans\":[]}"))
                .build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
