package handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import services.StackOptions;

/**
 * The exports, read by the programs that would run them, where those are: kubectl or kustomize, kubeconform, promtool, the
 * compose specification's own loader, Tempo, the Collector. {@code tests/install-export-tools.sh} brings what can be had. No
 * cluster; {@link KubeApiserverTest} asks a real API server.
 */
class ExportToolsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void kustomizeBuildsAllOfIt(boolean shared) throws Exception {
        Contents exported = write(Export.Target.kubernetes, shared);
        String built = kustomize(folder);
        List<String> kinds = built.lines().filter(line -> line.startsWith("kind: ")).toList();
        assertEquals(exported.objects(), kinds.size(), built);
        assertEquals(exported.workloads(), kinds.stream().filter("kind: StatefulSet"::equals).count());
        assertEquals(shared, built.contains("name: metrics-own"));
        // A changed file must get its pods made anew, so each is named by its content.
        assertTrue(built.contains("name: otel-collector-") && !built.contains("name: otel-collector\n    configMap"), built);
    }

    /** The schemas are those of PyPI's kubernetes-validate, made fit for kubeconform; the variable names the folder of versions. */
    @ParameterizedTest
    @ValueSource(strings = {"1.25.0", "1.30.0", "1.34.0", "1.37.0"})
    void everyObjectHasTheSchemaOfItsKind(String version) throws Exception {
        String schemas = System.getenv("KUBERNETES_SCHEMAS");
        Assumptions.assumeTrue(schemas != null, "KUBERNETES_SCHEMAS names no folder of schemas");
        for (boolean shared : new boolean[] {false, true}) {
            Contents exported = write(Export.Target.kubernetes, shared);
            long objects = exported.objects() + exported.documents("secrets.example.yaml");
            Path built = folder.resolve("built.yaml");
            Files.writeString(built, kustomize(folder));
            String said = run(Map.of(), "kubeconform", "-strict", "-summary", "-schema-location",
                    schemas + "/" + version + "/{{.ResourceKind}}{{.KindSuffix}}.json", built.toString(),
                    folder.resolve("secrets.example.yaml").toString());
            assertTrue(said.contains("Valid: " + objects + ", Invalid: 0, Errors: 0, Skipped: 0"), said);
        }
    }

    /** Compose's own way: the example of variables as {@code .env}, and a forgotten secret is an error that names it. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theComposeSpecificationsLoaderTakesTheProject(boolean shared) throws Exception {
        Contents exported = write(Export.Target.compose, shared);
        Path compose = folder.resolve("compose.yaml");
        String said = run(variables(Files.readString(folder.resolve("env.example"))), "composecheck", compose.toString());
        assertEquals(exported.composed(), said.strip());
        Assertions.assertThrows(AssertionError.class, () -> run(Map.of(), "composecheck", compose.toString()),
                "a secret that nobody set is not noticed");
    }

    @ParameterizedTest
    @CsvSource({"kubernetes,false", "kubernetes,true", "compose,false", "compose,true"})
    void theCollectorTakesItsFiles(Export.Target target, boolean shared) throws Exception {
        write(target, shared);
        String parts = run(Map.of(), "otelcol-contrib", "components");
        Map<String, String> secrets = Map.of("OTLP_TOKEN", "t", "POD_NAME", "otel-collector-0");
        assertValid(parts, secrets, folder.resolve("otel-collector/collector.yaml"));
        if (target == Export.Target.kubernetes) {
            assertValid(parts, secrets, folder.resolve("otel-gateway/gateway.yaml"));
        }
    }

    /** The published image has every component; one that was assembled here may lack some, and is asked only what it knows. */
    private static void assertValid(String parts, Map<String, String> environment, Path file) throws Exception {
        String text = Files.readString(file);
        for (String part : List.of("load_balancing", "delta_to_cumulative")) {
            Assumptions.assumeTrue(!Pattern.compile(part + "[/:]").matcher(text).find() || parts.contains(part)
                    || parts.contains(part.replace("_", "")),
                    () -> "this Collector was assembled without " + part);
        }
        run(environment, "otelcol-contrib", "validate", "--config", file.toString());
    }

    @ParameterizedTest
    @CsvSource({"kubernetes,false", "kubernetes,true", "compose,false", "compose,true"})
    void prometheusTakesItsFilesAndRules(Export.Target target, boolean shared) throws Exception {
        write(target, shared);
        run(Map.of(), "promtool", "check", "config", "--syntax-only", folder.resolve("prometheus/prometheus.yml").toString());
        run(Map.of(), "promtool", "check", "rules", folder.resolve("prometheus/rules/agentproxy.yml").toString(),
                folder.resolve("prometheus/rules/stack.yml").toString());
    }

    @Test
    void tempoTakesItsFile() throws Exception {
        write(Export.Target.kubernetes, false);
        run(Map.of("S3_BUCKET", "b", "S3_ENDPOINT", "s3.example", "S3_REGION", "r"), "tempo",
                "-config.file=" + folder.resolve("tempo/tempo.yaml"), "-config.expand-env=true", "-config.verify=true");
    }

    /** Without the program of its own, as the part of kubectl that it is. */
    private static String kustomize(Path folder) throws Exception {
        return onPath("kubectl") ? run(Map.of(), "kubectl", "kustomize", folder.toString())
                : run(Map.of(), "kustomize", "build", folder.toString());
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Map<String, String> variables(String text) {
        Map<String, String> variables = new HashMap<>();
        text.lines().filter(line -> line.matches("\\w+=.+")).forEach(line -> variables.put(line.split("=", 2)[0],
                line.split("=", 2)[1]));
        return variables;
    }

    private Contents write(Export.Target target, boolean shared) {
        Export export = Export.of(target, shared, StackOptions.defaults(), Map.of());
        ExportFolder.write(folder, export, true);
        return new Contents(export.files());
    }

    /** What it printed; skips the test where the program is not. */
    private static String run(Map<String, String> environment, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        Path said = Files.createTempFile("said", "");
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            Assumptions.abort(command[0] + " is not on the PATH");
            throw e;
        }
        try {
            process.getOutputStream().close();
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), () -> command[0] + " does not end");
            String text = Files.readString(said);
            assertEquals(0, process.exitValue(), text);
            return text;
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
