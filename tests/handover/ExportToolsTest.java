package handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import services.StackOptions;

/** The exports, read by the programs that would run them, where those are: kubectl, kubeconform, promtool, tempo. No cluster. */
class ExportToolsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void kustomizeBuildsAllOfIt(boolean shared) throws Exception {
        write(Export.Target.kubernetes, shared);
        String built = run(Map.of(), "kubectl", "kustomize", folder.toString());
        List<String> kinds = built.lines().filter(line -> line.startsWith("kind: ")).toList();
        assertEquals(29, kinds.size(), built);
        assertEquals(5, kinds.stream().filter("kind: StatefulSet"::equals).count());
        assertEquals(shared, built.contains("name: metrics-own"));
        // A changed file must get its pods made anew, so each is named by its content.
        assertTrue(built.contains("name: otel-collector-") && !built.contains("name: otel-collector\n    configMap"), built);
    }

    /** The schemas are those of PyPI's kubernetes-validate, made fit for kubeconform; the variable names their folder. */
    @Test
    void everyObjectHasTheSchemaOfItsKind() throws Exception {
        String schemas = System.getenv("KUBERNETES_SCHEMAS");
        Assumptions.assumeTrue(schemas != null, "KUBERNETES_SCHEMAS names no folder of schemas");
        for (boolean shared : new boolean[] {false, true}) {
            write(Export.Target.kubernetes, shared);
            Path built = folder.resolve("built.yaml");
            Files.writeString(built, run(Map.of(), "kubectl", "kustomize", folder.toString()));
            String said = run(Map.of(), "kubeconform", "-strict", "-summary", "-schema-location",
                    schemas + "/{{.ResourceKind}}{{.KindSuffix}}.json", built.toString(),
                    folder.resolve("secrets.example.yaml").toString());
            assertTrue(said.contains("Valid: 32, Invalid: 0, Errors: 0, Skipped: 0"), said);
        }
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

    private void write(Export.Target target, boolean shared) {
        ExportFolder.write(folder, Export.of(target, shared, StackOptions.defaults(), Map.of()), true);
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
