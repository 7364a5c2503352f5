package telemetry;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What an OTLP response says about items that were not taken. The three responses have one shape: field 1 is
 * {@code partial_success}, in it field 1 the number rejected and field 2 a message (opentelemetry-proto, collector/…/v1).
 * Read by hand because the product carries no protobuf runtime: the exporters write without one.
 */
record PartialSuccess(long rejected, String message) {
    static final PartialSuccess NONE = new PartialSuccess(0, "");
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    /** Reads a response; whatever is not one counts as a plain success, since the status already said so. */
    static PartialSuccess of(byte[] response) {
        try {
            if (!(fields(ByteBuffer.wrap(response)).get(1) instanceof ByteBuffer partial)) {
                return NONE;
            }
            Map<Integer, Object> fields = fields(partial);
            return new PartialSuccess(fields.get(1) instanceof Long rejected ? rejected : 0,
                    fields.get(2) instanceof ByteBuffer message ? StandardCharsets.UTF_8.decode(message).toString() : "");
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            return NONE;
        }
    }

    /** The fields of one message by their numbers: a number as a {@code Long}, a field that has a length as its content. */
    private static Map<Integer, Object> fields(ByteBuffer message) {
        Map<Integer, Object> fields = new HashMap<>();
        while (message.hasRemaining()) {
            int tag = (int) varint(message);
            switch (tag & 7) {
                case VARINT -> fields.put(tag >>> 3, varint(message));
                case FIXED64 -> message.getLong();
                case FIXED32 -> message.getInt();
                case LENGTH -> {
                    int length = Math.toIntExact(varint(message));
                    fields.put(tag >>> 3, message.slice(message.position(), length));
                    message.position(message.position() + length);
                }
                default -> throw new IndexOutOfBoundsException("unknown wire type " + (tag & 7));
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer message) {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = message.get();
            result |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw new IndexOutOfBoundsException("a number is too long");
    }
}
