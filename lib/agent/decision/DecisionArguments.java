package agent.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The arguments of a function by their names on the wire (the original AgentProxy's, {@code file_paths}), in the order of their
 * declaration. A value is a {@link String}, an {@link Integer} or a {@code List<String>}; what is absent is left out.
 */
public final class DecisionArguments {
    private final Map<String, Object> values = new LinkedHashMap<>();

    public DecisionArguments put(String name, String value) {
        values.put(name, value);
        return this;
    }

    public DecisionArguments put(String name, int value) {
        values.put(name, value);
        return this;
    }

    public DecisionArguments put(String name, Optional<String> value) {
        value.ifPresent(v -> values.put(name, v));
        return this;
    }

    public DecisionArguments put(String name, OptionalInt value) {
        value.ifPresent(v -> values.put(name, v));
        return this;
    }

    public DecisionArguments put(String name, List<String> value) {
        if (!value.isEmpty()) {
            values.put(name, List.copyOf(value));
        }
        return this;
    }

    /** All of them, read-only. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** A text, or an empty one. */
    public String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** Empty also for a blank text: models give those where they mean none. */
    public Optional<String> optionalText(String name) {
        return Optional.of(text(name)).filter(text -> !text.isBlank());
    }

    @SuppressWarnings("unchecked") // only lists of texts are put in
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> list ? (List<String>) list : List.of();
    }

    public OptionalInt number(String name) {
        return values.get(name) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
