package embedded.intake;

import com.google.protobuf.ByteString;
import embedded.Nanos;
import embedded.Severity;
import embedded.Signal;
import embedded.Values;
import embedded.model.LogEntry;
import embedded.model.SignalSource;
import embedded.model.Words;
import embedded.store.Batch;
import embedded.store.Transaction;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The log records of one request. */
public record LogBatch(List<LogEntry> entries) implements Batch {
    private static final int TRACE_ID_BYTES = 16;

    /** @throws IOException when it is not an {@code ExportLogsServiceRequest} */
    static LogBatch decode(byte[] request) throws IOException {
        Decoder decoder = new Decoder();
        Envelope.walk(request, decoder);
        return new LogBatch(decoder.entries);
    }

    @Override
    public Signal signal() {
        return Signal.LOGS;
    }

    @Override
    public void store(Transaction transaction) throws SQLException {
        for (LogEntry entry : entries) {
            transaction.logs().store(entry);
        }
    }

    @Override
    public int items() {
        return entries.size();
    }

    private static final class Decoder implements Envelope.Visitor {
        private final List<LogEntry> entries = new ArrayList<>();
        private SignalSource origin = SignalSource.NOBODY;

        @Override
        public void resource(byte[] resource, String schema) throws IOException {
            origin = SignalSource.of(resource, schema);
        }

        @Override
        public void scope(byte[] scope, String schema) throws IOException {
            origin = origin.with(scope, schema);
        }

        @Override
        public void item(byte[] request, int offset, int length) throws IOException {
            byte[] sent = Arrays.copyOfRange(request, offset, offset + length);
            LogRecord log = LogRecord.parseFrom(sent);
            byte[] bytes = sent;
            boolean noTrace = Values.isNoId(log.getTraceId());
            boolean noSpan = Values.isNoId(log.getSpanId());
            if (noTrace && !log.getTraceId().isEmpty() || noSpan && !log.getSpanId().isEmpty()) {
                log = log.toBuilder().setTraceId(noTrace ? ByteString.EMPTY : log.getTraceId())
                        .setSpanId(noSpan ? ByteString.EMPTY : log.getSpanId()).build();
                bytes = log.toByteArray();
            }
            long time = log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano();
            // The data model: a trace id that is not 16 bytes is invalid and counts as absent; the record itself is good.
            byte[] traceId = log.getTraceId().size() == TRACE_ID_BYTES ? log.getTraceId().toByteArray() : new byte[0];
            Words words = new Words();
            words.add(origin.service());
            words.add(log.getEventName());
            words.add(log.getSeverityText());
            // Verdicts of checks explain themselves at length, and that is what people look for.
            Consumer<String> add = log.getEventName().startsWith("gen_ai.") ? words::addWhole : words::add;
            Values.strings(log.getBody(), add);
            Values.strings(log.getAttributesList(), add);
            entries.add(new LogEntry(Nanos.clamped(time), traceId, Severity.of(log), origin, bytes, words.text()));
        }
    }
}
