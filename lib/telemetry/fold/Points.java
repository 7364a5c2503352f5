package telemetry.fold;

import contract.Keys;
import contract.Metric;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a run's metrics. Sums begin at the run's start, and what was recorded is in the order of the events, so that
 * two readings give the same points. Text in labels is redacted and bounded in length. Used by one thread.
 */
final class Points {
    private static final int LABEL_LIMIT = 80;

    private final Redactor redactor;
    private final Map<Metric, Map<List<Object>, Series>> metrics = new LinkedHashMap<>();
    private boolean rehearsal;

    Points(Redactor redactor) {
        this.redactor = redactor;
    }

    /** Labels every point from now on. */
    void rehearsal(boolean isOne) {
        rehearsal = isOne;
    }

    /**
     * @param labels in the order in which the {@link Metric} lists its keys; null leaves one out
     * @param at nanoseconds since the epoch
     * @param span that an exemplar leads to
     */
    void record(Metric metric, double value, long at, SpanContext span, Object... labels) {
        metrics.computeIfAbsent(metric, m -> new LinkedHashMap<>())
                .computeIfAbsent(Arrays.asList(labels.clone()), values -> new Series(attributes(metric, values), metric.bounds()))
                .record(value, at, span, metric.kind() == Metric.Kind.HISTOGRAM);
    }

    private Attributes attributes(Metric metric, List<Object> values) {
        List<String> keys = metric.attributes();
        if (values.size() != keys.size()) {
            throw new IllegalArgumentException(metric.name() + " has the attributes " + keys);
        }
        AttributesBuilder labels = Attributes.builder();
        for (int i = 0; i < keys.size(); i++) {
            if (values.get(i) instanceof Number number) {
                labels.put(AttributeKey.longKey(keys.get(i)), number.longValue());
            } else if (values.get(i) != null) {
                labels.put(AttributeKey.stringKey(keys.get(i)),
                        Text.line(redactor.redact(values.get(i).toString()), LABEL_LIMIT));
            }
        }
        if (rehearsal) {
            labels.put(Keys.REHEARSAL_LABEL, "true");
        }
        return labels.build();
    }

    /** The state as of a moment, cumulative since {@code start}; both are nanoseconds since the epoch. */
    List<MetricData> state(Resource resource, long start, long now) {
        return metrics.entrySet().stream().<MetricData>map(entry -> new Snapshot(resource, entry.getKey(),
                data(entry.getKey(), entry.getValue().values(), start, now))).toList();
    }

    private static Data<?> data(Metric metric, Iterable<Series> all, long start, long now) {
        List<Series> series = new ArrayList<>();
        all.forEach(series::add);
        AggregationTemporality cumulative = AggregationTemporality.CUMULATIVE;
        if (metric.kind() == Metric.Kind.HISTOGRAM) {
            return HistogramData.create(cumulative, series.stream().map(s -> s.histogram(start, now)).toList());
        }
        boolean monotonic = metric.kind() == Metric.Kind.COUNTER;
        if (metric.fraction()) {
            return SumData.createDoubleSumData(monotonic, cumulative, series.stream().map(s -> DoublePointData.create(
                    start, now, s.attributes, s.sum, List.of())).toList());
        }
        return SumData.createLongSumData(monotonic, cumulative, series.stream().map(s -> LongPointData.create(
                start, now, s.attributes, Math.round(s.sum))).toList());
    }

    /** One set of labels of one metric. */
    private static final class Series {
        private final Attributes attributes;
        private final List<Double> bounds;
        private final long[] counts;
        private final DoubleExemplarData[] exemplars;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        Series(Attributes attributes, List<Double> bounds) {
            this.attributes = attributes;
            this.bounds = bounds;
            this.counts = new long[bounds.size() + 1];
            this.exemplars = new DoubleExemplarData[bounds.size() + 1];
        }

        void record(double value, long at, SpanContext span, boolean histogram) {
            sum += value;
            if (histogram) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                int bucket = 0;
                while (bucket < bounds.size() && value > bounds.get(bucket)) {
                    bucket++;
                }
                counts[bucket]++;
                if (span.isSampled()) {
                    exemplars[bucket] = DoubleExemplarData.create(Attributes.empty(), at, span,
                            value);
                }
            }
        }

        HistogramPointData histogram(long start, long now) {
            List<Long> buckets = Arrays.stream(counts).boxed().toList();
            List<DoubleExemplarData> shown = Arrays.stream(exemplars).filter(e -> e != null).toList();
            return new Histogram(start, now, attributes, sum, Arrays.stream(counts).sum(), min, max, bounds, buckets, shown);
        }
    }

    /** The SDK's own factory has no place for exemplars. */
    private record Histogram(long getStartEpochNanos, long getEpochNanos, Attributes getAttributes,
            double getSum, long getCount, double getMin, double getMax, List<Double> getBoundaries, List<Long> getCounts,
            List<DoubleExemplarData> getExemplars) implements HistogramPointData {
        @Override
        public boolean hasMin() {
            return getCount > 0;
        }

        @Override
        public boolean hasMax() {
            return getCount > 0;
        }
    }

    /** A metric as the exporters take it. */
    private record Snapshot(Resource getResource, Metric metric, Data<?> getData)
            implements MetricData {
        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return RunScope.SCOPE;
        }

        @Override
        public String getName() {
            return metric.name();
        }

        @Override
        public String getDescription() {
            return metric.description();
        }

        @Override
        public String getUnit() {
            return metric.unit();
        }

        @Override
        public MetricDataType getType() {
            return switch (metric.kind()) {
                case HISTOGRAM -> MetricDataType.HISTOGRAM;
                case COUNTER, UP_DOWN_COUNTER -> metric.fraction()
                        ? MetricDataType.DOUBLE_SUM
                        : MetricDataType.LONG_SUM;
            };
        }
    }
}
