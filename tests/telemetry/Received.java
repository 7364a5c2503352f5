package telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What an OTLP receiver got, flattened: each item with its resource and its attributes as plain Java values. */
public final class Received {
    private Received() {}

    /**
     * @param kind without the prefix: {@code CLIENT}
     * @param error whether the status is ERROR; {@code statusMessage} its description
     */
    public record Span(Map<String, Object> resource, String scope, String name, String kind, String traceId, String spanId,
            String parentId, long startNanos, long endNanos, Map<String, Object> attributes, List<Event> events,
            boolean error, String statusMessage) {
        public Object attribute(String key) {
            return attributes.get(key);
        }

        public boolean root() {
            return parentId.isEmpty();
        }
    }

    /** An event on a span. */
    public record Event(String name, Map<String, Object> attributes) {}

    /**
     * A point of a metric.
     *
     * @param kind {@code sum}, {@code histogram} or {@code gauge}
     * @param value of a sum or gauge; the sum of a histogram
     * @param count of a histogram; 1 otherwise
     * @param exemplarTraces the traces that exemplars lead to
     */
    public record Point(Map<String, Object> resource, String scope, String metric, String unit, String kind,
            boolean monotonic, boolean cumulative, Map<String, Object> attributes, double value, long count,
            List<Double> bounds, List<Long> buckets, List<String> exemplarTraces) {}

    /** A log record; {@code event} is its event name. */
    public record Log(Map<String, Object> resource, String scope, String event, String severity, String body,
            String traceId, String spanId, Map<String, Object> attributes) {
        public Object attribute(String key) {
            return attributes.get(key);
        }
    }

    static List<Span> spans(ExportTraceServiceRequest request) {
        List<Span> spans = new ArrayList<>();
        request.getResourceSpansList().forEach(r -> r.getScopeSpansList().forEach(s -> s.getSpansList().forEach(span ->
                spans.add(new Span(attributes(r.getResource().getAttributesList()), s.getScope().getName(), span.getName(),
                        span.getKind().name().replace("SPAN_KIND_", ""), hex(span.getTraceId()), hex(span.getSpanId()),
                        hex(span.getParentSpanId()), span.getStartTimeUnixNano(), span.getEndTimeUnixNano(),
                        attributes(span.getAttributesList()),
                        span.getEventsList().stream().map(e -> new Event(e.getName(), attributes(e.getAttributesList())))
                                .collect(Collectors.toList()),
                        span.getStatus().getCodeValue() == 2, span.getStatus().getMessage())))));
        return spans;
    }

    static List<Log> logs(ExportLogsServiceRequest request) {
        List<Log> logs = new ArrayList<>();
        request.getResourceLogsList().forEach(r -> r.getScopeLogsList().forEach(s -> s.getLogRecordsList().forEach(log ->
                logs.add(new Log(attributes(r.getResource().getAttributesList()), s.getScope().getName(),
                        log.getEventName(), log.getSeverityText(), String.valueOf(value(log.getBody())),
                        hex(log.getTraceId()), hex(log.getSpanId()), attributes(log.getAttributesList()))))));
        return logs;
    }

    static List<Point> points(ExportMetricsServiceRequest request) {
        List<Point> points = new ArrayList<>();
        request.getResourceMetricsList().forEach(r -> r.getScopeMetricsList().forEach(s -> s.getMetricsList().forEach(m ->
                points.addAll(points(attributes(r.getResource().getAttributesList()), s.getScope().getName(), m)))));
        return points;
    }

    private static List<Point> points(Map<String, Object> resource, String scope, Metric metric) {
        if (metric.hasSum()) {
            boolean cumulative = metric.getSum().getAggregationTemporalityValue() == 2;
            return metric.getSum().getDataPointsList().stream().map(p -> number(resource, scope, metric, "sum",
                    metric.getSum().getIsMonotonic(), cumulative, p)).collect(Collectors.toList());
        }
        if (metric.hasGauge()) {
            return metric.getGauge().getDataPointsList().stream().map(p -> number(resource, scope, metric, "gauge", false,
                    false, p)).collect(Collectors.toList());
        }
        boolean cumulative = metric.getHistogram().getAggregationTemporalityValue() == 2;
        return metric.getHistogram().getDataPointsList().stream()
                .map(p -> histogram(resource, scope, metric, cumulative, p)).collect(Collectors.toList());
    }

    private static Point number(Map<String, Object> resource, String scope, Metric metric, String kind, boolean monotonic,
            boolean cumulative, NumberDataPoint point) {
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        return new Point(resource, scope, metric.getName(), metric.getUnit(), kind, monotonic, cumulative,
                attributes(point.getAttributesList()), value, 1, List.of(), List.of(), traces(point.getExemplarsList()));
    }

    private static Point histogram(Map<String, Object> resource, String scope, Metric metric, boolean cumulative,
            HistogramDataPoint point) {
        return new Point(resource, scope, metric.getName(), metric.getUnit(), "histogram", false, cumulative,
                attributes(point.getAttributesList()), point.getSum(), point.getCount(), point.getExplicitBoundsList(),
                point.getBucketCountsList(), traces(point.getExemplarsList()));
    }

    private static List<String> traces(List<Exemplar> exemplars) {
        return exemplars.stream().map(e -> hex(e.getTraceId())).collect(Collectors.toList());
    }

    static Map<String, Object> attributes(List<KeyValue> list) {
        Map<String, Object> attributes = new TreeMap<>();
        list.forEach(pair -> attributes.put(pair.getKey(), value(pair.getValue())));
        return attributes;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(Received::value)
                    .collect(Collectors.toList());
            default -> value.toString();
        };
    }

    /** Readable, with text as it is and not escaped to octal. */
    static String text(Message message) {
        return com.google.protobuf.TextFormat.printer().escapingNonAscii(false).printToString(message);
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
