package embedded.query;

import static embedded.intake.Otlp.attribute;

import embedded.intake.Otlp;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Metrics as nobody would send them on purpose: names, labels, kinds, units and values from a small, nasty set. */
public final class RandomMetrics {
    private static final String[] NAMES = {"a", "a.total", "a_total", "a.bucket", "a.count", "a.sum", "a.created", "a.info",
        "target", "target.info", "温度", "湿度", "naïve.latency", "2xx", "_x", "__x", "a b", "a:b", "...", "😀", "a.seconds",
        "a_ratio", "Ünit", "a__b"};
    private static final String[] UNITS = {"", "1", "s", "By", "{call}", "By/s", "%", "µs", "Cel"};
    private static final String[] KEYS = {"le", "quantile", "job", "instance", "__name__", "k", "k.", "k_", "K", "otel.scope.name",
        "otel_scope_version", "ключ", "1st", "", "service.name", "otel_series", "a..b", "a_b", "exported_job"};
    private static final String[] VALUES = {"", "x", "a\"b", "back\\slash", "line\nbreak", "\r", "值", "1", "+Inf", "\u0000"};
    private static final double[] NUMBERS = {0, -0.0, 1, -1, 0.1, 1e300, -1e300, 1e-300, Double.NaN,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 9007199254740993.0, 3};

    private double[] numbers = NUMBERS;
    private final Random random;
    private final long now;

    public RandomMetrics(long seed, long nowNanos) {
        random = new Random(seed);
        now = nowNanos;
    }

    /** Without numbers that no sum survives: infinite ones, and those beside which all others vanish. */
    public RandomMetrics ofOrdinaryNumbers() {
        numbers = new double[] {0, 1, 0.125, 3, 7.5, 40};
        return this;
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private double number() {
        return numbers[random.nextInt(numbers.length)];
    }

    private List<KeyValue> attributes() {
        List<KeyValue> attributes = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            attributes.add(attribute(any(KEYS), any(VALUES)));
        }
        return attributes;
    }

    public ExportMetricsServiceRequest request() {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        for (int r = 1 + random.nextInt(3); r > 0; r--) {
            ResourceMetrics.Builder resource = ResourceMetrics.newBuilder().setResource(random.nextInt(4) == 0
                    ? Otlp.resource() : Otlp.resource("service.name", any(VALUES), "process.pid", random.nextInt(3),
                    "agentproxy.role", any(VALUES)));
            ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setSchemaUrl(any(VALUES)).setScope(
                    InstrumentationScope.newBuilder().setName(any(VALUES)).setVersion(any(VALUES)).addAllAttributes(attributes()));
            for (int m = 1 + random.nextInt(12); m > 0; m--) {
                scope.addMetrics(metric());
            }
            request.addResourceMetrics(resource.addScopeMetrics(scope));
        }
        return request.build();
    }

    private Metric metric() {
        Metric.Builder metric = Metric.newBuilder().setName(any(NAMES)).setUnit(any(UNITS)).setDescription(any(VALUES));
        AggregationTemporality temporality = random.nextBoolean()
                ? AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE
                : AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        return switch (random.nextInt(5)) {
            case 0 -> metric.setGauge(Gauge.newBuilder().addDataPoints(point())).build();
            case 1 -> metric.setSum(Sum.newBuilder().setIsMonotonic(random.nextBoolean())
                    .setAggregationTemporality(temporality).addDataPoints(point())).build();
            case 2 -> metric.setHistogram(Histogram.newBuilder().setAggregationTemporality(temporality)
                    .addDataPoints(histogram())).build();
            case 3 -> metric.setExponentialHistogram(ExponentialHistogram.newBuilder()
                    .setAggregationTemporality(temporality).addDataPoints(exponential())).build();
            default -> metric.setSummary(Summary.newBuilder().addDataPoints(summary())).build();
        };
    }

    private long time() {
        return random.nextInt(5) == 0 ? 0 : now - random.nextInt(1000) * 1_000_000L;
    }

    private long start() {
        return random.nextInt(3) == 0 ? 0 : now - 3_600_000_000_000L - random.nextInt(3) * 1_000_000_000L;
    }

    private NumberDataPoint point() {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder().addAllAttributes(attributes())
                .setStartTimeUnixNano(start()).setTimeUnixNano(time());
        if (random.nextBoolean()) {
            point.setAsInt(random.nextInt(100));
        } else {
            point.setAsDouble(number());
        }
        return point.addExemplars(Exemplar.newBuilder().setAsDouble(number()).setTimeUnixNano(now)
                .setTraceId(Otlp.id("0123456789abcdef0123456789abcdef")).setSpanId(Otlp.id("0123456789abcdef"))).build();
    }

    private HistogramDataPoint histogram() {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder().addAllAttributes(attributes())
                .setStartTimeUnixNano(start()).setTimeUnixNano(time());
        double bound = random.nextInt(8) - 4;
        long count = 0;
        int buckets = random.nextInt(5);
        for (int i = 0; i < buckets; i++) {
            point.addExplicitBounds(bound);
            bound += 1 + random.nextInt(3);
            long in = random.nextInt(4);
            count += in;
            point.addBucketCounts(in);
        }
        if (buckets > 0) {
            point.addBucketCounts(2);
        }
        if (random.nextBoolean()) {
            point.setSum(number());
        }
        return point.setCount(count + 2).addExemplars(Exemplar.newBuilder().setAsDouble(1.5).setTimeUnixNano(now)
                .setTraceId(Otlp.id("0123456789abcdef0123456789abcdef"))).build();
    }

    private ExponentialHistogramDataPoint.Buckets side() {
        ExponentialHistogramDataPoint.Buckets.Builder side = ExponentialHistogramDataPoint.Buckets.newBuilder()
                .setOffset(random.nextInt(40) - 20);
        for (int i = random.nextInt(60); i > 0; i--) {
            side.addBucketCounts(random.nextInt(3));
        }
        return side.build();
    }

    private ExponentialHistogramDataPoint exponential() {
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder()
                .addAllAttributes(attributes()).setStartTimeUnixNano(start()).setTimeUnixNano(time())
                .setScale(random.nextInt(12) - 4).setZeroCount(random.nextInt(2)).setPositive(side());
        if (random.nextInt(3) == 0) {
            point.setNegative(side());
        }
        if (random.nextBoolean()) {
            point.setSum(number());
        }
        return point.setCount(point.getZeroCount() + point.getPositive().getBucketCountsList().stream()
                .mapToLong(Long::longValue).sum() + point.getNegative().getBucketCountsList().stream()
                .mapToLong(Long::longValue).sum()).build();
    }

    private SummaryDataPoint summary() {
        SummaryDataPoint.Builder point = SummaryDataPoint.newBuilder().addAllAttributes(attributes())
                .setStartTimeUnixNano(start()).setTimeUnixNano(time()).setCount(random.nextInt(9)).setSum(number());
        for (double share : new double[] {0, 0.5, 0.99}) {
            point.addQuantileValues(SummaryDataPoint.ValueAtQuantile.newBuilder().setQuantile(share).setValue(number()));
        }
        return point.build();
    }
}
