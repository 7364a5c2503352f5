package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.StackPort;

/** What reached the real Tempo long after it happened is found there as Grafana asks for it: by id, and by its own time. */
class LateTracesTest {
    private static final Duration RETENTION = Duration.ofDays(14);
    /** Usually 40 s: a block is made after half a minute, and the list of blocks is read every 10 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(7);

    @TempDir static Path folder;
    private static StackLab lab;

    @BeforeAll
    static void up() {
        lab = StackLab.open(folder);
        lab.needsReal("otel-collector");
        lab.needsReal("tempo");
        StackLab.Result up = lab.run("up");
        assertEquals(0, up.code(), up::all);
    }

    @AfterAll
    static void down() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void tracesOfEveryAgeWithinTheRetentionAreFoundByIdAtOnceAndBySearchSoon() throws InterruptedException {
        OtlpClient client = new OtlpClient(lab, "late");
        Instant now = Instant.now();
        Map<Duration, String> traces = new TreeMap<>();
        for (Duration age : Set.of(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24),
                RETENTION.minusHours(1))) {
            traces.put(age, OtlpClient.id(16));
            assertTrue(client.spanEnded(traces.get(age), now.minus(age)));
        }
        for (String trace : traces.values()) {
            // Grafana's data source without a time shift asks like this: no start, no end.
            until(() -> client.get(StackPort.TEMPO, "/api/v2/traces/" + trace).path("trace").path("resourceSpans").size() == 1,
                    () -> trace + " is not found by its id");
        }
        Map<Duration, String> missing = new HashMap<>(traces);
        until(() -> {
            missing.entrySet().removeIf(one -> around(client, now.minus(one.getKey())).contains(one.getValue()));
            return missing.isEmpty();
        }, () -> "no search of its own time finds what is old " + missing.keySet());
        // As wide as the picker of a dashboard can be within the retention, which is beyond Tempo's own limit.
        assertEquals(new TreeSet<>(traces.values()), search(client, now.minus(RETENTION), Instant.now()));
    }

    private static Set<String> around(OtlpClient client, Instant moment) {
        return search(client, moment.minusSeconds(300), moment.plusSeconds(300));
    }

    private static Set<String> search(OtlpClient client, Instant from, Instant to) {
        JsonNode found = client.get(StackPort.TEMPO, "/api/search?limit=100&start=" + from.getEpochSecond() + "&end="
                + to.getEpochSecond() + "&q=" + URLEncoder.encode("{ resource.service.name = \"late\" }",
                        StandardCharsets.UTF_8));
        Set<String> ids = new TreeSet<>();
        found.path("traces").forEach(trace -> ids.add("0".repeat(32 - trace.path("traceID").asText().length())
                + trace.path("traceID").asText()));
        return ids;
    }

    private static void until(java.util.function.BooleanSupplier condition,
            java.util.function.Supplier<String> otherwise) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, otherwise);
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }
}
