package embedded;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads OTLP's attribute values. */
public final class Values {
    public static final String SERVICE_NAME = "service.name";
    /** What OpenTelemetry's own components call a sender that does not say who it is. */
    public static final String UNKNOWN_SERVICE = "unknown_service";

    private static final int MESSAGE_CHARS = 80;
    /** Longer than any name of a span, service, metric or model. */
    public static final int NAME_CHARS = 1000;
    /** Beyond these a figure is a mistake of its sender, and sums over it would be wrong or overflow. */
    private static final double MAX_COUNT = 1e12;
    private static final double MAX_USD = 1e6;

    private Values() {}

    /** The value as a person would write it; lists and maps in the manner of JSON, bytes by their number. */
    public static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BYTES_VALUE -> value.getBytesValue().size() + " bytes";
            case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(Values::text).toList().toString();
            case KVLIST_VALUE -> value.getKvlistValue().getValuesList().stream()
                    .map(entry -> entry.getKey() + "=" + text(entry.getValue())).toList().toString();
            default -> "";
        };
    }

    /** A number of things; 0 when it is none, negative or beyond all measure. */
    public static long count(AnyValue value) {
        return number(value).filter(number -> number >= 0 && number <= MAX_COUNT).map(Math::round).orElse(0L);
    }

    /** Money in US dollars; empty when it is none, negative or beyond all measure. */
    public static Optional<Double> usd(AnyValue value) {
        return number(value).filter(number -> number >= 0 && number <= MAX_USD);
    }

    private static Optional<Double> number(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> Optional.of((double) value.getIntValue());
            case DOUBLE_VALUE -> Optional.of(value.getDoubleValue());
            default -> Optional.empty();
        };
    }

    /** Gives every string in the attributes, nested ones too; numbers are not words. */
    public static void strings(List<KeyValue> attributes, Consumer<String> found) {
        for (KeyValue attribute : attributes) {
            strings(attribute.getValue(), found);
        }
    }

    public static void strings(AnyValue value, Consumer<String> found) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> found.accept(value.getStringValue());
            case ARRAY_VALUE -> value.getArrayValue().getValuesList().forEach(element -> strings(element, found));
            case KVLIST_VALUE -> strings(value.getKvlistValue().getValuesList(), found);
            default -> { }
        }
    }

    public static String of(List<KeyValue> attributes, String key) {
        for (KeyValue attribute : attributes) {
            if (attribute.getKey().equals(key)) {
                return text(attribute.getValue());
            }
        }
        return "";
    }

    /** What a sender called something, as far as a message has room for it. */
    public static String bounded(String name) {
        return cut(name, MESSAGE_CHARS);
    }

    /** What a sender called something, as far as lists keep it: a list of two hundred shows two hundred of them. */
    public static String name(String name) {
        return cut(name, NAME_CHARS);
    }

    /** The text, or so many characters of it with an ellipsis. */
    public static String cut(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars) + "…";
    }

    /** Whether an id is none: some write zeros where there is none, which the specification calls invalid. */
    public static boolean isNoId(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    public static String serviceName(Resource resource) {
        String name = of(resource.getAttributesList(), SERVICE_NAME);
        return name.isEmpty() ? UNKNOWN_SERVICE : name(name);
    }
}
