package embedded.intake;

import com.google.protobuf.ByteString;
import embedded.Memory;
import embedded.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;

/** Short ways to OTLP messages. */
public final class Otlp {
    private Otlp() {}

    /** OTLP/JSON as protobuf, read by the engine's own reader. */
    public static byte[] fromJson(Signal signal, byte[] json) throws IOException {
        return OtlpJsonReader.toProtobuf(signal, new ByteArrayInputStream(json), false, json.length, new Memory(1 << 28).share());
    }

    public static KeyValue attribute(String key, Object value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        if (value instanceof Long || value instanceof Integer) {
            any.setIntValue(((Number) value).longValue());
        } else if (value instanceof Double number) {
            any.setDoubleValue(number);
        } else if (value instanceof Boolean truth) {
            any.setBoolValue(truth);
        } else {
            any.setStringValue(value.toString());
        }
        return KeyValue.newBuilder().setKey(key).setValue(any).build();
    }

    /** Alternating keys and values. */
    public static Resource resource(Object... attributes) {
        Resource.Builder resource = Resource.newBuilder();
        for (int i = 0; i < attributes.length; i += 2) {
            resource.addAttributes(attribute(attributes[i].toString(), attributes[i + 1]));
        }
        return resource.build();
    }

    static InstrumentationScope scope(String name) {
        return InstrumentationScope.newBuilder().setName(name).build();
    }

    public static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    public static Span.Builder span(String traceId, String spanId, String name, long startNanos, long endNanos) {
        return Span.newBuilder().setTraceId(id(traceId)).setSpanId(id(spanId)).setName(name)
                .setStartTimeUnixNano(startNanos).setEndTimeUnixNano(endNanos).setKind(Span.SpanKind.SPAN_KIND_INTERNAL);
    }

    public static ExportTraceServiceRequest traces(Resource resource, List<Span> spans) {
        return ExportTraceServiceRequest.newBuilder().addResourceSpans(ResourceSpans.newBuilder().setResource(resource)
                .addScopeSpans(ScopeSpans.newBuilder().setScope(scope("test")).addAllSpans(spans))).build();
    }

    public static ExportTraceServiceRequest traces(String service, Span... spans) {
        return traces(resource("service.name", service), List.of(spans));
    }

    public static ExportMetricsServiceRequest metrics(Resource resource, List<Metric> metrics) {
        return ExportMetricsServiceRequest.newBuilder().addResourceMetrics(ResourceMetrics.newBuilder().setResource(resource)
                .addScopeMetrics(ScopeMetrics.newBuilder().setScope(scope("test")).addAllMetrics(metrics))).build();
    }

    public static ExportLogsServiceRequest logs(Resource resource, List<LogRecord> records) {
        return ExportLogsServiceRequest.newBuilder().addResourceLogs(ResourceLogs.newBuilder().setResource(resource)
                .addScopeLogs(ScopeLogs.newBuilder().setScope(scope("test")).addAllLogRecords(records))).build();
    }
}
