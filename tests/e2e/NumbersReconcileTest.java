package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.RunEvent;
import contract.Metric;
import contract.Metrics;
import contract.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import journal.Entry;
import journal.Sessions;
import journal.StateHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rehearsal.RandomScript;
import rehearsal.RehearsalScript;
import telemetry.OtlpReceiver;
import telemetry.Received;

/**
 * Many runs with figures drawn by chance, wired as {@code pa} wires them: what was exported adds up to what was journaled,
 * series by series, and both to what the scripts say was used.
 */
class NumbersReconcileTest {
    private static final int RUNS = 12;

    @TempDir Path folder;

    private final List<RehearsalScript> scripts = new ArrayList<>();
    private final Map<Status, Integer> outcomes = new EnumMap<>(Status.class);

    @Test
    void defect13SumsOfMetricsEqualSumsOfJournals() throws Exception {
        JournalSums journaled = new JournalSums();
        BigDecimal claude = BigDecimal.ZERO;
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            for (int seed = 0; seed < RUNS; seed++) {
                // Most come to their end; some are stopped by a limit while the check still fails.
                RehearsalScript script = RandomScript.of(seed, 1 + seed % 3);
                int iterations = seed % 4 == 2 ? 1 : 25;
                List<RunEvent> events = run(seed, script, iterations, receiver.environment(OtlpReceiver.Protocol.HTTP));
                journaled.add(events);
                long rounds = events.stream().filter(RunEvent.WorkerEnded.class::isInstance).count();
                for (int round = 0; round < rounds; round++) {
                    claude = claude.add(script.rounds().get(round).costUsd());
                }
            }
            assertEquals(Map.of(Status.COMPLETED, 10, Status.MAX_ITERATIONS, 2), outcomes);
            assertEquals(RUNS, receiver.lastPoints().stream().map(p -> p.resource().get("service.instance.id")).distinct()
                    .count());

            Map<String, BigDecimal> expected = journaled.sums();
            Map<String, BigDecimal> exported = exported(receiver.lastPoints());
            assertTrue(expected.size() > 30, expected::toString);
            assertEquals(List.of(), difference(expected, exported),
                    "tests/e2e/JournalSums.java counts this and nothing of the sort is exported");
            assertEquals(List.of(), difference(exported, expected),
                    "exported, and tests/e2e/JournalSums.java does not compute it from the journal");
            // Sums of doubles: exact to far less than a microsecond or a micro-dollar.
            expected.forEach((series, sum) ->
                    assertEquals(sum.doubleValue(), exported.get(series).doubleValue(), 1e-6, series));
            assertEquals(0, claude.compareTo(journaled.sums().get("agentproxy.cost[claude, rehearsal]")));
            assertEquals(RUNS, receiver.spans().stream().filter(s -> s.name().equals("pa.run_task")).count());
        }
    }

    private static List<String> difference(Map<String, BigDecimal> all, Map<String, BigDecimal> without) {
        return all.keySet().stream().filter(series -> !without.containsKey(series)).collect(Collectors.toList());
    }

    private List<RunEvent> run(int seed, RehearsalScript script, int maxIterations, Map<String, String> otlp)
            throws IOException {
        Path directory = Files.createDirectories(folder.toRealPath().resolve("project-" + seed));
        Map<String, String> users = new TreeMap<>(otlp);
        users.putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString(), "USER", "ada",
                // One per process, and here all are one process.
                "OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=run-" + seed));
        RehearsedRun.Result result = RehearsedRun.run(directory, script, maxIterations, users);
        outcomes.merge(result.outcome().status(), 1, Integer::sum);
        assertEquals(Optional.empty(), result.undelivered());
        Sessions sessions = new Sessions(StateHome.of(users), directory);
        return sessions.read(sessions.find(Optional.of(result.session()))).entries().stream().map(Entry::event)
                .collect(Collectors.toList());
    }

    /** Added up over all processes, with the labels in the contract's order. */
    private static Map<String, BigDecimal> exported(List<Received.Point> points) {
        Map<String, Metric> contract = Metrics.all().stream().collect(Collectors.toMap(Metric::name, m -> m));
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Received.Point point : points) {
            boolean conventions = point.metric().startsWith("gen_ai.");
            List<Object> labels = conventions ? List.of() : contract.get(point.metric()).attributes().stream()
                    .map(key -> point.attributes().get(key)).filter(Objects::nonNull).collect(Collectors.toList());
            if (point.kind().equals("histogram")) {
                sums.merge(point.metric() + "_count" + labels, BigDecimal.valueOf(point.count()), BigDecimal::add);
                sums.merge(point.metric() + "_sum" + labels, new BigDecimal(point.value()), BigDecimal::add);
            } else {
                sums.merge(point.metric() + labels, new BigDecimal(point.value()), BigDecimal::add);
            }
        }
        sums.values().removeIf(sum -> sum.signum() == 0);
        return sums;
    }
}
