package embedded;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes messages of OTLP as OTLP/JSON: protobuf's own JSON, but ids in hex and enumerations as numbers. Whole numbers of 64
 * bits are text, so that none is rounded by who reads them.
 */
public final class OtlpJson {
    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

    private OtlpJson() {}

    /** @param more fields beside those of the message, which readers of OTLP pass over */
    public static byte[] write(Message message, Map<String, ?> more) {
        return Json.bytes(out -> {
            out.writeStartObject();
            fields(out, message);
            for (Map.Entry<String, ?> field : more.entrySet()) {
                out.writeFieldName(field.getKey());
                Json.write(out, field.getValue());
            }
            out.writeEndObject();
        });
    }

    private static void fields(JsonGenerator out, Message message) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            out.writeFieldName(field.getJsonName());
            if (field.isRepeated()) {
                out.writeStartArray();
                for (Object element : (List<?>) entry.getValue()) {
                    value(out, field, element);
                }
                out.writeEndArray();
            } else {
                value(out, field, entry.getValue());
            }
        }
    }

    private static void value(JsonGenerator out, FieldDescriptor field, Object value) throws IOException {
        switch (field.getJavaType()) {
            case MESSAGE -> {
                out.writeStartObject();
                fields(out, (Message) value);
                out.writeEndObject();
            }
            case STRING -> out.writeString((String) value);
            case BYTE_STRING -> {
                byte[] bytes = ((ByteString) value).toByteArray();
                out.writeString(IDS.contains(field.getName()) ? HexFormat.of().formatHex(bytes)
                        : Base64.getEncoder().encodeToString(bytes));
            }
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case ENUM -> out.writeNumber(((EnumValueDescriptor) value).getNumber());
            case INT -> out.writeNumber(field.getType() == FieldDescriptor.Type.UINT32
                    || field.getType() == FieldDescriptor.Type.FIXED32 ? Integer.toUnsignedLong((Integer) value)
                    : (Integer) value);
            case LONG -> out.writeString(field.getType() == FieldDescriptor.Type.UINT64
                    || field.getType() == FieldDescriptor.Type.FIXED64 ? Long.toUnsignedString((Long) value)
                    : value.toString());
            case DOUBLE, FLOAT -> number(out, ((Number) value).doubleValue());
        }
    }

    /** JSON has no NaN and no infinity: protobuf writes their names. */
    private static void number(JsonGenerator out, double number) throws IOException {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            out.writeString(Double.toString(number));
        } else {
            out.writeNumber(number);
        }
    }
}
