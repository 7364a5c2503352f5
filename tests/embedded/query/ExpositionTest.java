package embedded.query;

import static embedded.intake.Otlp.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import contract.Metrics;
import contract.Prometheus;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.intake.Otlp;
import embedded.model.MetricKind;
import embedded.page.PaRuns;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The text for Prometheus on 8889. */
class ExpositionTest {
    private static final Resource RESOURCE = Otlp.resource("service.name", "agentproxy", "service.namespace", "ada.demo",
            "service.instance.id", "i-1", "host.name", "h");

    @TempDir
    Path folder;

    static Stream<contract.Metric> contractMetrics() {
        return Metrics.all().stream();
    }

    @ParameterizedTest
    @MethodSource("contractMetrics")
    void namesEveryMetricOfTheContractAsTheContractSays(contract.Metric metric) {
        MetricKind kind = metric.kind() == contract.Metric.Kind.HISTOGRAM ? MetricKind.HISTOGRAM : MetricKind.SUM;
        assertEquals(Prometheus.name(metric), PrometheusNames.metric(metric.name(), metric.unit(), kind,
                metric.kind() == contract.Metric.Kind.COUNTER));
    }

    @ParameterizedTest
    @CsvSource({
        "http.server.request.duration, s, HISTOGRAM, true, http_server_request_duration_seconds",
        "process.memory.usage, By, SUM, false, process_memory_usage_bytes",
        "system.cpu.utilization, 1, GAUGE, false, system_cpu_utilization_ratio",
        "requests_total, 1, SUM, true, requests_total",
        "disk.io, By/s, GAUGE, false, disk_io_bytes_per_second",
        "2xx.responses, {response}, SUM, true, _2xx_responses_total",
        "a..b//c, '', GAUGE, false, a_b_c"})
    void followsTheRulesOfTheSpecification(String name, String unit, MetricKind kind, boolean monotonic, String expected) {
        assertEquals(expected, PrometheusNames.metric(name, unit, kind, monotonic));
    }

    private static Metric sum(String name, boolean delta, long value, long start, long time) {
        return Metric.newBuilder().setName(name).setUnit("1").setSum(Sum.newBuilder().setIsMonotonic(true)
                .setAggregationTemporality(delta ? AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA
                        : AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(NumberDataPoint.newBuilder().setAsInt(value).setStartTimeUnixNano(start).setTimeUnixNano(time)
                        .addAttributes(attribute("kind", "a \"b\"\n\\c")))).build();
    }

    private static long now() {
        return System.currentTimeMillis() * 1_000_000;
    }

    @Test
    void showsSeriesWithLabelsOfTheirSender() throws Exception {
        try (Running engine = Running.in(folder)) {
            long now = now();
            engine.send(Otlp.metrics(RESOURCE, List.of(sum("my.counter", false, 7, now - 10, now))));
            HttpResponse<String> answer = engine.get(PortName.METRICS, "/metrics");
            assertEquals(Exposition.TEXT, answer.headers().firstValue("Content-Type").orElseThrow());
            String text = answer.body();
            assertTrue(text.contains("# TYPE my_counter_total counter\n"), text);
            assertTrue(text.contains("my_counter_total{instance=\"i-1\",job=\"ada.demo/agentproxy\","
                    + "kind=\"a \\\"b\\\"\\n\\\\c\","
                    + "otel_scope_name=\"test\",service_instance_id=\"i-1\",service_name=\"agentproxy\","
                    + "service_namespace=\"ada.demo\"} 7\n"), text);
            assertTrue(text.contains("target_info{host_name=\"h\",instance=\"i-1\",job=\"ada.demo/agentproxy\"} 1\n"), text);
            String page = engine.get("/api/series?range=3600&name=my.counter").body();
            assertTrue(page.contains("7"), page);
        }
    }

    @Test
    void addsDeltasUpOnceEachAlsoOverARestart() throws Exception {
        long t = now();
        try (Running engine = Running.in(folder)) {
            engine.send(Otlp.metrics(RESOURCE, List.of(sum("d", true, 5, t, t + 10))));
            engine.send(Otlp.metrics(RESOURCE, List.of(sum("d", true, 3, t + 10, t + 20))));
            engine.send(Otlp.metrics(RESOURCE, List.of(sum("d", true, 3, t + 10, t + 20)))); // a retry
            assertTrue(engine.get(PortName.METRICS, "/metrics").body().contains("} 8\n"));
        }
        try (Running engine = Running.in(folder)) {
            assertTrue(engine.get(PortName.METRICS, "/metrics").body().contains("} 8\n"), "brought back");
            engine.send(Otlp.metrics(RESOURCE, List.of(sum("d", true, 2, t + 20, t + 30))));
            assertTrue(engine.get(PortName.METRICS, "/metrics").body().contains("} 10\n"), "continued");
        }
    }

    @Test
    void keepsGaugesAndExponentialHistograms() throws Exception {
        try (Running engine = Running.in(folder)) {
            long now = now();
            engine.send(Otlp.metrics(RESOURCE, List.of(
                    Metric.newBuilder().setName("temperature").setUnit("Cel").setGauge(Gauge.newBuilder().addDataPoints(
                            NumberDataPoint.newBuilder().setAsDouble(-1.5).setTimeUnixNano(now))).build(),
                    Metric.newBuilder().setName("exp").setUnit("s").setExponentialHistogram(ExponentialHistogram.newBuilder()
                            .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                            .addDataPoints(ExponentialHistogramDataPoint.newBuilder().setCount(4).setSum(2.5)
                                    .setTimeUnixNano(now))).build())));
            String text = engine.get(PortName.METRICS, "/metrics").body();
            assertTrue(text.contains("temperature_celsius{") && text.contains("} -1.5\n"), text);
            assertTrue(text.contains("exp_seconds_count{") && text.contains("} 4\n") && text.contains("} 2.5\n"), text);
        }
    }

    @Test
    void givesHistogramsAndExemplarsInBothFormats() throws Exception {
        try (Running engine = Running.in(folder)) {
            PaRuns run = PaRuns.run(1, now() - 60_000_000_000L, "completed", 2, false);
            run.sendTo(engine);
            String plain = engine.get(PortName.METRICS, "/metrics").body();
            assertTrue(plain.contains("agentproxy_task_duration_seconds_bucket{") && plain.contains("le=\"+Inf\"} 1\n"),
                    plain);
            assertFalse(plain.contains("trace_id"), "the old format knows no exemplars");
            String open = engine.get(PortName.METRICS, "/metrics", "Accept", "application/openmetrics-text;version=1.0.0")
                    .body();
            assertTrue(open.endsWith("# EOF\n"), open);
            assertTrue(open.contains("# {trace_id=\"" + run.traceId + "\""), open);
            assertTrue(open.contains("# TYPE agentproxy_tasks_completed counter"), open);
        }
    }

    @Test
    void isAcceptedByPrometheusOwnLinter() throws Exception {
        Path promtool = Stream.of(System.getenv("PATH").split(":")).map(p -> Path.of(p, "promtool"))
                .filter(Files::isExecutable)
                .findFirst().orElse(null);
        assumeTrue(promtool != null, "promtool (Debian package prometheus) is not installed");
        try (Running engine = Running.in(folder)) {
            for (PaRuns run : PaRuns.day(3, now())) {
                run.sendTo(engine);
            }
            Process process = new ProcessBuilder(promtool.toString(), "check", "metrics").redirectErrorStream(true).start();
            process.getOutputStream().write(engine.get(PortName.METRICS, "/metrics").body().getBytes());
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes());
            process.waitFor();
            assertFalse(said.contains("error while linting") || said.contains("parsing"), said);
        }
    }
}
