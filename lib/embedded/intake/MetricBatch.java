package embedded.intake;

import com.google.protobuf.ByteString;
import embedded.Nanos;
import embedded.Signal;
import embedded.Values;
import embedded.store.Batch;
import embedded.store.Distribution;
import embedded.store.MetricKind;
import embedded.store.Sample;
import embedded.store.SeriesKey;
import embedded.store.Transaction;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The data points of one request. */
record MetricBatch(List<Entry> entries, int rejected, String rejectionMessage, long bytes) implements Batch {

    /** A point and the series that it belongs to. */
    record Entry(SeriesKey series, Sample sample) {}

    /** @throws IOException when it is not an {@code ExportMetricsServiceRequest} */
    static MetricBatch decode(byte[] request) throws IOException {
        Decoder decoder = new Decoder();
        Envelope.walk(request, decoder);
        return new MetricBatch(decoder.entries, decoder.rejected, decoder.message, request.length);
    }

    @Override
    public Signal signal() {
        return Signal.METRICS;
    }

    @Override
    public void store(Transaction transaction) throws SQLException {
        for (Entry entry : entries) {
            transaction.series().store(entry.series, entry.sample);
        }
    }

    @Override
    public int items() {
        return entries.size();
    }

    private static final class Decoder implements Envelope.Visitor {
        private final List<Entry> entries = new ArrayList<>();
        private ByteString resource = ByteString.EMPTY;
        private ByteString scope = ByteString.EMPTY;
        private Metric metric = Metric.getDefaultInstance();
        private int rejected;
        private String message = "";

        @Override
        public void resource(byte[] bytes) throws IOException {
            Resource.parseFrom(bytes);
            resource = ByteString.copyFrom(bytes);
        }

        @Override
        public void scope(byte[] bytes) throws IOException {
            InstrumentationScope.parseFrom(bytes);
            scope = ByteString.copyFrom(bytes);
        }

        @Override
        public void item(byte[] bytes) throws IOException {
            metric = Metric.parseFrom(bytes);
            switch (metric.getDataCase()) {
                case GAUGE -> metric.getGauge().getDataPointsList().forEach(point -> number(point, MetricKind.GAUGE, false,
                        false));
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
                default -> refuse("a metric without data: " + metric.getName());
            }
        }

        private void number(NumberDataPoint point, MetricKind kind, boolean monotonic, boolean delta) {
            if (isGap(point.getFlags())) {
                return;
            }
            double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
            add(kind, monotonic, point.getAttributesList(), new Sample(Nanos.clamped(point.getStartTimeUnixNano()),
                    Nanos.clamped(point.getTimeUnixNano()), delta, value, Distribution.EMPTY,
                    exemplars(point.getExemplarsList())));
        }

        private void histogram(HistogramDataPoint point, boolean delta) {
            if (isGap(point.getFlags())) {
                return;
            }
            int bounds = point.getExplicitBoundsCount();
            int counts = point.getBucketCountsCount();
            if (counts != 0 && counts != bounds + 1) {
                refuse("a histogram of " + bounds + " bounds needs " + (bounds + 1) + " buckets, not " + counts + ": "
                        + metric.getName());
                return;
            }
            Distribution distribution = counts == 0 ? Distribution.of(point.getCount(), point.getSum())
                    : new Distribution(point.getCount(), point.getSum(),
                            point.getExplicitBoundsList().stream().mapToDouble(Double::doubleValue).toArray(),
                            point.getBucketCountsList().stream().mapToLong(Long::longValue).toArray());
            add(MetricKind.HISTOGRAM, true, point.getAttributesList(),
                    new Sample(Nanos.clamped(point.getStartTimeUnixNano()),
                    Nanos.clamped(point.getTimeUnixNano()), delta, 0, distribution, exemplars(point.getExemplarsList())));
        }

        private void exponential(ExponentialHistogramDataPoint point, boolean delta) {
            if (!isGap(point.getFlags())) {
                add(MetricKind.EXPONENTIAL_HISTOGRAM, true, point.getAttributesList(),
                        new Sample(Nanos.clamped(point.getStartTimeUnixNano()), Nanos.clamped(point.getTimeUnixNano()),
                        delta,
                                0, Distribution.of(point.getCount(), point.getSum()), exemplars(point.getExemplarsList())));
            }
        }

        private void summary(SummaryDataPoint point) {
            if (!isGap(point.getFlags())) {
                add(MetricKind.SUMMARY, true, point.getAttributesList(),
                        new Sample(Nanos.clamped(point.getStartTimeUnixNano()), Nanos.clamped(point.getTimeUnixNano()),
                        false,
                                0, Distribution.of(point.getCount(), point.getSum()), List.of()));
            }
        }

        private void add(MetricKind kind, boolean monotonic, List<KeyValue> attributes, Sample sample) {
            if (metric.getName().isEmpty()) {
                refuse("a metric without a name");
                return;
            }
            SortedMap<String, String> sorted = new TreeMap<>();
            attributes.forEach(attribute -> sorted.put(attribute.getKey(), Values.text(attribute.getValue())));
            entries.add(new Entry(new SeriesKey(metric.getName(), metric.getUnit(), metric.getDescription(), kind, monotonic,
                    resource, scope, sorted), sample));
        }

        private void refuse(String why) {
            rejected++;
            message = why;
        }

        private static List<Sample.ExemplarPoint> exemplars(List<Exemplar> exemplars) {
            HexFormat hex = HexFormat.of();
            return exemplars.stream().map(e -> new Sample.ExemplarPoint(e.hasAsInt() ? e.getAsInt() : e.getAsDouble(),
                    Nanos.clamped(e.getTimeUnixNano()), hex.formatHex(e.getTraceId().toByteArray()),
                    hex.formatHex(e.getSpanId().toByteArray()))).toList();
        }

        private static boolean isDelta(AggregationTemporality temporality) {
            return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        }

        /** Such a point says only that nothing was recorded. */
        private static boolean isGap(int flags) {
            return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
        }
    }
}
