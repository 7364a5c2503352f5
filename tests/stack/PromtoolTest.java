package stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus' own tool looks at its files: they must be right for the version that is installed here. */
class PromtoolTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();

    static Stream<List<String>> checks() {
        return Stream.of(List.of("test", "rules", "tests/stack/rules-test.yml"),
                List.of("check", "config", "--syntax-only", "stack/prometheus/prometheus.yml"),
                List.of("check", "rules", "stack/prometheus/rules/agentproxy.yml", "stack/prometheus/rules/stack.yml"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void promtoolAgrees(List<String> arguments) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(ROOT.resolve("tests/stack/rules-test.yml")), "not run in the project's folder");
        Process promtool;
        try {
            promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), arguments.stream()).toList())
                    .directory(ROOT.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("promtool is not installed (Debian: prometheus)");
            return;
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, promtool.waitFor(), said);
    }
}
