package containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import services.StackPort;

/** Sends telemetry to a stack like any application, as OTLP/JSON over HTTP, and queries Tempo and Prometheus. */
final class OtlpClient {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SEARCHED = 100_000;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final StackLab lab;
    private final String service;

    /** @param service the name under which all of this is sent */
    OtlpClient(StackLab lab, String service) {
        this.lab = lab;
        this.service = service;
    }

    String service() {
        return service;
    }

    static String id(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** Sends one span for each of these traces, each with an attribute of this text. Returns whether it was acknowledged. */
    boolean spans(List<String> traces, String prompt) {
        return spans(traces, prompt, Instant.now());
    }

    /** Sends the one span of this trace, which ended then. */
    boolean spanEnded(String trace, Instant end) {
        return spans(List.of(trace), "x", end);
    }

    private boolean spans(List<String> traces, String prompt, Instant end) {
        long now = end.toEpochMilli() * 1_000_000;
        List<String> spans = new ArrayList<>();
        for (String trace : traces) {
            spans.add("{\"traceId\":\"" + trace + "\",\"spanId\":\"" + id(8) + "\",\"name\":\"chat\",\"kind\":3,"
                    + "\"startTimeUnixNano\":\"" + (now - 10_000_000) + "\",\"endTimeUnixNano\":\"" + now + "\","
                    + "\"attributes\":[" + attribute("prompt", prompt) + "," + attribute("peer.service", "model") + "]}");
        }
        return post("traces", "{\"resourceSpans\":[{" + resource() + ",\"scopeSpans\":[{\"spans\":["
                + String.join(",", spans) + "]}]}]}");
    }

    /** Sends the state of a counter that was zero at the beginning. */
    boolean counter(String name, long value) {
        return counter(name, value, "");
    }

    /** Sends the state of a counter with an attribute of this text, which may be long; without one when it is empty. */
    boolean counter(String name, long value, String text) {
        return metric("\"name\":\"" + name + "\",\"sum\":{\"aggregationTemporality\":2,\"isMonotonic\":true,\"dataPoints\":"
                + "[{" + (text.isEmpty() ? "" : "\"attributes\":[" + attribute("text", text) + "],") + "\"asInt\":\"" + value
                + "\"," + times() + "}]}");
    }

    /** Sends a histogram of one observation that points to this trace. */
    boolean histogram(String name, double seconds, String trace) {
        return metric("\"name\":\"" + name + "\",\"unit\":\"s\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":"
                + "[{\"count\":\"1\",\"sum\":" + seconds + ",\"explicitBounds\":[0.1,10],\"bucketCounts\":[\"0\",\"1\",\"0\"],"
                + times() + ",\"exemplars\":[{\"timeUnixNano\":\"" + System.currentTimeMillis() + "000000\",\"asDouble\":"
                + seconds + ",\"traceId\":\"" + trace + "\",\"spanId\":\"" + id(8) + "\"}]}]}");
    }

    boolean log(String text) {
        return post("logs", "{\"resourceLogs\":[{" + resource() + ",\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\""
                + System.currentTimeMillis() + "000000\",\"body\":{\"stringValue\":\"" + text + "\"}}]}]}]}");
    }

    /** The traces of this service that a search finds, each with how many of its spans match. */
    Map<String, Integer> search() {
        long now = System.currentTimeMillis() / 1000;
        JsonNode found = get(StackPort.TEMPO, "/api/search?limit=" + SEARCHED + "&start=" + (now - 600) + "&end=" + (now + 60)
                + "&q=" + encode("{ resource.service.name = \"" + service + "\" }"));
        Map<String, Integer> traces = new HashMap<>();
        found.path("traces").forEach(trace -> traces.put("0".repeat(32 - trace.path("traceID").asText().length())
                + trace.path("traceID").asText(), trace.path("spanSet").path("matched").asInt()));
        return traces;
    }

    /** Whether Tempo has a trace of this id. */
    boolean hasTrace(String id) {
        return send(HttpRequest.newBuilder(uri(StackPort.TEMPO, "/api/traces/" + id))).statusCode() == 200;
    }

    /** The values of a PromQL query; empty as well while Prometheus does not answer. */
    List<Double> query(String promql) {
        List<Double> values = new ArrayList<>();
        get(StackPort.PROMETHEUS, "/api/v1/query?query=" + encode(promql)).path("data").path("result")
                .forEach(series -> values.add(series.path("value").path(1).asDouble()));
        return values;
    }

    /** A page as JSON; empty while it does not answer. */
    JsonNode get(StackPort port, String path) {
        try {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(port, path)));
            return answer.statusCode() == 200 ? json.readTree(answer.body()) : json.createObjectNode();
        } catch (UncheckedIOException | IOException e) {
            return json.createObjectNode();
        }
    }

    private boolean metric(String metric) {
        return post("metrics", "{\"resourceMetrics\":[{" + resource() + ",\"scopeMetrics\":[{\"metrics\":[{" + metric
                + "}]}]}]}");
    }

    private boolean post(String signal, String body) {
        try {
            return send(HttpRequest.newBuilder(uri(StackPort.OTLP_HTTP, "/v1/" + signal))
                    .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)))
                    .statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(StackPort port, String path) {
        return URI.create("http://127.0.0.1:" + lab.port(port) + path);
    }

    private String resource() {
        return "\"resource\":{\"attributes\":[" + attribute("service.name", service) + ","
                + attribute("service.instance.id", service + "-1") + "]}";
    }

    private static String times() {
        long now = System.currentTimeMillis();
        return "\"startTimeUnixNano\":\"" + (now - 600_000) + "000000\",\"timeUnixNano\":\"" + now + "000000\"";
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
