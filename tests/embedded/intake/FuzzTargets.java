package embedded.intake;

import static embedded.intake.Otlp.attribute;
import static embedded.intake.Otlp.resource;
import static embedded.intake.Otlp.span;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import embedded.Memory;
import embedded.Signal;
import fuzz.Target;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The readers of this room for {@link fuzz.Fuzz}: OTLP as protobuf and as JSON, plain and zipped. */
public final class FuzzTargets {
    private static final long T0 = 1_760_000_000_000_000_000L;

    private FuzzTargets() {}

    public static List<Target> all() throws IOException {
        List<Target> targets = new ArrayList<>();
        Map<Signal, Message> requests = Map.of(Signal.TRACES, traces(), Signal.METRICS, metrics(), Signal.LOGS, logs());
        List<byte[]> zipped = new ArrayList<>();
        for (Signal signal : Signal.values()) {
            Message request = requests.get(signal);
            String what = signal.name().toLowerCase(java.util.Locale.ROOT);
            byte[] json = json(request);
            targets.add(new Target("OTLP protobuf, " + what, List.of(request.toByteArray()), input -> read(signal, input)));
            targets.add(new Target("OTLP JSON, " + what, List.of(json), input -> fromJson(signal, input)));
            zipped.add(HostileRequests.gzip(request.toByteArray()));
        }
        targets.add(new Target("OTLP zipped", zipped, input -> {
            try (Memory.Share share = new Memory(64 << 20).share()) {
                read(Signal.TRACES, Gunzip.inflate(new ByteArrayInputStream(input), share));
            } catch (IOException refused) {
                return;
            }
        }));
        return targets;
    }

    /** As {@link Intake} does it; what cannot be read is told by an {@link IOException}, by nothing else. */
    private static void read(Signal signal, byte[] request) {
        try {
            Weight.of(signal, request);
            switch (signal) {
                case TRACES -> TraceBatch.decode(request);
                case METRICS -> MetricBatch.decode(request);
                case LOGS -> LogBatch.decode(request);
            }
        } catch (IOException refused) {
            return;
        }
    }

    private static void fromJson(Signal signal, byte[] json) {
        try (Memory.Share share = new Memory(64 << 20).share()) {
            read(signal, OtlpJsonReader.toProtobuf(signal, new ByteArrayInputStream(json), false, json.length, share));
        } catch (IOException refused) {
            return;
        }
    }

    /** Protobuf's own JSON: ids come as base64, which is not hex, and are put right here. */
    private static byte[] json(Message message) throws InvalidProtocolBufferException {
        return JsonFormat.printer().print(message).replaceAll("(\"(?:traceId|spanId|parentSpanId)\": \")[^\"]*",
                "$10123456789abcdef0123456789abcdef").getBytes(StandardCharsets.UTF_8);
    }

    private static Message traces() {
        Span.Builder span = span("0123456789abcdef0123456789abcdef", "00f067aa0ba902b7", "pa.run_task", T0, T0 + 1000)
                .addAttributes(attribute("pa.status", "completed")).addAttributes(attribute("n", 7L))
                .addAttributes(attribute("d", 0.25)).addAttributes(attribute("b", true))
                .addEvents(Span.Event.newBuilder().setName("e").setTimeUnixNano(T0).addAttributes(attribute("k", "v")))
                .addLinks(Span.Link.newBuilder().setTraceId(Otlp.id("0123456789abcdef0123456789abcdef"))
                        .setSpanId(Otlp.id("00f067aa0ba902b8")));
        span.getStatusBuilder().setCodeValue(2).setMessage("failed");
        span.addAttributesBuilder().setKey("list").setValue(AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder()
                .addValues(AnyValue.newBuilder().setStringValue("a")).addValues(AnyValue.newBuilder().setIntValue(1))));
        return Otlp.traces(resource("service.name", "fuzz"), List.of(span.build()));
    }

    private static Message metrics() {
        return Otlp.metrics(resource("service.name", "fuzz"), List.of(
                Metric.newBuilder().setName("g").setUnit("By").setGauge(Gauge.newBuilder().addDataPoints(
                        NumberDataPoint.newBuilder().setTimeUnixNano(T0).setAsDouble(1.5).addAttributes(attribute("k", "v"))))
                        .build(),
                Metric.newBuilder().setName("h").setHistogram(Histogram.newBuilder().setAggregationTemporality(
                        AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA).addDataPoints(HistogramDataPoint.newBuilder()
                        .setTimeUnixNano(T0).setCount(3).setSum(4).addExplicitBounds(1).addExplicitBounds(2)
                        .addBucketCounts(1).addBucketCounts(1).addBucketCounts(1))).build(),
                Metric.newBuilder().setName("x").setExponentialHistogram(ExponentialHistogram.newBuilder().addDataPoints(
                        ExponentialHistogramDataPoint.newBuilder().setTimeUnixNano(T0).setCount(3).setScale(4)
                        .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder().setOffset(-5).addBucketCounts(3))))
                        .build(),
                Metric.newBuilder().setName("s").setSummary(Summary.newBuilder().addDataPoints(SummaryDataPoint.newBuilder()
                        .setTimeUnixNano(T0).setCount(2).setSum(3).addQuantileValues(SummaryDataPoint.ValueAtQuantile
                        .newBuilder().setQuantile(0.5).setValue(1.5)))).build()));
    }

    private static Message logs() {
        return Otlp.logs(resource("service.name", "fuzz"), List.of(LogRecord.newBuilder().setTimeUnixNano(T0)
                .setSeverityText("WARN").setEventName("gen_ai.event").setTraceId(Otlp.id("0123456789abcdef0123456789abcdef"))
                .setBody(AnyValue.newBuilder().setStringValue("{\"role\":\"user\",\"parts\":[{\"content\":\"hello\"}]}"))
                .addAttributes(attribute("k", "v")).build()));
    }
}
