package backends;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** MLflow's tracking server. Of spans that lie within each other it counts the outer one's tokens, and has prices of its own. */
final class Mlflow extends Backend {
    private static final String SEARCH = "{\"locations\":[{\"type\":\"MLFLOW_EXPERIMENT\",\"mlflow_experiment\":{\"experiment_id\":"
            + "\"0\"}}],\"max_results\":100}";

    private Mlflow(int port, Path program, Path folder) throws IOException {
        super(port, List.of(program.toString(), "server", "--host", "127.0.0.1", "--port", Integer.toString(port),
                "--backend-store-uri", "sqlite:///" + folder.resolve("mlflow.db"), "--workers", "1"),
                Map.of("MLFLOW_DISABLE_TELEMETRY", "true", "DO_NOT_TRACK", "true"), folder.resolve("mlflow.log"));
    }

    static Mlflow start(Path program, Path folder) throws IOException, InterruptedException {
        Mlflow mlflow = new Mlflow(freePort(), program, folder);
        mlflow.awaitStart();
        return mlflow;
    }

    @Override
    String name() {
        return "MLflow";
    }

    @Override
    String health() {
        return "/health";
    }

    @Override
    List<String> headers() {
        return List.of("x-mlflow-experiment-id", "0");
    }

    @Override
    Optional<Shown> shown(String session) throws IOException, InterruptedException {
        for (JsonNode trace : post("/api/3.0/mlflow/traces/search", SEARCH).path("traces")) {
            JsonNode about = trace.path("trace_metadata");
            if (about.path("mlflow.trace.session").asText().equals(session)) {
                JsonNode spans = get("/ajax-api/3.0/mlflow/get-trace-artifact?request_id=" + trace.path("trace_id").asText())
                        .path("spans");
                return Optional.of(shown(about, spans));
            }
        }
        return Optional.empty();
    }

    private static Shown shown(JsonNode about, JsonNode spans) throws IOException {
        Map<String, String> kinds = new TreeMap<>();
        String status = "";
        String evidence = "";
        for (JsonNode span : spans) {
            JsonNode attributes = span.path("attributes");
            kinds.put(span.path("name").asText(), text(attributes, "mlflow.spanType"));
            if (span.path("name").asText().equals("pa.run_task")) {
                status = text(attributes, "pa.status");
                evidence = text(attributes, "pa.evidence.level");
            }
        }
        JsonNode tokens = parsed(about.path("mlflow.trace.tokenUsage").asText("{}"));
        JsonNode cost = parsed(about.path("mlflow.trace.cost").asText("{}")).path("total_cost");
        return new Shown(tokens.path("input_tokens").asLong(), tokens.path("output_tokens").asLong(),
                cost.isNumber() && cost.asDouble() > 0 ? Optional.of(cost.asDouble()) : Optional.empty(), status, evidence, kinds);
    }

    /** Values of attributes are JSON within JSON. */
    private static String text(JsonNode attributes, String key) throws IOException {
        return attributes.has(key) ? parsed(attributes.path(key).asText()).asText() : "";
    }
}
