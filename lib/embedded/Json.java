package embedded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the JSON that the page reads: maps, lists, strings, numbers and booleans. */
public final class Json {
    /** Characters beyond the first 65,536 are written as they are, not as two escapes. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

    private Json() {}

    /** Writes something with a generator. */
    @FunctionalInterface
    public interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    public static String write(Object value) {
        return new String(bytes(out -> write(out, value)), StandardCharsets.UTF_8);
    }

    /** In UTF-8. */
    public static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static void write(JsonGenerator out, Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Optional<?> optional) {
            write(out, optional.orElse(null));
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(entry.getKey().toString());
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> elements) {
            out.writeStartArray();
            for (Object element : elements) {
                write(out, element);
            }
            out.writeEndArray();
        } else if (value instanceof double[] numbers) {
            out.writeStartArray();
            for (double number : numbers) {
                number(out, number);
            }
            out.writeEndArray();
        } else if (value instanceof Double number) {
            number(out, number);
        } else if (value instanceof Number number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else {
            out.writeString(value.toString());
        }
    }

    /** JSON has no NaN: a gap in a chart is null. */
    private static void number(JsonGenerator out, double number) throws IOException {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            out.writeNull();
        } else if (number == Math.rint(number) && Math.abs(number) < 1L << 53) {
            out.writeNumber((long) number);
        } else {
            out.writeNumber(number);
        }
    }

    /** Reads back an object whose values are all strings, as the store keeps the attributes of a series. */
    public static SortedMap<String, String> readStrings(String json) {
        SortedMap<String, String> strings = new TreeMap<>();
        try (JsonParser in = FACTORY.createParser(json)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String key = in.currentName();
                in.nextToken();
                strings.put(key, in.getText());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the store's own JSON does not read: " + json, e);
        }
        return strings;
    }
}
