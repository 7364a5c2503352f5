package embedded;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The log records of one request. */
record LogBatch(List<Entry> entries, long bytes) implements Batch {
    private static final int TRACE_ID_BYTES = 16;

    /**
     * One record on its way into the store.
     *
     * @param time when it happened, or else when it was observed; nanoseconds since 1970, clamped
     * @param traceId empty when the record belongs to no trace
     * @param body the record as protobuf, byte for byte as it was sent
     */
    record Entry(long time, byte[] traceId, int severity, byte[] resource, String service, byte[] scope, byte[] body,
            String words) {}

    /** @throws IOException when it is not an {@code ExportLogsServiceRequest} */
    static LogBatch decode(byte[] request) throws IOException {
        Decoder decoder = new Decoder();
        Envelope.walk(request, decoder);
        return new LogBatch(decoder.entries, request.length);
    }

    @Override
    public Signal signal() {
        return Signal.LOGS;
    }

    @Override
    public void store(Transaction transaction) throws SQLException {
        for (Entry entry : entries) {
            transaction.logs().store(entry);
        }
    }

    @Override
    public int items() {
        return entries.size();
    }

    @Override
    public int rejected() {
        return 0;
    }

    @Override
    public String rejectionMessage() {
        return "";
    }

    private static final class Decoder implements Envelope.Visitor {
        private final List<Entry> entries = new ArrayList<>();
        private byte[] resourceBytes = {};
        private byte[] scopeBytes = {};
        private String service = Values.UNKNOWN_SERVICE;

        @Override
        public void resource(byte[] resource) throws IOException {
            service = Values.serviceName(Resource.parseFrom(resource));
            resourceBytes = resource;
        }

        @Override
        public void scope(byte[] scope) throws IOException {
            InstrumentationScope.parseFrom(scope);
            scopeBytes = scope;
        }

        @Override
        public void item(byte[] bytes) throws IOException {
            LogRecord log = LogRecord.parseFrom(bytes);
            long time = log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano();
            // The data model: a trace id that is not 16 bytes is invalid and counts as absent; the record itself is good.
            byte[] traceId = log.getTraceId().size() == TRACE_ID_BYTES ? log.getTraceId().toByteArray() : new byte[0];
            Words words = new Words();
            words.add(service);
            words.add(log.getEventName());
            words.add(log.getSeverityText());
            Values.strings(log.getBody(), words::add);
            Values.strings(log.getAttributesList(), words::add);
            entries.add(new Entry(Nanos.clamped(time), traceId, log.getSeverityNumberValue(), resourceBytes, service,
                    scopeBytes, bytes, words.text()));
        }
    }
}
