package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cli.Pa;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import contract.Metric;
import contract.Metrics;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that is sent during its run, and again by other processes, is in the embedded engine only once. */
class SentAgainTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir Path folder;

    private Running engine;
    private Path project;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        engine = Running.in(Files.createDirectory(folder.resolve("engine")));
        project = Files.createDirectory(folder.resolve("project"));
        Files.createDirectory(folder.resolve("home"));
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aSessionThatIsSentFiveTimesIsShownOnce() throws Exception {
        Pa.Result run = pa().run(project, "--rehearse", "-d", ".", "--telemetry", "Write a program that greets");
        assertEquals(0, run.exitCode(), run.toString());
        String session = pa().sessions(project).list().get(0).id();
        Shown once = shown();
        for (int time = 2; time <= 5; time++) {
            send(session);
            assertSame(once, shown());
        }
    }

    private Pa pa() {
        return new Pa(folder.resolve("home")).withBarePath().with("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
                .with("OTEL_EXPORTER_OTLP_ENDPOINT", engine.uri(PortName.OTLP_HTTP, "").toString());
    }

    private void send(String session) throws IOException {
        Pa.Result sent = pa().run(project, "telemetry", "send", session, "--json");
        JsonNode run = JSON.readTree(sent.out()).path("runs").path(0);
        for (String what : new String[] {"spans", "logs", "metrics"}) {
            assertTrue(run.path(what).asInt() > 0, () -> what + " were not sent again: " + sent);
        }
    }

    /**
     * What somebody sees.
     *
     * @param run the row of the list of runs
     * @param spans of its trace, by id
     * @param sums of each metric of the contract, over all its series on the page
     * @param text what Prometheus reads
     */
    private record Shown(JsonNode run, Map<String, JsonNode> spans, Map<String, Double> sums, String text) {}

    private static void assertSame(Shown once, Shown again) {
        assertEquals(once.run(), again.run());
        assertEquals(once.spans(), again.spans());
        assertEquals(once.sums(), again.sums());
        assertEquals(once.text(), again.text());
    }

    private Shown shown() throws IOException, InterruptedException {
        JsonNode runs = JSON.readTree(engine.get("/api/runs").body());
        assertEquals(1, runs.path("count").asInt(), runs::toString);
        JsonNode run = runs.path("runs").get(0);
        JsonNode trace = JSON.readTree(engine.get("/api/traces/" + run.path("traceId").asText()).body());
        Map<String, JsonNode> spans = new TreeMap<>();
        for (JsonNode list : trace.findValues("spans")) {
            for (JsonNode span : list) {
                assertEquals(null, spans.put(span.path("spanId").asText(), span), () -> "twice: " + span);
            }
        }
        assertTrue(spans.size() > 5, trace::toString);
        Map<String, Double> sums = new TreeMap<>();
        for (Metric metric : Metrics.all()) {
            JsonNode page = JSON.readTree(engine.get("/api/series?range=21600&name=" + metric.name()).body());
            for (JsonNode line : page.path("series")) {
                line.path("values").forEach(value -> sums.merge(metric.name(), value.asDouble(), Double::sum));
            }
        }
        assertEquals(1.0, sums.get("agentproxy.tasks.started"), sums::toString);
        String text = engine.get(PortName.METRICS, "/metrics").body();
        assertTrue(text.contains("agentproxy_tasks_started_total{"), text);
        return new Shown(run, spans, sums, text);
    }
}
