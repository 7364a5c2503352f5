package embedded.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares what an SDK says that it has sent with what the page's API shows and with what Prometheus answers. The names and
 * labels in Prometheus are written down here, and not taken from the code that makes them.
 */
final class ThreePlaces {
    private static final JsonMapper JSON = new JsonMapper();
    /** Sums of doubles, added up in another order. */
    private static final double EXACT = 1e-9;
    private static final Map<String, String> UNITS = Map.of("", "", "s", "_seconds", "By", "_bytes");
    private static final Map<String, String> LABELS = Map.of("k", "k", "a.dotted.key", "a_dotted_key", "le", "exported_le", "job",
            "exported_job", "instance", "exported_instance", "quantile", "exported_quantile");

    private final Running engine;
    private final Optional<URI> prometheus;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> differences = new ArrayList<>();
    private int compared;

    ThreePlaces(Running engine, Optional<URI> prometheus) {
        this.engine = engine;
        this.prometheus = prometheus;
    }

    /** What is not the same everywhere, a sentence each. */
    List<String> differences() {
        return differences;
    }

    /** How many points, spans and log records were compared. */
    int compared() {
        return compared;
    }

    /** @param sent as the scripts of {@code sdk/} print it */
    void compare(String sent) throws IOException, InterruptedException {
        JsonNode said = JSON.readTree(sent);
        Map<String, List<JsonNode>> byName = new TreeMap<>();
        said.path("points").forEach(point -> byName.computeIfAbsent(point.path("name").asText(), n -> new ArrayList<>())
                .add(point));
        for (Map.Entry<String, List<JsonNode>> metric : byName.entrySet()) {
            onThePage(metric.getKey(), metric.getValue());
            if (prometheus.isPresent()) {
                inPrometheus(metric.getKey(), metric.getValue());
            }
        }
        for (JsonNode span : said.path("spans")) {
            span(span);
        }
        logs(said);
    }

    private static SortedMap<String, String> texts(JsonNode object) {
        SortedMap<String, String> texts = new TreeMap<>();
        object.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private void onThePage(String name, List<JsonNode> points) throws IOException, InterruptedException {
        Map<SortedMap<String, String>, JsonNode> shown = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        JSON.readTree(engine.get("/api/series?range=3600&name=" + name).body()).path("series")
                .forEach(series -> shown.put(texts(series.path("attributes")), series));
        equal(name + " on the page: number of series", points.size(), shown.size());
        for (JsonNode point : points) {
            JsonNode series = shown.get(texts(point.path("attributes")));
            String what = name + point.path("attributes") + " on the page";
            if (series == null) {
                differences.add(what + " is not there");
                continue;
            }
            compared++;
            double growth = 0;
            double last = Double.NaN;
            for (JsonNode value : series.path("values")) {
                growth += value.asDouble(0);
                last = value.isNull() ? last : value.asDouble();
            }
            switch (point.path("kind").asText()) {
                case "counter" -> close(what, point.path("value").asDouble(), growth);
                case "histogram" -> {
                    close(what + ", count", point.path("count").asDouble(), growth);
                    close(what + ", sum", point.path("value").asDouble(), series.at("/distribution/sum").asDouble());
                }
                default -> close(what, point.path("value").asDouble(), last);
            }
        }
    }

    private void inPrometheus(String name, List<JsonNode> points) throws IOException, InterruptedException {
        String kind = points.get(0).path("kind").asText();
        String metric = name.replace('.', '_') + UNITS.get(points.get(0).path("unit").asText());
        if (kind.equals("histogram")) {
            inPrometheus(metric + "_count", points, "count");
            inPrometheus(metric + "_sum", points, "value");
        } else {
            inPrometheus(kind.equals("counter") ? metric + "_total" : metric, points, "value");
        }
    }

    private void inPrometheus(String metric, List<JsonNode> points, String field) throws IOException, InterruptedException {
        Map<String, List<Double>> answered = new TreeMap<>();
        for (JsonNode result : ask(metric).at("/data/result")) {
            SortedMap<String, String> labels = texts(result.path("metric"));
            labels.keySet().removeIf(label -> label.equals("__name__") || label.equals("job") || label.equals("instance")
                    || label.startsWith("service_") || label.startsWith("otel_"));
            answered.computeIfAbsent(labels.toString(), l -> new ArrayList<>())
                    .add(Double.valueOf(result.path("value").path(1).asText()));
        }
        boolean adds = !points.get(0).path("kind").asText().equals("gauge");
        Map<String, List<Double>> sent = new TreeMap<>();
        for (JsonNode point : points) {
            SortedMap<String, String> labels = new TreeMap<>();
            // Prometheus has no label without a value.
            texts(point.path("attributes")).forEach((key, value) -> {
                if (!value.isEmpty()) {
                    labels.put(LABELS.get(key), value);
                }
            });
            List<Double> values = sent.computeIfAbsent(labels.toString(), l -> new ArrayList<>());
            // What has the same labels there is one sum, or is told apart.
            double before = adds && !values.isEmpty() ? values.remove(0) : 0;
            values.add(before + point.path(field).asDouble());
        }
        equal(metric + " in Prometheus: labels", sent.keySet(), answered.keySet());
        sent.forEach((labels, values) -> {
            List<Double> there = answered.getOrDefault(labels, List.of());
            values.sort(null);
            there = there.stream().sorted().collect(Collectors.toList());
            equal(metric + labels + " in Prometheus: series", values.size(), there.size());
            for (int i = 0; i < Math.min(values.size(), there.size()); i++) {
                compared++;
                close(metric + labels + " in Prometheus", values.get(i), there.get(i));
            }
        });
    }

    /** The last sample of each series of a metric, as of now. */
    private JsonNode ask(String metric) throws IOException, InterruptedException {
        return JSON.readTree(client.send(HttpRequest.newBuilder(prometheus.orElseThrow().resolve("/api/v1/query?query="
                + URLEncoder.encode(metric, StandardCharsets.UTF_8))).build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private void span(JsonNode sent) throws IOException, InterruptedException {
        compared++;
        JsonNode trace = JSON.readTree(engine.get("/api/traces/" + sent.path("trace").asText()).body());
        JsonNode span = trace.at("/resourceSpans/0/scopeSpans/0/spans/0");
        String what = "span " + sent.path("span").asText();
        equal(what + ": id", sent.path("span").asText(), span.path("spanId").asText());
        equal(what + ": name", sent.path("name").asText(), span.path("name").asText());
        equal(what + ": events", sent.path("events").asInt(), span.path("events").size());
        equal(what + ": links", sent.path("links").asInt(), span.path("links").size());
        Map<String, JsonNode> attributes = new TreeMap<>();
        span.path("attributes").forEach(attribute -> attributes.put(attribute.path("key").asText(), attribute.path("value")));
        JsonNode whole = attributes.getOrDefault("i", JSON.createObjectNode());
        equal(what + ": int", sent.path("int").asText(), whole.has("intValue") ? whole.path("intValue").asText()
                : new java.math.BigDecimal(whole.path("doubleValue").asText("0")).toBigInteger().toString());
        equal(what + ": double", sent.path("double").asDouble(), attributes.get("d").path("doubleValue").asDouble());
        equal(what + ": boolean", sent.path("bool").asBoolean(), attributes.get("b").path("boolValue").asBoolean());
        equal(what + ": text", sent.path("text").asText(), attributes.get("s").path("stringValue").asText());
    }

    private void logs(JsonNode said) throws IOException, InterruptedException {
        List<String> shown = new ArrayList<>();
        JsonNode answer = JSON.readTree(engine.get("/api/logs?limit=200&service=" + said.path("service").asText()).body());
        answer.findValues("logRecords").forEach(records -> records.forEach(record -> shown.add(record.at("/body/stringValue").asText())));
        List<String> sent = new ArrayList<>();
        said.path("logs").forEach(body -> sent.add(body.asText()));
        compared += sent.size();
        equal(said.path("service").asText() + ": log records", sent.stream().sorted().collect(Collectors.toList()),
                shown.stream().sorted().collect(Collectors.toList()));
    }

    private void close(String what, double expected, double shown) {
        if (!(Math.abs(expected - shown) <= EXACT * Math.max(1, Math.abs(expected)))) {
            differences.add(what + " is " + shown + " instead of " + expected);
        }
    }

    private void equal(String what, Object expected, Object shown) {
        if (!Objects.equals(expected, shown)) {
            differences.add(what + " is " + shown + " instead of " + expected);
        }
    }

    /** How a Prometheus is to scrape the engine. */
    String configuration() {
        return "global: {scrape_interval: 1s}\nscrape_configs:\n- job_name: engine\n  honor_labels: true\n"
                + "  static_configs: [{targets: ['127.0.0.1:" + engine.port(PortName.METRICS) + "']}]\n";
    }
}
