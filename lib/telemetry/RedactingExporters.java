package telemetry;

import contract.Product;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The last thing before an exporter: takes secrets out, on the exporter's thread, and says how many items go into the
 * request that is made next.
 */
final class RedactingExporters {
    private RedactingExporters() {}

    /** @param announce told the number of items of each request before it is made */
    record Spans(SpanExporter exporter, Redactor redactor, IntConsumer announce) implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            List<SpanData> clean = spans.stream().map(span -> new RedactedSpan(span, redactor)).collect(Collectors.toList());
            announce.accept(clean.size());
            return exporter.export(clean);
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    /** @param announce told the number of items of each request before it is made */
    record Logs(LogRecordExporter exporter, Redactor redactor, IntConsumer announce) implements LogRecordExporter {
        @Override
        public CompletableResultCode export(Collection<LogRecordData> logs) {
            List<LogRecordData> clean =
                    logs.stream().map(log -> new RedactedLog(log, redactor)).collect(Collectors.toList());
            announce.accept(clean.size());
            return exporter.export(clean);
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    /**
     * Metrics carry no free text (their labels are cleaned where they are recorded); what is left out here are the SDK's
     * metrics about itself, which the contract does not have.
     *
     * @param announce told the number of items of each request before it is made
     */
    record Metrics(MetricExporter exporter, IntConsumer announce) implements MetricExporter {
        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            List<MetricData> ours = metrics.stream()
                    .filter(metric -> metric.getInstrumentationScopeInfo().getName().equals(Product.SCOPE))
                    .collect(Collectors.toList());
            if (ours.isEmpty()) {
                return CompletableResultCode.ofSuccess();
            }
            announce.accept(ours.size());
            return exporter.export(ours);
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return exporter.getAggregationTemporality(type);
        }

        @Override
        public Aggregation getDefaultAggregation(InstrumentType type) {
            return exporter.getDefaultAggregation(type);
        }

        @Override
        public MemoryMode getMemoryMode() {
            return exporter.getMemoryMode();
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
