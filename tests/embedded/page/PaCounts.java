package embedded.page;

import static embedded.intake.Otlp.attribute;

import com.google.protobuf.ByteString;
import contract.Metrics;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run of PA counts, as its metrics. */
final class PaCounts {
    private final Map<String, Long> sums = new LinkedHashMap<>();
    private final Map<String, List<Double>> durations = new LinkedHashMap<>();

    /** Counts on a sum: the metric's name, then its attributes as in {@code " a=b,c=d"}. */
    void add(String key, long value) {
        sums.merge(key, value, Long::sum);
    }

    /** Puts a value into a histogram. */
    void observe(String key, double value) {
        durations.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    /**
     * All of it, cumulative.
     *
     * @param running whether the session is still active then
     * @param trace of the exemplars, as {@code span} is
     */
    List<Metric> at(long begin, long now, boolean running, ByteString trace, ByteString span) {
        List<Metric> metrics = new ArrayList<>();
        Exemplar.Builder exemplar = Exemplar.newBuilder().setTimeUnixNano(now).setTraceId(trace).setSpanId(span);
        sums.forEach((key, value) -> {
            String name = key.split(" ")[0];
            NumberDataPoint.Builder point = NumberDataPoint.newBuilder().setStartTimeUnixNano(begin).setTimeUnixNano(now);
            if (name.equals(Metrics.COST.name())) {
                point.setAsDouble(value / 1e6);
            } else {
                point.setAsInt(value);
            }
            attributes(key).forEach((k, v) -> point.addAttributes(attribute(k, v)));
            metrics.add(Metric.newBuilder().setName(name).setUnit(unit(name)).setSum(Sum.newBuilder().setIsMonotonic(true)
                    .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                    .addDataPoints(point)).build());
        });
        durations.forEach((key, values) -> metrics.add(histogram(key, values, begin, now,
                exemplar.setAsDouble(values.get(0)).build())));
        Sum.Builder active = Sum.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        active.addDataPoints(NumberDataPoint.newBuilder().setStartTimeUnixNano(begin).setTimeUnixNano(begin + 1_000_000_000L)
                .setAsInt(1));
        active.addDataPoints(NumberDataPoint.newBuilder().setStartTimeUnixNano(begin).setTimeUnixNano(now)
                .setAsInt(running ? 1 : 0));
        metrics.add(Metric.newBuilder().setName(Metrics.SESSIONS_ACTIVE.name()).setUnit("{session}").setSum(active).build());
        return metrics;
    }

    private static Metric histogram(String key, List<Double> values, long begin, long now, Exemplar exemplar) {
        String name = key.split(" ")[0];
        List<Double> bounds = Metrics.all().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow().bounds();
        long[] counts = new long[bounds.size() + 1];
        for (double value : values) {
            int bucket = 0;
            while (bucket < bounds.size() && value > bounds.get(bucket)) {
                bucket++;
            }
            counts[bucket]++;
        }
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder().setStartTimeUnixNano(begin).setTimeUnixNano(now)
                .setCount(values.size()).setSum(values.stream().mapToDouble(v -> v).sum()).addAllExplicitBounds(bounds)
                .addExemplars(exemplar);
        for (long count : counts) {
            point.addBucketCounts(count);
        }
        attributes(key).forEach((k, v) -> point.addAttributes(attribute(k, v)));
        return Metric.newBuilder().setName(name).setUnit("s").setHistogram(Histogram.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE).addDataPoints(point))
                .build();
    }

    private static Map<String, String> attributes(String key) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (key.contains(" ")) {
            for (String pair : key.substring(key.indexOf(' ') + 1).split(",")) {
                attributes.put(pair.split("=")[0], pair.split("=")[1]);
            }
        }
        return attributes;
    }

    private static String unit(String name) {
        return Metrics.all().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow().unit();
    }
}
