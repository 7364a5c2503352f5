package embedded.intake;

import static embedded.intake.Otlp.attribute;
import static embedded.intake.Otlp.resource;
import static embedded.intake.Otlp.span;
import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import embedded.Signal;
import embedded.Values;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long names, labels and resources may be: what is remembered of a sender, and what stands in lists, has a size. */
class SenderLimitsTest {
    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    @TempDir
    static Path folder;
    private static Running engine;

    @BeforeAll
    static void start() throws Exception {
        engine = Running.in(folder);
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static Metric gauge(String name, NumberDataPoint.Builder point) {
        long now = System.currentTimeMillis() * 1_000_000;
        return Metric.newBuilder().setName(name).setGauge(Gauge.newBuilder().addDataPoints(point.setTimeUnixNano(now)
                .setAsInt(7))).build();
    }

    private static String partial(List<Metric> metrics) throws Exception {
        HttpResponse<byte[]> answer = engine.post(Signal.METRICS, Running.PROTOBUF,
                Otlp.metrics(resource("service.name", "s"), metrics).toByteArray());
        assertEquals(200, answer.statusCode());
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void refusesAPointWithLabelsOfMegabytesAndTakesItsNeighbours() throws Exception {
        String told = partial(List.of(
                gauge("wide", NumberDataPoint.newBuilder().addAttributes(attribute("path", "x".repeat(5 << 20)))),
                gauge("neighbour.a", NumberDataPoint.newBuilder())));
        assertTrue(told.contains("the attributes of a point may have up to 65536 characters: wide"), told);
        assertTrue(engine.get(PortName.METRICS, "/metrics").body().contains("neighbour_a"));
    }

    @Test
    void refusesAMetricWhoseNameIsNoName() throws Exception {
        String told = partial(List.of(gauge("n".repeat(2000), NumberDataPoint.newBuilder()),
                gauge("neighbour.b", NumberDataPoint.newBuilder())));
        assertTrue(told.contains("the name and the unit of a metric may have up to 1000 characters"), told);
        assertTrue(engine.get(PortName.METRICS, "/metrics").body().contains("neighbour_b"));
    }

    @Test
    void refusesAResourceOfMegabytes() throws Exception {
        HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.PROTOBUF, traces(resource("service.name", "s", "env",
                "x".repeat(2 << 20)), List.of(span(TRACE, "00f067aa0ba90209", "x", 1, 2).build())).toByteArray());
        assertEquals(413, answer.statusCode());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("a resource or a scope may have up to 1048576"),
                new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void keepsASpanWithANameOfMegabytesAndListsItByItsBeginning() throws Exception {
        String name = "n".repeat(3 << 20);
        engine.send(traces(resource("service.name", "s".repeat(5000)), List.of(span(TRACE, "00f067aa0ba90201", name, 1, 2)
                .build())));
        var listed = JsonParser.parseString(engine.get("/api/traces?text=" + TRACE).body()).getAsJsonArray().get(0)
                .getAsJsonObject();
        assertEquals("n".repeat(Values.NAME_CHARS) + "…", listed.get("name").getAsString());
        assertEquals("s".repeat(Values.NAME_CHARS) + "…", listed.get("service").getAsString());
        assertTrue(engine.get("/api/traces/" + TRACE).body().contains(name), "stored as it was sent");
    }

    @Test
    void givesATextOfManyPiecesWhole() throws Exception {
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            metrics.add(gauge("piece." + i, NumberDataPoint.newBuilder().addAttributes(attribute("label", "x".repeat(5000)))));
        }
        assertEquals("", partial(metrics));
        String text = engine.get(PortName.METRICS, "/metrics").body();
        for (int i = 0; i < 300; i++) {
            assertTrue(text.contains("\npiece_" + i + "{job=\"s\",label=\""), "piece " + i);
        }
        assertTrue(text.endsWith("\n"));
        assertEquals(0, JsonParser.parseString(engine.get("/api/health").body()).getAsJsonObject().get("seriesLeftOut").getAsInt());
    }

    @Test
    void refusesTextThatIsNoUtf8() throws Exception {
        byte[] json = "{\"resourceSpans\":[{\"schemaUrl\":\"?\"}]}".getBytes(StandardCharsets.UTF_8);
        json[json.length - 5] = (byte) 0xff;
        assertEquals(400, engine.post(Signal.TRACES, Running.JSON, json).statusCode());
    }

    @Test
    void readsAFieldOfWhichEveryNameIsNewAndANumberOfManyDigitsInTimeByItsLength() throws Exception {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            json.append("\"f").append(i).append("\":").append(i).append(',');
        }
        json.append("\"resourceSpans\":[]}");
        assertEquals(200, engine.post(Signal.TRACES, Running.JSON, json.toString().getBytes(StandardCharsets.UTF_8)).statusCode());
        String digits = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"" + "9".repeat(5 << 20)
                + "\"}]}]}]}";
        HttpResponse<byte[]> answer = engine.post(Signal.TRACES, Running.JSON, digits.getBytes(StandardCharsets.UTF_8));
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().length < 1000, "it is not repeated whole");
    }
}
