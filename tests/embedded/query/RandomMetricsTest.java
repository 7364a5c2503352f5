package embedded.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever senders send, what 8889 gives is text that Prometheus and OpenMetrics take, and no line stands in it twice. */
class RandomMetricsTest {
    private static final int REQUESTS = 40;
    private static final String OPEN_METRICS_PARSER = """
            import sys
            from prometheus_client.openmetrics.parser import text_string_to_metric_families
            print(len(list(text_string_to_metric_families(sys.stdin.buffer.read().decode('utf-8')))))
            """;

    @TempDir
    Path folder;

    /** The same seed sends the same; it is in the message of a failure. */
    private static long seed() {
        String wanted = System.getProperty("seed");
        return wanted == null ? System.nanoTime() & 0xffff : Long.parseLong(wanted);
    }

    private List<String> texts(long seed) throws Exception {
        List<String> texts = new ArrayList<>();
        try (Running engine = Running.in(Files.createTempDirectory(folder, "store"))) {
            RandomMetrics metrics = new RandomMetrics(seed, System.currentTimeMillis() * 1_000_000);
            for (int i = 0; i < REQUESTS; i++) {
                assertEquals(200, engine.post(Signal.METRICS, Running.PROTOBUF, metrics.request().toByteArray()).statusCode());
            }
            texts.add(engine.get(PortName.METRICS, "/metrics").body());
            texts.add(engine.get(PortName.METRICS, "/metrics", "Accept", "application/openmetrics-text").body());
        }
        return texts;
    }

    private record Said(int code, String text) {}

    private static Said run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread writer = new Thread(() -> {
            try (var out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It has read enough to know that it does not like it; its exit code says so.
            }
        });
        writer.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        writer.join();
        return new Said(process.waitFor(), text);
    }

    private static Path tool(String name) {
        return Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)).filter(Files::isExecutable)
                .findFirst().orElse(null);
    }

    private static boolean hasClient(Path python) {
        try {
            return run(List.of(python.toString(), "-c", "import prometheus_client"), "").code == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noSampleStandsInItTwice() throws Exception {
        long seed = seed();
        for (String text : texts(seed)) {
            Set<String> seen = new HashSet<>();
            Set<String> types = new HashSet<>();
            for (String line : text.split("\n")) {
                if (line.startsWith("# TYPE ")) {
                    assertTrue(types.add(line.split(" ")[2]), "seed " + seed + ": " + line);
                } else if (!line.startsWith("#")) {
                    String exemplar = line.contains(" # {") ? line.substring(0, line.indexOf(" # {")) : line;
                    assertTrue(seen.add(exemplar.substring(0, exemplar.lastIndexOf(' '))), "seed " + seed + ": " + line);
                }
            }
            assertTrue(seen.size() > 100, text);
        }
    }

    @Test
    void promtoolTakesIt() throws Exception {
        Path promtool = tool("promtool");
        assumeTrue(promtool != null, "promtool (Debian package prometheus) is not installed");
        long seed = seed();
        Said said = run(List.of(promtool.toString(), "check", "metrics"), texts(seed).get(0));
        // 3 is for the linter's advice on names and helps, which are the senders' business.
        assertTrue(said.code == 0 || said.code == 3, "seed " + seed + ": " + said.text);
    }

    @Test
    void theOpenMetricsParserOfPythonsClientTakesIt() throws Exception {
        Path python = Stream.of(Path.of("build/otel-python/bin/python"), Path.of("python3")).filter(program ->
                hasClient(program)).findFirst().orElse(null);
        assumeTrue(python != null, "Python's prometheus_client is not installed: run tests/install-otel-sdks.sh");
        long seed = seed();
        String text = texts(seed).get(1);
        Said said = run(List.of(python.toString(), "-c", OPEN_METRICS_PARSER), text);
        assertEquals(0, said.code, "seed " + seed + ": " + said.text);
    }
}
