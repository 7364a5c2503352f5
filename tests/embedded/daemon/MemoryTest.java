package embedded.daemon;

import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import contract.EngineProcess;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Load;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import services.Silent;

/** The process with its heap of 512 MB survives every input. */
class MemoryTest {
    private static final Set<String> ALLOWED = Set.of(Siege.CUT_OFF, "begun", "200", "400", "413", "429", "503", "grpc 0", "grpc 3",
            "grpc 8", "grpc 14");

    @TempDir
    Path home;
    private EmbeddedEngine engine;

    @BeforeEach
    void start() throws Exception {
        engine = new EmbeddedEngine(Map.of("HOME", home.toString()));
        engine.up(DaemonLab.options(Map.of()), new Silent());
    }

    @AfterEach
    void stop() throws Exception {
        engine.down(true, new Silent());
    }

    private DaemonState state() throws Exception {
        return DaemonState.read(Folders.of(Map.of("HOME", home.toString())).daemon()).orElseThrow();
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void livesThroughTheLargestRequestsOfEveryShape() throws Exception {
        DaemonState before = state();
        try (Siege siege = new Siege(before.settings())) {
            siege.lay(6, 20);
            assertEquals(before.pid(), state().pid());
            assertTrue(EngineProcess.lives(before.process().orElseThrow()), siege.answers.toString());
            siege.answers.values().forEach(answers -> assertTrue(ALLOWED.containsAll(answers.keySet()),
                    siege.answers.toString()));
        }
        try (Load.Sender sender = new Load.Sender(before.settings().port(PortName.OTLP_HTTP))) {
            assertEquals(200, sender.post(traces("after", span("0123456789abcdef0123456789abcdea", "00f067aa0ba902b7", "after",
                    1, 2).build()).toByteArray()), "it takes what is small, right after");
        }
        HttpResponse<String> health = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + before.settings().port(PortName.PAGE) + "/api/health")).timeout(Duration.ofMinutes(1)).build(),
                HttpResponse.BodyHandlers.ofString());
        long held = JsonParser.parseString(health.body()).getAsJsonObject().getAsJsonObject("memory").get("held").getAsLong();
        assertTrue(held <= 2 << 20, "all is given back but what this answer takes: " + health.body());
    }
}
