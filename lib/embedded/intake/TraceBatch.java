package embedded.intake;

import com.google.protobuf.ByteString;
import embedded.Signal;
import embedded.Values;
import embedded.model.RunFacts;
import embedded.model.SignalSource;
import embedded.model.SpanGroup;
import embedded.model.SpanRecord;
import embedded.model.Words;
import embedded.store.Batch;
import embedded.store.Transaction;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The spans of one request, grouped by trace. */
public record TraceBatch(List<SpanGroup> groups, int items, int rejected, String rejectionMessage) implements Batch {
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    /** @throws IOException when it is not an {@code ExportTraceServiceRequest} */
    static TraceBatch decode(byte[] request) throws IOException {
        Decoder decoder = new Decoder();
        Envelope.walk(request, decoder);
        decoder.closeScope();
        return new TraceBatch(decoder.groups, decoder.items, decoder.rejected, decoder.message);
    }

    @Override
    public Signal signal() {
        return Signal.TRACES;
    }

    @Override
    public void store(Transaction transaction) throws SQLException {
        for (SpanGroup group : groups) {
            transaction.spans().store(group);
        }
    }

    private static final class Decoder implements Envelope.Visitor {
        private final List<SpanGroup> groups = new ArrayList<>();
        private final Map<ByteString, List<SpanRecord>> byTrace = new LinkedHashMap<>();
        private final Map<ByteString, Words> words = new LinkedHashMap<>();
        private SignalSource origin = SignalSource.NOBODY;
        private int items;
        private int rejected;
        private String message = "";

        @Override
        public void resource(byte[] resource, String schema) throws IOException {
            closeScope();
            origin = SignalSource.of(resource, schema);
        }

        @Override
        public void scope(byte[] scope, String schema) throws IOException {
            closeScope();
            origin = origin.with(scope, schema);
        }

        @Override
        public void item(byte[] request, int offset, int length) throws IOException {
            byte[] bytes = Arrays.copyOfRange(request, offset, offset + length);
            Span span = Span.parseFrom(bytes);
            if (span.getTraceId().size() != TRACE_ID_BYTES || Values.isNoId(span.getTraceId())
                    || span.getSpanId().size() != SPAN_ID_BYTES || Values.isNoId(span.getSpanId())) {
                rejected++;
                message = "a trace id is 16 bytes and a span id 8, neither all zero; refused: " + Values.bounded(span.getName());
                return;
            }
            items++;
            byTrace.computeIfAbsent(span.getTraceId(), id -> new ArrayList<>()).add(SpanRecord.of(span, bytes));
            index(span, words.computeIfAbsent(span.getTraceId(), id -> new Words()));
        }

        private void closeScope() {
            byTrace.forEach((traceId, spans) -> {
                words.get(traceId).add(origin.service());
                groups.add(new SpanGroup(traceId.toByteArray(), origin, spans, words.get(traceId).text()));
            });
            byTrace.clear();
            words.clear();
        }

        private static void index(Span span, Words words) {
            words.add(span.getName());
            words.add(span.getStatus().getMessage());
            // A run's own spans are few, and hold the words of checks and errors that people look for.
            Consumer<String> add = RunFacts.isOfRun(span.getName()) ? words::addWhole : words::add;
            Values.strings(span.getAttributesList(), add);
            for (Span.Event event : span.getEventsList()) {
                words.add(event.getName());
                Values.strings(event.getAttributesList(), add);
            }
        }
    }
}
