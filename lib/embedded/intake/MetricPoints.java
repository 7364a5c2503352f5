package embedded.intake;

import com.google.protobuf.ByteString;
import embedded.Nanos;
import embedded.Values;
import embedded.model.Distribution;
import embedded.model.MetricKind;
import embedded.model.Sample;
import embedded.model.SeriesKey;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads the points of one metric, of whatever kind, and refuses those that the data model does not allow. */
final class MetricPoints {
    /** Of what an SDK's cardinality limit lets through there are at most some dozen. */
    private static final int MAX_ATTRIBUTES = 128;

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private final Metric metric;
    private final String description;
    private final ByteString resource;
    private final ByteString scope;
    private final String scopeSchema;
    private final Sink sink;

    /** Takes what is read. */
    interface Sink {
        void point(SeriesKey series, Sample sample);

        /** One point, or a metric that has none to read. */
        void refused(String why);
    }

    private MetricPoints(Metric metric, ByteString resource, ByteString scope, String scopeSchema, Sink sink) {
        this.metric = metric;
        description = Values.cut(metric.getDescription(), IntakeLimits.DESCRIPTION_CHARS);
        this.resource = resource;
        this.scope = scope;
        this.scopeSchema = scopeSchema;
        this.sink = sink;
    }

    static void read(Metric metric, ByteString resource, ByteString scope, String scopeSchema, Sink sink) {
        new MetricPoints(metric, resource, scope, scopeSchema, sink).read();
    }

    private void read() {
        switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().forEach(point -> number(point, MetricKind.GAUGE, false, false));
            case SUM -> {
                boolean delta = isDelta(metric.getSum().getAggregationTemporality());
                boolean monotonic = metric.getSum().getIsMonotonic();
                metric.getSum().getDataPointsList().forEach(point -> number(point, MetricKind.SUM, monotonic, delta));
            }
            case HISTOGRAM -> {
                boolean delta = isDelta(metric.getHistogram().getAggregationTemporality());
                metric.getHistogram().getDataPointsList().forEach(point -> histogram(point, delta));
            }
            case EXPONENTIAL_HISTOGRAM -> {
                boolean delta = isDelta(metric.getExponentialHistogram().getAggregationTemporality());
                metric.getExponentialHistogram().getDataPointsList().forEach(point -> exponential(point, delta));
            }
            case SUMMARY -> metric.getSummary().getDataPointsList().forEach(this::summary);
            default -> sink.refused("a metric without data: " + Values.bounded(metric.getName()));
        }
    }

    private void number(NumberDataPoint point, MetricKind kind, boolean monotonic, boolean delta) {
        if (isGap(point.getFlags())) {
            return;
        }
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        if (monotonic && !(value >= 0)) {
            refuse("a sum that only grows cannot be " + value);
            return;
        }
        add(kind, monotonic, point.getAttributesList(), new Sample(Nanos.clamped(point.getStartTimeUnixNano()),
                Nanos.clamped(point.getTimeUnixNano()), delta, value, Distribution.EMPTY,
                exemplars(point.getExemplarsList())));
    }

    private void histogram(HistogramDataPoint point, boolean delta) {
        if (!isGap(point.getFlags())) {
            distribution(MetricKind.HISTOGRAM, point.getAttributesList(), point.getStartTimeUnixNano(),
                    point.getTimeUnixNano(), delta, point.getExemplarsList(), () -> new Distribution(count(point.getCount()),
                    point.hasSum() ? OptionalDouble.of(point.getSum()) : OptionalDouble.empty(),
                    Shapes.explicit(point.getExplicitBoundsList(), point.getBucketCountsList())));
        }
    }

    private void exponential(ExponentialHistogramDataPoint point, boolean delta) {
        if (!isGap(point.getFlags())) {
            distribution(MetricKind.EXPONENTIAL_HISTOGRAM, point.getAttributesList(), point.getStartTimeUnixNano(),
                    point.getTimeUnixNano(), delta, point.getExemplarsList(), () -> new Distribution(count(point.getCount()),
                    point.hasSum() ? OptionalDouble.of(point.getSum()) : OptionalDouble.empty(), Shapes.exponential(point)));
        }
    }

    private void summary(SummaryDataPoint point) {
        if (!isGap(point.getFlags())) {
            distribution(MetricKind.SUMMARY, point.getAttributesList(), point.getStartTimeUnixNano(),
                    point.getTimeUnixNano(), false, List.of(), () -> new Distribution(count(point.getCount()),
                    OptionalDouble.of(point.getSum()), Shapes.quantiles(point.getQuantileValuesList())));
        }
    }

    /** @param read its {@link IllegalArgumentException} says what is wrong with it */
    private void distribution(MetricKind kind, List<KeyValue> attributes, long start, long time, boolean delta,
            List<Exemplar> exemplars, Supplier<Distribution> read) {
        try {
            add(kind, true, attributes, new Sample(Nanos.clamped(start), Nanos.clamped(time), delta, 0, read.get(),
                    exemplars(exemplars)));
        } catch (IllegalArgumentException e) {
            refuse(e.getMessage());
        }
    }

    private static long count(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a count above 2^63");
        }
        return count;
    }

    private void add(MetricKind kind, boolean monotonic, List<KeyValue> attributes, Sample sample) {
        if (metric.getName().isEmpty()) {
            sink.refused("a metric without a name");
            return;
        }
        if (metric.getName().length() > Values.NAME_CHARS || metric.getUnit().length() > Values.NAME_CHARS) {
            refuse("the name and the unit of a metric may have up to " + Values.NAME_CHARS + " characters");
            return;
        }
        if (attributes.size() > MAX_ATTRIBUTES) {
            refuse("a point may have up to " + MAX_ATTRIBUTES + " attributes");
            return;
        }
        SortedMap<String, String> sorted = new TreeMap<>();
        attributes.forEach(attribute -> sorted.put(attribute.getKey(), Values.text(attribute.getValue())));
        if (sorted.entrySet().stream().mapToLong(entry -> (long) entry.getKey().length() + entry.getValue().length()).sum()
                > IntakeLimits.SERIES_CHARS) {
            refuse("the attributes of a point may have up to " + IntakeLimits.SERIES_CHARS + " characters");
            return;
        }
        sink.point(new SeriesKey(metric.getName(), metric.getUnit(), description, kind, monotonic, resource,
                scope, scopeSchema, sorted), sample);
    }

    private void refuse(String why) {
        sink.refused(why + ": " + Values.bounded(metric.getName()));
    }

    private static List<Sample.ExemplarPoint> exemplars(List<Exemplar> exemplars) {
        return exemplars.stream().limit(IntakeLimits.EXEMPLARS).map(e -> new Sample.ExemplarPoint(
                e.hasAsInt() ? e.getAsInt() : e.getAsDouble(), Nanos.clamped(e.getTimeUnixNano()),
                id(e.getTraceId(), TRACE_ID_BYTES), id(e.getSpanId(), SPAN_ID_BYTES))).toList();
    }

    /** What is no id leads nowhere. */
    private static String id(ByteString id, int bytes) {
        return id.size() == bytes ? HexFormat.of().formatHex(id.toByteArray()) : "";
    }

    private static boolean isDelta(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    }

    /** Such a point says only that nothing was recorded. */
    private static boolean isGap(int flags) {
        return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    }
}
