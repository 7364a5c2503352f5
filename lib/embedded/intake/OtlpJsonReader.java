package embedded.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import embedded.Memory;
import embedded.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns OTLP/JSON into protobuf as it is read, without ever holding it as a tree. OTLP/JSON is protobuf's own JSON but for two
 * things: trace and span ids are hex, not base64, and enumerations are numbers. Unknown fields are passed over, as the
 * specification wants.
 */
final class OtlpJsonReader {
    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");
    /** Deeper than any telemetry, and as deep as protobuf's own reader goes. */
    private static final int MAX_DEPTH = 100;
    /** A number with more digits than this is none. */
    private static final int MAX_NUMBER_CHARS = 400;
    /** Of 2^64. */
    private static final int MAX_WHOLE_DIGITS = 20;
    /** What deflate can make of a byte. */
    private static final int MOST_INFLATED = 1032;
    /** Names of fields are not remembered: a request may have millions of different ones. */
    private static final JsonFactory FACTORY = JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(4 * MAX_DEPTH).maxStringLength(IntakeLimits.TEXT_CHARS)
            .maxNumberLength(MAX_NUMBER_CHARS).build()).build();
    /** Beyond this a text is worth being counted. */
    private static final int LONG_TEXT = 64 << 10;
    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private final JsonParser in;
    private final Memory.Share share;
    /** What the open messages hold so far, by depth; kept for the next message of that depth. */
    private final List<Level> levels = new ArrayList<>();

    private static final class Level {
        private final Bytes bytes;
        private final CodedOutputStream out;

        Level(Memory.Share share) {
            bytes = new Bytes(share, IntakeLimits.REQUEST_BYTES * 2);
            out = CodedOutputStream.newInstance(bytes, 512);
        }
    }

    private OtlpJsonReader(JsonParser in, Memory.Share share) {
        this.in = in;
        this.share = share;
    }

    /**
     * @param compressed whether {@code bytes} are those before decompression
     * @param bytes of the body: no text in it is longer, and the longest is held whole before anybody knows its length
     * @return the request as protobuf
     * @throws Bytes.NoRoom when there is not enough memory for it
     * @throws IOException when it is no JSON, or not of this signal's form
     */
    static byte[] toProtobuf(Signal signal, InputStream json, boolean compressed, long bytes, Memory.Share share) throws IOException {
        Descriptor type = switch (signal) {
            case TRACES -> ExportTraceServiceRequest.getDescriptor();
            case METRICS -> ExportMetricsServiceRequest.getDescriptor();
            case LOGS -> ExportLogsServiceRequest.getDescriptor();
        };
        long text = Character.BYTES * Math.min(IntakeLimits.TEXT_CHARS, compressed ? MOST_INFLATED * bytes : bytes);
        if (!share.grow(text)) {
            throw new Bytes.NoRoom(Overload.rejection());
        }
        // A decoder that tells of bytes that are no UTF-8, where a reader would put something else in their place.
        try (JsonParser in = FACTORY.createParser(new InputStreamReader(json, StandardCharsets.UTF_8.newDecoder()))) {
            OtlpJsonReader reader = new OtlpJsonReader(in, share);
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            Level level = reader.message(type, 0);
            if (in.nextToken() != null) {
                throw new IOException("something follows the object");
            }
            return level.bytes.toArray();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            share.shrink(text);
        }
    }

    /** Reads from behind the opening brace to the closing one. */
    private Level message(Descriptor type, int depth) throws IOException {
        if (depth >= MAX_DEPTH) {
            throw new IOException("nested deeper than " + MAX_DEPTH);
        }
        if (levels.size() == depth) {
            levels.add(new Level(share));
        }
        Level level = levels.get(depth);
        level.bytes.reset();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            FieldDescriptor field = fields(type).get(in.currentName());
            JsonToken token = in.nextToken();
            if (field == null) {
                in.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                continue; // as if it were not there
            } else if (!field.isRepeated()) {
                value(field, level, depth);
            } else if (token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    value(field, level, depth);
                }
            } else {
                throw new IOException(field.getJsonName() + " is a list");
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("it ends early");
        }
        level.out.flush();
        return level;
    }

    private static Map<String, FieldDescriptor> fields(Descriptor type) {
        return FIELDS.computeIfAbsent(type, descriptor -> {
            Map<String, FieldDescriptor> fields = new HashMap<>();
            for (FieldDescriptor field : descriptor.getFields()) {
                fields.put(field.getName(), field);
                fields.put(field.getJsonName(), field);
            }
            return fields;
        });
    }

    private void value(FieldDescriptor field, Level level, int depth) throws IOException {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException(field.getJsonName() + " is an object");
            }
            Level inner = message(field.getMessageType(), depth + 1);
            level.out.writeTag(field.getNumber(), WireFormat.WIRETYPE_LENGTH_DELIMITED);
            level.out.writeUInt32NoTag(inner.bytes.length());
            level.out.flush();
            level.bytes.append(inner.bytes);
            return;
        }
        if (!in.currentToken().isScalarValue()) {
            throw new IOException(field.getJsonName() + " is neither an object nor a list");
        }
        // As characters, as a string and as UTF-8.
        long room = in.getTextLength() > LONG_TEXT ? 5L * in.getTextLength() : 0;
        if (!share.grow(room)) {
            throw new Bytes.NoRoom(Overload.rejection());
        }
        scalar(field, in.getText(), level.out);
        share.shrink(room);
    }

    private static void scalar(FieldDescriptor field, String text, CodedOutputStream out) throws IOException {
        int number = field.getNumber();
        boolean isText = field.getType() == FieldDescriptor.Type.STRING || field.getType() == FieldDescriptor.Type.BYTES;
        if (!isText && text.length() > MAX_NUMBER_CHARS) {
            throw new IOException(field.getJsonName() + " is no number: " + shortened(text));
        }
        switch (field.getType()) {
            case STRING -> out.writeByteArray(number, text.getBytes(StandardCharsets.UTF_8));
            case BYTES -> out.writeByteArray(number, IDS.contains(field.getName()) ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text));
            case BOOL -> out.writeBool(number, bool(text));
            case DOUBLE -> out.writeDouble(number, Double.parseDouble(text));
            case ENUM -> out.writeEnum(number, enumeration(field, text));
            case SINT32 -> out.writeSInt32(number, small(field, text));
            // The same to who reads it, whether a number has a sign or not.
            case INT32, UINT32 -> out.writeInt32(number, small(field, text));
            case FIXED32, SFIXED32 -> out.writeFixed32(number, small(field, text));
            case INT64, UINT64 -> out.writeInt64(number, whole(text));
            case FIXED64, SFIXED64 -> out.writeFixed64(number, whole(text));
            default -> throw new IOException(field.getJsonName() + " cannot be read");
        }
    }

    private static int small(FieldDescriptor field, String text) throws IOException {
        long value = whole(text);
        if (value < Integer.MIN_VALUE || value > 0xffffffffL) {
            throw new IOException(field.getJsonName() + " is too large: " + value);
        }
        return (int) value;
    }

    private static boolean bool(String text) throws IOException {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IOException("neither true nor false: " + shortened(text));
        }
        return text.equals("true");
    }

    /** 64-bit numbers come as text or as numbers; both the signed and the unsigned range. */
    private static long whole(String text) throws IOException {
        try {
            return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            return written(text);
        }
    }

    /** 1.79e18 and 5.0 are whole numbers too. Looked at before it is written out: 1e999999999 has a billion digits. */
    private static long written(String text) throws IOException {
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() == 0) {
                return 0;
            }
            if ((long) number.precision() - number.scale() <= MAX_WHOLE_DIGITS && number.scale() <= MAX_NUMBER_CHARS) {
                BigInteger whole = number.toBigIntegerExact();
                if (whole.bitLength() < Long.SIZE || whole.signum() > 0 && whole.bitLength() == Long.SIZE) {
                    return whole.longValue();
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IOException("no whole number: " + shortened(text), e);
        }
        throw new IOException("no whole number of 64 bits: " + shortened(text));
    }

    private static int enumeration(FieldDescriptor field, String text) throws IOException {
        EnumValueDescriptor named = field.getEnumType().findValueByName(text);
        return named != null ? named.getNumber() : (int) whole(text);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
