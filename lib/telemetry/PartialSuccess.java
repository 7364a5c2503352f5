package telemetry;

import java.nio.charset.StandardCharsets;

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
            Reader outer = new Reader(response, 0, response.length);
            while (outer.next()) {
                if (outer.field == 1 && outer.type == LENGTH) {
                    return inner(new Reader(response, outer.start, outer.start + (int) outer.value));
                }
            }
        } catch (IndexOutOfBoundsException e) {
            return NONE;
        }
        return NONE;
    }

    private static PartialSuccess inner(Reader reader) {
        long rejected = 0;
        String message = "";
        while (reader.next()) {
            if (reader.field == 1 && reader.type == VARINT) {
                rejected = reader.value;
            } else if (reader.field == 2 && reader.type == LENGTH) {
                message = new String(reader.bytes, reader.start, (int) reader.value, StandardCharsets.UTF_8);
            }
        }
        return new PartialSuccess(rejected, message);
    }

    /** Walks the fields of one message. */
    private static final class Reader {
        private final byte[] bytes;
        private final int end;
        private int at;
        private int field;
        private int type;
        /** A varint's value, or a field's length. */
        private long value;
        /** Where the content of a field with a length begins. */
        private int start;

        Reader(byte[] bytes, int from, int end) {
            if (end > bytes.length || end < from) {
                throw new IndexOutOfBoundsException("a field ends after its message");
            }
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean next() {
            if (at >= end) {
                return false;
            }
            int tag = (int) varint();
            field = tag >>> 3;
            type = tag & 7;
            switch (type) {
                case VARINT -> value = varint();
                case FIXED64 -> at += 8;
                case FIXED32 -> at += 4;
                case LENGTH -> {
                    value = varint();
                    start = at;
                    if (value < 0 || value > end - at) {
                        throw new IndexOutOfBoundsException("a field is longer than its message");
                    }
                    at += (int) value;
                }
                default -> throw new IndexOutOfBoundsException("unknown wire type " + type);
            }
            return true;
        }

        private long varint() {
            long result = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte b = bytes[at++];
                result |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return result;
                }
            }
            throw new IndexOutOfBoundsException("a number is too long");
        }
    }
}
