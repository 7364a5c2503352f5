package telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;

/** Attributes without secrets. */
final class RedactedAttributes {
    private RedactedAttributes() {}

    /** The same object when there was nothing to take out, which is nearly always. */
    static Attributes of(Attributes attributes, Redactor redactor) {
        AttributesBuilder[] changed = new AttributesBuilder[1];
        attributes.forEach((key, value) -> {
            Object clean = clean(value, redactor);
            if (clean != value) {
                if (changed[0] == null) {
                    changed[0] = attributes.toBuilder();
                }
                put(changed[0], key, clean);
            }
        });
        return changed[0] == null ? attributes : changed[0].build();
    }

    private static Object clean(Object value, Redactor redactor) {
        if (value instanceof String text) {
            String clean = redactor.redact(text);
            return clean.equals(text) ? value : clean;
        }
        if (value instanceof List<?> list && list.stream().anyMatch(String.class::isInstance)) {
            List<Object> clean = new ArrayList<>(list.size());
            list.forEach(element -> clean.add(element instanceof String text ? redactor.redact(text) : element));
            return clean.equals(list) ? value : clean;
        }
        return value;
    }

    @SuppressWarnings("unchecked") // A redacted value has the type of its key: text stays text, a list of text one.
    private static void put(AttributesBuilder builder, AttributeKey<?> key, Object value) {
        if (key.getType() == AttributeType.STRING || key.getType() == AttributeType.STRING_ARRAY) {
            builder.put((AttributeKey<Object>) key, value);
        } else {
            throw new IllegalStateException("text under a key that is none: " + key);
        }
    }
}
