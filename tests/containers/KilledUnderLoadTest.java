package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.ConfigFiles;

/**
 * While an application sends, each part is killed or restarted, or all are taken down, and brought back: every span that was
 * acknowledged is found, once, and the counter is what was sent. The window in which a killed Tempo may lose an
 * acknowledged span is none: it acknowledges only what is on its disk.
 */
class KilledUnderLoadTest {
    private static final long SOME_LOAD = 500;
    private static final int DEADLINE_SECONDS = 30;
    @TempDir static Path folder;
    private static StackLab lab;
    private static Path config;

    /** When something was done to which part. */
    private final List<Map.Entry<String, Long>> blows = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        lab = StackLab.open(folder);
        Stream.of("otel-collector", "tempo", "prometheus").forEach(lab::needsReal);
        String prometheus = ConfigFiles.load(Optional.empty()).all().get("prometheus/prometheus.yml").text();
        // Only so that less is waited for.
        config = lab.config(folder, "prometheus/prometheus.yml", prometheus.replace("scrape_interval: 5s",
                "scrape_interval: 1s").replace("scrape_timeout: 4s", "scrape_timeout: 1s"));
        up();
    }

    private static StackLab.Result up() {
        StackLab.Result up = lab.run("up", "--verbose", "--config-dir", config.toString());
        assertEquals(0, up.code(), up::all);
        return up;
    }

    @AfterAll
    static void down() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void whatWasSentIsStoredWhenEachPartIsKilledAndBroughtBack() throws InterruptedException {
        OtlpClient client = new OtlpClient(lab, "killed");
        Load load = new Load(client);
        // Tempo again and again, since it is a matter of moments what it holds.
        for (String service : List.of("otel-collector", "tempo", "tempo", "tempo", "prometheus", "grafana")) {
            load.during(SOME_LOAD);
            blow(service);
            lab.client().killContainerCmd(lab.containers().get(service)).exec();
            StackLab.Result up = up();
            assertTrue(up.err().contains(service + ": start (it has stopped (exit code 137))"), up::all);
        }
        load.during(SOME_LOAD);
        load.close();
        assertStored(client, load);
    }

    @Test
    void whatWasSentIsStoredWhenEachPartIsRestartedAndAllGoDownAndUp() throws InterruptedException {
        OtlpClient client = new OtlpClient(lab, "stopped");
        Load load = new Load(client);
        for (String service : ConfigFiles.SERVICES) {
            load.during(SOME_LOAD);
            blow(service);
            StackLab.Result restart = lab.run("restart", service);
            assertEquals(0, restart.code(), restart::all);
        }
        load.during(SOME_LOAD);
        // After a query Tempo 3.0.3 does not end by itself.
        client.search();
        // And what a run says last, Prometheus has not fetched yet.
        assertTrue(client.counter("last.words", 7));
        blow("the stack");
        StackLab.Result down = lab.run("down", "--verbose");
        assertEquals(0, down.code(), down::all);
        assertTrue(down.err().contains("prometheus: fetching the last metrics"), down::all);
        assertTrue(down.err().contains("tempo: end (everything it took is on disk"), down::all);
        up();
        load.during(SOME_LOAD);
        load.close();
        assertStored(client, load);
        assertEquals(List.of(7.0), client.query("max_over_time(last_words_total[10m])"), down::all);
    }

    /** Many traces at once, and requests that are large together: neither may be refused by Tempo, for ever or silently. */
    @Test
    void aFullQueueComesThroughAfterAnOutage() {
        OtlpClient client = new OtlpClient(lab, "outage");
        lab.client().killContainerCmd(lab.containers().get("tempo")).exec();
        Set<String> sent = new HashSet<>();
        for (int request = 0; request < 5; request++) {
            List<String> traces = Stream.generate(() -> OtlpClient.id(16)).limit(2500).collect(Collectors.toList());
            assertTrue(client.spans(traces, "short"));
            sent.addAll(traces);
        }
        String page = "x".repeat(100_000);
        for (int request = 0; request < 4; request++) {
            List<String> traces = Stream.generate(() -> OtlpClient.id(16)).limit(80).collect(Collectors.toList());
            assertTrue(client.spans(traces, page));
            sent.addAll(traces);
        }
        up();
        until(() -> client.search().keySet().containsAll(sent));
        assertEquals(sent.size(), client.search().size());
    }

    private void assertStored(OtlpClient client, Load load) {
        Set<String> acknowledged = load.acknowledged().keySet();
        assertTrue(acknowledged.size() > 500, () -> "only " + acknowledged.size() + " were acknowledged");
        until(() -> client.search().keySet().containsAll(acknowledged));
        Map<String, Integer> found = client.search();
        List<String> lost = new ArrayList<>();
        load.acknowledged().forEach((trace, time) -> {
            if (!found.containsKey(trace)) {
                lost.add(trace + " " + when(time));
            }
        });
        assertEquals(List.of(), lost, () -> lost.size() + " of " + acknowledged.size() + " lost");
        assertEquals(List.of(), found.entrySet().stream().filter(trace -> trace.getValue() != 1).toList(),
                "a span that was sent again is shown once");
        List<String> sample = List.copyOf(acknowledged);
        IntStream.range(0, 20).mapToObj(i -> sample.get(i * sample.size() / 20))
                .forEach(trace -> assertTrue(client.hasTrace(trace), trace));

        String counter = "max_over_time(load_sent_total{service_name=\"" + client.service() + "\"}[10m])";
        until(() -> client.query(counter).equals(List.of((double) load.counter())));
        assertEquals(List.of((double) load.counter()), client.query(counter), "one series, with what was sent last");
        until(() -> client.query("sum(otelcol_exporter_queue_size)").equals(List.of(0.0)));
        assertEquals(List.of(0.0), client.query("sum(otelcol_exporter_queue_size)"), "the Collector's queue");
    }

    private void blow(String service) {
        blows.add(Map.entry(service, System.currentTimeMillis()));
    }

    private String when(long time) {
        return blows.stream().map(blow -> (time - blow.getValue()) + " ms after " + blow.getKey())
                .collect(Collectors.joining(", "));
    }

    private static void until(BooleanSupplier reached) {
        long deadline = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
        while (!reached.getAsBoolean() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
