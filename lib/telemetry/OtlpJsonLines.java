package telemetry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import java.util.List;
import telemetry.fold.FoldedLog;
import telemetry.fold.FoldedSpan;
import telemetry.fold.RunScope;

/**
 * OTLP in JSON, by its specification: 64-bit numbers are text, ids are hexadecimal, enumerations are numbers. One request per
 * signal, which is also the form that the Collector's {@code otlpjsonfile} receiver reads line by line.
 */
final class OtlpJsonLines {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CUMULATIVE = 2;
    private static final int ERROR = 2;

    private OtlpJsonLines() {}

    static String traces(Resource resource, List<FoldedSpan> spans) {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode items = scope(request, "resourceSpans", "scopeSpans", "spans", resource);
        spans.forEach(span -> span(items.addObject(), span));
        return request.toString();
    }

    static String logs(Resource resource, List<FoldedLog> logs) {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode items = scope(request, "resourceLogs", "scopeLogs", "logRecords", resource);
        logs.forEach(log -> {
            ObjectNode node = items.addObject().put("timeUnixNano", Long.toString(log.getTimestampEpochNanos()))
                    .put("observedTimeUnixNano", Long.toString(log.getObservedTimestampEpochNanos()))
                    .put("severityNumber", log.getSeverity().getSeverityNumber()).put("severityText", log.getSeverityText())
                    .put("traceId", log.getSpanContext().getTraceId()).put("spanId", log.getSpanContext().getSpanId())
                    .put("eventName", log.getEventName());
            node.putObject("body").put("stringValue", log.text());
            attributes(node, log.getAttributes());
        });
        return request.toString();
    }

    static String metrics(Resource resource, List<MetricData> metrics) {
        ObjectNode request = JSON.createObjectNode();
        ArrayNode items = scope(request, "resourceMetrics", "scopeMetrics", "metrics", resource);
        metrics.forEach(metric -> metric(items.addObject(), metric));
        return request.toString();
    }

    private static ArrayNode scope(ObjectNode request, String byResource, String byScope, String items, Resource resource) {
        ObjectNode ofResource = request.putArray(byResource).addObject();
        attributes(ofResource.putObject("resource"), resource.getAttributes());
        ofResource.put("schemaUrl", resource.getSchemaUrl());
        InstrumentationScopeInfo scope = RunScope.SCOPE;
        ObjectNode ofScope = ofResource.putArray(byScope).addObject();
        ofScope.putObject("scope").put("name", scope.getName()).put("version", scope.getVersion());
        ofScope.put("schemaUrl", scope.getSchemaUrl());
        return ofScope.putArray(items);
    }

    private static void span(ObjectNode node, FoldedSpan span) {
        node.put("traceId", span.getTraceId()).put("spanId", span.getSpanId());
        if (span.getParentSpanContext().isValid()) {
            node.put("parentSpanId", span.getParentSpanId());
        }
        // The SDK's kinds are in the protocol's order, which begins at 1.
        node.put("name", span.getName()).put("kind", span.getKind().ordinal() + 1)
                .put("startTimeUnixNano", Long.toString(span.getStartEpochNanos()))
                .put("endTimeUnixNano", Long.toString(span.getEndEpochNanos()));
        attributes(node, span.getAttributes());
        if (!span.getEvents().isEmpty()) {
            ArrayNode events = node.putArray("events");
            for (EventData event : span.getEvents()) {
                attributes(events.addObject().put("timeUnixNano", Long.toString(event.getEpochNanos()))
                        .put("name", event.getName()), event.getAttributes());
            }
        }
        ObjectNode status = node.putObject("status");
        if (span.getStatus().getStatusCode() == io.opentelemetry.api.trace.StatusCode.ERROR) {
            status.put("code", ERROR).put("message", span.getStatus().getDescription());
        }
    }

    private static void metric(ObjectNode node, MetricData metric) {
        node.put("name", metric.getName()).put("description", metric.getDescription()).put("unit", metric.getUnit());
        if (metric.getType() == MetricDataType.HISTOGRAM) {
            ArrayNode points = node.putObject("histogram").put("aggregationTemporality", CUMULATIVE).putArray("dataPoints");
            metric.getHistogramData().getPoints().forEach(point -> histogram(point(points.addObject(), point), point));
            return;
        }
        boolean whole = metric.getType() == MetricDataType.LONG_SUM;
        ArrayNode points = node.putObject("sum").put("aggregationTemporality", CUMULATIVE).put("isMonotonic",
                whole ? metric.getLongSumData().isMonotonic() : metric.getDoubleSumData().isMonotonic()).putArray("dataPoints");
        if (whole) {
            for (LongPointData point : metric.getLongSumData().getPoints()) {
                point(points.addObject(), point).put("asInt", Long.toString(point.getValue()));
            }
        } else {
            for (DoublePointData point : metric.getDoubleSumData().getPoints()) {
                point(points.addObject(), point).put("asDouble", point.getValue());
            }
        }
    }

    private static ObjectNode point(ObjectNode node, PointData point) {
        node.put("startTimeUnixNano", Long.toString(point.getStartEpochNanos()))
                .put("timeUnixNano", Long.toString(point.getEpochNanos()));
        attributes(node, point.getAttributes());
        return node;
    }

    private static void histogram(ObjectNode node, HistogramPointData point) {
        node.put("count", Long.toString(point.getCount())).put("sum", point.getSum()).put("min", point.getMin())
                .put("max", point.getMax());
        ArrayNode counts = node.putArray("bucketCounts");
        point.getCounts().forEach(count -> counts.add(Long.toString(count)));
        ArrayNode bounds = node.putArray("explicitBounds");
        point.getBoundaries().forEach(bounds::add);
    }

    private static void attributes(ObjectNode node, Attributes attributes) {
        ArrayNode pairs = node.putArray("attributes");
        attributes.forEach((key, value) -> value(pairs.addObject().put("key", key.getKey()).putObject("value"), value));
    }

    private static void value(ObjectNode node, Object value) {
        if (value instanceof Boolean bool) {
            node.put("boolValue", bool);
        } else if (value instanceof Long number) {
            node.put("intValue", number.toString());
        } else if (value instanceof Double number) {
            node.put("doubleValue", number);
        } else if (value instanceof List<?> list) {
            ArrayNode values = node.putObject("arrayValue").putArray("values");
            list.forEach(element -> value(values.addObject(), element));
        } else {
            node.put("stringValue", value.toString());
        }
    }
}
