package embedded.intake;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import embedded.Signal;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How much memory a request takes once it is decoded, estimated from its bytes without decoding them: two bytes can be an
 * attribute, and an attribute is a hundred bytes of objects. Walks the messages by their descriptors and makes no objects of them.
 */
final class Weight implements Envelope.Visitor {
    /** A message and its place in a list, measured with the largest of OTLP's messages. */
    private static final int MESSAGE = 96;
    /** What stays of a span, of a record and of a data point beside its own bytes: a record, its arrays and its words. */
    private static final int ITEM = 320;
    private static final int POINT = 480;
    /** What a trace costs within a request: a group, its lists and its words. */
    private static final int TRACE = 1100;
    /** Strings and arrays of what is decoded, compared with their bytes. */
    private static final int CONTENT = 3;
    /** Packed numbers of one byte each become eight, and once more as objects. */
    private static final int PACKED_CONTENT = 24;
    private static final int MAX_DEPTH = 100;
    private static final int TRACE_ID = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private static final Map<Descriptor, Node> NODES = new HashMap<>();
    private static final Node RESOURCE = node(Resource.getDescriptor());
    private static final Node SCOPE = node(InstrumentationScope.getDescriptor());
    private static final Node SPAN = node(Span.getDescriptor());
    private static final Node METRIC = node(Metric.getDescriptor());
    private static final Node LOG = node(LogRecord.getDescriptor());

    private final Signal signal;
    /** What stays until it is stored, and the most that is needed for a moment beside that. */
    private long held;
    private long momentary;
    private int lastTraceId;

    /** A message's fields that are messages themselves, by their numbers. */
    private static final class Node {
        private Node[] children = new Node[0];
        private boolean isPoint;
        private boolean hasPackedNumbers;
    }

    private Weight(Signal signal) {
        this.signal = signal;
    }

    /** Bytes; never fewer than decoding takes. */
    static long of(Signal signal, byte[] request) throws IOException {
        Weight weight = new Weight(signal);
        Envelope.walk(request, weight);
        return weight.held + weight.momentary;
    }

    private static synchronized Node node(Descriptor type) {
        Node known = NODES.get(type);
        if (known != null) {
            return known;
        }
        Node node = new Node();
        NODES.put(type, node);
        node.isPoint = type.getName().endsWith("DataPoint");
        for (FieldDescriptor field : type.getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                if (field.getNumber() >= node.children.length) {
                    node.children = Arrays.copyOf(node.children, field.getNumber() + 1);
                }
                node.children[field.getNumber()] = node(field.getMessageType());
            } else if (field.isPacked()) {
                node.hasPackedNumbers = true;
            }
        }
        return node;
    }

    @Override
    public void resource(byte[] resource, String schema) throws IOException {
        head(RESOURCE, resource);
    }

    @Override
    public void scope(byte[] scope, String schema) throws IOException {
        head(SCOPE, scope);
    }

    private void head(Node node, byte[] bytes) throws IOException {
        held += 2L * bytes.length + MESSAGE;
        momentary = Math.max(momentary, objects(node, bytes, 0, bytes.length) + (long) CONTENT * bytes.length);
    }

    @Override
    public void item(byte[] request, int offset, int length) throws IOException {
        Node node = switch (signal) {
            case TRACES -> SPAN;
            case METRICS -> METRIC;
            case LOGS -> LOG;
        };
        long objects = objects(node, request, offset, length);
        if (signal == Signal.METRICS) {
            // Of a metric its points stay, each with its attributes as text.
            held += (long) CONTENT * length;
            momentary = Math.max(momentary, objects + (long) CONTENT * length);
            return;
        }
        held += ITEM + (long) CONTENT * length;
        if (signal == Signal.TRACES) {
            int traceId = traceId(request, offset, length);
            held += traceId == lastTraceId ? 0 : TRACE;
            lastTraceId = traceId;
        }
        momentary = Math.max(momentary, objects + (long) CONTENT * length);
    }

    /** A number that is another for another trace, nearly always. */
    private static int traceId(byte[] request, int offset, int length) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(request, offset, length);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == TRACE_ID) {
                int size = in.readRawVarint32();
                int hash = 1;
                for (int i = 0; i < size; i++) {
                    hash = 31 * hash + in.readRawByte();
                }
                return hash;
            }
            in.skipField(tag);
        }
        return 0;
    }

    private long objects(Node node, byte[] bytes, int offset, int length) throws IOException {
        return objects(node, CodedInputStream.newInstance(bytes, offset, length), 0);
    }

    /** Up to the limit of the stream, which is the end of this message. */
    private long objects(Node node, CodedInputStream in, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("nested deeper than " + MAX_DEPTH);
        }
        long sum = MESSAGE;
        if (node.isPoint) {
            held += POINT;
        }
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = tag >>> 3;
            if ((tag & 7) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                in.skipField(tag);
                sum += node.hasPackedNumbers ? PACKED_CONTENT : 0;
                continue;
            }
            int size = in.readRawVarint32();
            if (number < node.children.length && node.children[number] != null) {
                int outer = in.pushLimit(size);
                sum += objects(node.children[number], in, depth + 1);
                in.popLimit(outer);
            } else {
                sum += node.hasPackedNumbers ? (long) PACKED_CONTENT * size : 0;
                in.skipRawBytes(size);
            }
        }
        return sum;
    }
}
