package embedded.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.intake.Otlp;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint.ValueAtQuantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Unusual metrics of real senders, and the correct results. */
class MetricCasesTest extends CasesLab {
    private String metrics() throws Exception {
        return engine.get(PortName.METRICS, "/metrics").body();
    }

    /** The lines of one metric, without their labels' common part. */
    private List<String> lines(String name) throws Exception {
        return metrics().lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " ")).toList();
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1).replace("+Inf", "Infinity"));
    }

    private double sum(String name) throws Exception {
        return lines(name).stream().mapToDouble(MetricCasesTest::value).sum();
    }

    /** What the page shows of a metric in steps of 15 s: the values that are not null, over all series. */
    private List<Double> page(String name) throws Exception {
        List<Double> values = new ArrayList<>();
        for (JsonElement series : JsonParser.parseString(engine.get("/api/series?range=900&name=" + name).body())
                .getAsJsonObject().getAsJsonArray("series")) {
            series.getAsJsonObject().getAsJsonArray("values").forEach(value -> {
                if (!value.isJsonNull()) {
                    values.add(value.getAsDouble());
                }
            });
        }
        return values;
    }

    /** The only series of a metric, as the page's API gives it. */
    private JsonObject only(String name) throws Exception {
        JsonArray series = JsonParser.parseString(engine.get("/api/series?range=3600&name=" + name).body())
                .getAsJsonObject().getAsJsonArray("series");
        assertEquals(1, series.size(), series.toString());
        return series.get(0).getAsJsonObject();
    }

    @Test
    void twoProcessesWithOneLabelSetAreOneSum() throws Exception {
        send("m1-two-resources-one-labelset");
        assertEquals(1, lines("m1_jobs_total").size(), metrics());
        assertEquals(7, sum("m1_jobs_total"));
        assertEquals(7, page("m1.jobs").stream().mapToDouble(Double::doubleValue).sum());
    }

    @Test
    void anAttributeThatIsCalledLeIsRenamedAndAllElseStays() throws Exception {
        send("m3-le-attribute");
        for (String line : metrics().lines().filter(line -> line.startsWith("m3")).toList()) {
            assertTrue(line.contains("exported_le=\""), line);
            Matcher le = Pattern.compile("[{,]le=\"").matcher(line);
            assertEquals(line.contains("_bucket{") ? 1 : 0, le.results().count(), line);
        }
    }

    @Test
    void attributesThatAreCalledJobAndInstanceAreKept() throws Exception {
        send("m4-job-instance-attributes");
        assertTrue(lines("m4_runs_total").stream().anyMatch(line -> line.contains("exported_job=\"backup\"")
                && line.contains(",job=\"scheduler\"")), metrics());
        assertEquals(8, sum("m4_runs_total"));
    }

    @Test
    void deltasWithoutTimesAreAddedUpAtTheTimeOfArrival() throws Exception {
        send("m6-delta-without-times");
        assertEquals(12, sum("m6_delta_total"));
        assertEquals(12, page("m6.delta").stream().mapToDouble(Double::doubleValue).sum());
        assertEquals("[\"timeMissing\",\"fromDeltas\"]", only("m6.delta").get("marks").toString());
    }

    @Test
    void aNewStartIsANewStream() throws Exception {
        send("m7-three-short-runs");
        assertEquals(18, sum("m7_files_total"), metrics());
        assertEquals(List.of(5.0, 5.0, 8.0), page("m7.files"));
        String open = engine.get(PortName.METRICS, "/metrics", "Accept", "application/openmetrics-text").body();
        assertEquals(1, open.lines().filter(line -> line.startsWith("m7_files_created{")).count(), open);
        engine.close();
        engine = Running.in(folder);
        assertEquals(18, sum("m7_files_total"), "also after a restart");
        send("m7-three-short-runs");
        assertEquals(36, sum("m7_files_total"), "three more runs");
    }

    @Test
    void exponentialBucketsAreShownByTheirBounds() throws Exception {
        send("m10-exponential-histogram");
        List<String> buckets = lines("m10_latency_seconds_bucket");
        List<String> expected = List.of("le=\"0\"} 1", "le=\"2\"} 5", "le=\"4\"} 8", "le=\"8\"} 10", "le=\"+Inf\"} 10");
        assertEquals(expected, buckets.stream().map(line -> line.substring(line.indexOf("le=\""))).toList());
        assertEquals(22, sum("m10_latency_seconds_sum"));
        assertEquals(10, sum("m10_latency_seconds_count"));
        JsonObject series = only("m10.latency");
        assertEquals("{\"count\":10,\"sum\":22,\"buckets\":[{\"upTo\":0,\"count\":1},{\"upTo\":2,\"count\":5},"
                + "{\"upTo\":4,\"count\":8},{\"upTo\":8,\"count\":10}]}", series.get("distribution").toString());
        double median = numbers(series.getAsJsonArray("median")).get(0);
        assertTrue(median >= 1 && median <= 2, "the fifth of ten lies in the bucket up to 2: " + median);
        double p95 = numbers(series.getAsJsonArray("p95")).get(0);
        assertTrue(p95 > 4 && p95 <= 8, Double.toString(p95));
    }

    private static List<Double> numbers(JsonArray values) {
        List<Double> numbers = new ArrayList<>();
        values.forEach(value -> {
            if (!value.isJsonNull()) {
                numbers.add(value.getAsDouble());
            }
        });
        return numbers;
    }

    @Test
    void quantilesOfASummaryAreTheSendersOwn() throws Exception {
        engine.send(ExportMetricsServiceRequest.newBuilder().addResourceMetrics(ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(Metric.newBuilder().setName("rpc.time")
                        .setSummary(Summary.newBuilder().addDataPoints(SummaryDataPoint.newBuilder().setCount(4).setSum(10)
                                .addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.5).setValue(2.5))
                                .addQuantileValues(ValueAtQuantile.newBuilder().setQuantile(0.99).setValue(7))))))).build());
        assertEquals("{\"count\":4,\"sum\":10,\"quantiles\":[{\"share\":0.5,\"value\":2.5},{\"share\":0.99,\"value\":7}]}",
                only("rpc.time").get("distribution").toString());
        assertEquals("[\"timeMissing\",\"startUnknown\"]", only("rpc.time").get("marks").toString());
    }

    private static NumberDataPoint.Builder point(double secondsFromNow, long value) {
        long now = System.currentTimeMillis();
        return NumberDataPoint.newBuilder().setTimeUnixNano((now + (long) (secondsFromNow * 1000)) * 1_000_000).setAsInt(value);
    }

    private void sendFrom(String host, Metric... metrics) throws Exception {
        engine.send(ExportMetricsServiceRequest.newBuilder().addResourceMetrics(ResourceMetrics.newBuilder()
                .setResource(Otlp.resource("service.name", "s", "host.name", host))
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics)))).build());
    }

    private static Metric sum(String name, String unit, boolean monotonic, NumberDataPoint.Builder point) {
        return Metric.newBuilder().setName(name).setUnit(unit).setSum(Sum.newBuilder().setIsMonotonic(monotonic)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE).addDataPoints(point)).build();
    }

    private static Metric gauge(String name, NumberDataPoint.Builder point) {
        return Metric.newBuilder().setName(name).setGauge(Gauge.newBuilder().addDataPoints(point)).build();
    }

    @Test
    void seriesOfOneNameAndOtherKindOrUnitStandApartOnThePage() throws Exception {
        sendFrom("one", sum("same", "s", true, point(-1, 1)), sum("same", "ms", true, point(-1, 2)), gauge("same", point(-1, 9)));
        assertEquals(List.of(1.0, 2.0, 9.0), page("same").stream().sorted().toList());
    }

    @Test
    void levelsOfTwoProcessesAreAddedUpAndGaugesAreToldApart() throws Exception {
        for (String host : List.of("one", "two")) {
            sendFrom(host, sum("open", "", false, point(-1, 2)), gauge("level", point(-1, 3)));
        }
        // A level counts on until it has expired: in another step too, when one begins meanwhile.
        assertEquals(Set.of(4.0), Set.copyOf(page("open")));
        assertEquals(4, sum("open"));
        assertEquals(List.of(3.0, 3.0), page("level"));
        assertEquals(2, lines("level").size());
    }

    /** Both times were taken before the first was sent, so that the second lies before the first one's arrival. */
    @Test
    void aPointFromTheFutureDoesNotHoldASeries() throws Exception {
        NumberDataPoint.Builder future = point(86_400, 3);
        NumberDataPoint.Builder now = point(-2, 5);
        sendFrom("one", sum("late", "", true, future), gauge("g", future));
        sendFrom("one", sum("late", "", true, now), gauge("g", now));
        assertEquals(5, sum("late_total"));
        assertEquals(5, page("late").stream().mapToDouble(Double::doubleValue).sum());
        assertEquals(5, sum("g"));
        // What is less was counted before: it is history.
        sendFrom("one", sum("late", "", true, point(-30, 2)));
        assertEquals(5, sum("late_total"));
    }

    @Test
    void aDeltaThatIsSentAgainAfterAnotherCountsOnce() throws Exception {
        for (int[] delta : new int[][] {{-20, 2}, {-40, 3}, {-20, 2}, {-40, 3}}) {
            long end = 1_000_000_000L * (System.currentTimeMillis() / 100_000 * 100 + delta[0]);
            engine.send(ExportMetricsServiceRequest.newBuilder().addResourceMetrics(ResourceMetrics.newBuilder()
                    .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(Metric.newBuilder().setName("again").setSum(Sum.newBuilder()
                            .setIsMonotonic(true).setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                            .addDataPoints(NumberDataPoint.newBuilder().setStartTimeUnixNano(end - 10_000_000_000L)
                                    .setTimeUnixNano(end).setAsInt(delta[1])))))).build());
        }
        assertEquals(5, sum("again_total"));
    }

    @Test
    void noSumIsNoSum() throws Exception {
        send("m12-histogram-without-sum");
        assertTrue(metrics().contains("m12"), metrics());
        assertFalse(metrics().lines().anyMatch(line -> line.startsWith("m12") && line.contains("_sum")), metrics());
        String catalog = engine.get("/api/metrics").body();
        String name = JsonParser.parseString(catalog).getAsJsonArray().get(0).getAsJsonObject().get("name").getAsString();
        assertTrue(only(name).getAsJsonObject("distribution").get("sum").isJsonNull(), catalog);
    }

    @Test
    void aNumberThatIsNoneStaysNone() throws Exception {
        send("m13-gauge-nan");
        assertTrue(metrics().lines().anyMatch(line -> line.startsWith("m13") && line.endsWith(" NaN")), metrics());
        assertEquals(List.of(0.75), page("m13.ratio"), "a gap, and no zero");
        assertEquals(1, only("m13.ratio").get("notFinite").getAsInt(), "and it is said that there was a point");
        engine.close();
        engine = Running.in(folder);
        assertTrue(metrics().lines().anyMatch(line -> line.startsWith("m13") && line.endsWith(" NaN")), "stored so");
    }

    @Test
    void whateverMetricsAreCalledEverySeriesIsThereOnce() throws Exception {
        send("m14-type-conflict");
        String text = metrics();
        List<Double> gauges = text.lines().filter(line -> !line.startsWith("#") && !line.startsWith("target_info"))
                .filter(line -> !line.contains("_bucket{") && !line.contains("_sum{") && !line.contains("_count{"))
                .map(MetricCasesTest::value).sorted().toList();
        assertEquals(List.of(1.0, 2.0, 3.0, 9.0, 20.0, 60.0), gauges, text);
        assertTrue(text.lines().anyMatch(line -> line.contains("_bucket{") && line.contains("le=\"1\"")), text);
        assertEquals(List.of(20.0), text.lines().filter(line -> line.startsWith("U___6e29__5ea6___celsius{"))
                .map(MetricCasesTest::value).toList(), text);
    }
}
