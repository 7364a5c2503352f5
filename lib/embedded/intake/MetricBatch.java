package embedded.intake;

import com.google.protobuf.ByteString;
import embedded.Signal;
import embedded.model.Sample;
import embedded.model.SeriesKey;
import embedded.store.Batch;
import embedded.store.Transaction;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The data points of one request. */
public record MetricBatch(List<Entry> entries, int rejected, String rejectionMessage) implements Batch {

    /** A point and the series that it belongs to. */
    record Entry(SeriesKey series, Sample sample) {}

    /** @throws IOException when it is not an {@code ExportMetricsServiceRequest} */
    static MetricBatch decode(byte[] request) throws IOException {
        Decoder decoder = new Decoder();
        Envelope.walk(request, decoder);
        return new MetricBatch(decoder.entries, decoder.rejected, decoder.message);
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

    private static final class Decoder implements Envelope.Visitor, MetricPoints.Sink {
        private final List<Entry> entries = new ArrayList<>();
        private ByteString resource = ByteString.EMPTY;
        private ByteString scope = ByteString.EMPTY;
        private String scopeSchema = "";
        private int rejected;
        private String message = "";

        @Override
        public void resource(byte[] bytes, String schema) throws IOException {
            Resource.parseFrom(bytes);
            resource = ByteString.copyFrom(bytes);
        }

        @Override
        public void scope(byte[] bytes, String schema) throws IOException {
            InstrumentationScope.parseFrom(bytes);
            scope = ByteString.copyFrom(bytes);
            scopeSchema = schema;
        }

        @Override
        public void item(byte[] request, int offset, int length) throws IOException {
            MetricPoints.read(Metric.parser().parseFrom(request, offset, length), resource, scope, scopeSchema, this);
        }

        @Override
        public void point(SeriesKey series, Sample sample) {
            entries.add(new Entry(series, sample));
        }

        @Override
        public void refused(String why) {
            rejected++;
            message = why;
        }
    }
}
