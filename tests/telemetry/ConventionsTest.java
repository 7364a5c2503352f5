package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What runs send, against the model of the GenAI conventions in both generations ({@code tests/telemetry/semconv}) and against
 * pytest-genai-semconv. Spans carry the names of both, so that a name must be known in one of them.
 */
class ConventionsTest {
    private static final Path MODELS = Path.of("tests/telemetry/semconv");
    private static final Path PYTHON = Path.of("build/otel-python/bin/python");
    /** No convention has a name for money yet; backends read this one. */
    private static final Set<String> OURS = Set.of("gen_ai.usage.cost");

    @TempDir
    Path state;
    private OtlpReceiver receiver;

    @BeforeEach
    void start() {
        receiver = OtlpReceiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private static JsonNode model(String generation) throws IOException {
        return new JsonMapper().readTree(MODELS.resolve(generation + ".json").toFile());
    }

    /** A whole run, with content, one that failed, and all metrics of both generations. */
    private void runs() {
        for (String content : List.of("NO_CONTENT", "SPAN_AND_EVENT")) {
            new Lab(state.resolve(content), receiver.environment(OtlpReceiver.Protocol.GRPC))
                    .with("OTEL_SEMCONV_STABILITY_OPT_IN", "gen_ai_dup")
                    .with("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", content).run(ScriptedRun::whole);
        }
    }

    private static String type(Object value) {
        if (value instanceof List<?> list) {
            return list.isEmpty() ? "string[]" : type(list.get(0)) + "[]";
        }
        return value instanceof String ? "string" : value instanceof Long ? "int" : value instanceof Double ? "double"
                : "boolean";
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @ParameterizedTest
    @CsvSource({"older, newer", "newer, older"})
    void everySpanIsAsTheModelSays(String generation, String other) throws Exception {
        runs();
        JsonNode model = model(generation);
        JsonNode both = model(other).path("attributes");
        int checked = 0;
        for (Received.Span span : receiver.spans()) {
            Object operation = span.attribute("gen_ai.operation.name");
            if (operation != null) {
                checked++;
                assertTrue(texts(model.path("operations")).contains(operation), span.name() + ": " + operation);
                JsonNode required = model.path("spans").path(operation + " " + span.kind().toLowerCase(Locale.ROOT));
                assertTrue(required.isArray(), span.name() + ": " + operation + " is not of the kind " + span.kind());
                for (String key : texts(required)) {
                    assertTrue(span.attributes().containsKey(key), span.name() + " lacks " + key);
                }
            }
            for (Map.Entry<String, Object> attribute : span.attributes().entrySet()) {
                String key = attribute.getKey();
                if (key.startsWith("gen_ai.") && !OURS.contains(key)) {
                    JsonNode type = model.path("attributes").has(key) ? model.path("attributes").path(key) : both.path(key);
                    assertTrue(Set.of("any", type(attribute.getValue())).contains(type.asText()), span.name() + ": " + key
                            + " is " + type(attribute.getValue()) + " and not " + type.asText("known"));
                }
            }
        }
        assertTrue(checked > 20, checked + " spans");
    }

    @ParameterizedTest
    @CsvSource({"older", "newer"})
    void everyMetricIsAsTheModelSays(String generation) throws Exception {
        runs();
        Set<String> sent = new TreeSet<>();
        JsonNode model = model(generation).path("metrics");
        for (Received.Point point : receiver.points()) {
            JsonNode metric = model.path(point.metric());
            if (metric.isMissingNode()) {
                continue;
            }
            sent.add(point.metric());
            assertEquals(metric.path("instrument").asText(), point.kind().equals("sum") && point.monotonic() ? "counter"
                    : point.kind(), point.metric());
            assertEquals(metric.path("unit").asText(), point.unit(), point.metric());
            Set<String> keys = new HashSet<>(point.attributes().keySet());
            assertTrue(keys.containsAll(texts(metric.path("required"))), point.metric() + " has " + keys);
            keys.removeAll(texts(metric.path("attributes")));
            assertEquals(Set.of(), keys, point.metric());
        }
        Set<String> expected = new TreeSet<>();
        model.fieldNames().forEachRemaining(expected::add);
        // The judge that is played writes nothing into a cache.
        expected.remove("gen_ai.client.inference.usage.cache_write.input_tokens");
        assertEquals(expected, sent);
    }

    @Test
    void everyGenAiMetricIsInOneOfTheModels() throws Exception {
        runs();
        for (Received.Point point : receiver.points()) {
            assertTrue(!point.metric().startsWith("gen_ai.") || model("older").path("metrics").has(point.metric())
                    || model("newer").path("metrics").has(point.metric()), point.metric());
        }
    }

    @Test
    void pytestGenaiSemconvFindsNoViolation() throws Exception {
        assumeTrue(Files.isExecutable(PYTHON) && run(PYTHON.toString(), "-c", "import pytest_genai_semconv").isEmpty(),
                "pytest-genai-semconv is not installed: run tests/install-otel-sdks.sh");
        runs();
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), MODELS.resolve("compliant.py").toString()));
        for (byte[] request : receiver.traceRequests()) {
            Path file = Files.createTempFile(state, "spans", ".pb");
            Files.write(file, request);
            command.add(file.toString());
        }
        assertEquals("checked " + receiver.spans().stream().filter(span -> span.attribute("gen_ai.operation.name") != null)
                .count() + "\n", run(command.toArray(String[]::new)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? said : said + "exit " + process.exitValue();
    }
}
