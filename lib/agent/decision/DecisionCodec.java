package agent.decision;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Makes a decision of a function's name and its arguments, and back: what a model answers, what the journal holds and what is
 * shown as JSON all go through it. The arguments are the parts of the decision's record, by their names on the wire (the original
 * AgentProxy's, {@code file_paths}) and in the order of their declaration. A value is a {@link String}, an {@link Integer} or a
 * {@code List<String>}; what is absent is left out.
 */
public final class DecisionCodec {
    private DecisionCodec() {}

    /**
     * A missing argument, or one of another type, is read as an empty text or an empty list: whoever calls has checked what must
     * be there. A blank text is none where none need be given: models give those where they mean none.
     */
    public static Decision decision(FunctionName name, Map<String, ?> given) {
        RecordComponent[] parts = name.type().getRecordComponents();
        Class<?>[] types = Stream.of(parts).map(RecordComponent::getType).toArray(Class[]::new);
        Object[] values = Stream.of(parts).map(part -> value(part.getType(), Optional.ofNullable(given.get(onTheWire(part))))).toArray();
        try {
            return name.type().getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a decision is a public record", e);
        }
    }

    /** What {@link #decision} makes the same decision of, together with {@link Decision#function}; read-only. */
    public static Map<String, Object> arguments(Decision decision) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (RecordComponent part : decision.getClass().getRecordComponents()) {
            present(part, decision).ifPresent(value -> written.put(onTheWire(part), value));
        }
        return Collections.unmodifiableMap(written);
    }

    private static Object value(Class<?> type, Optional<?> given) {
        if (type == OptionalInt.class) {
            return given.filter(Integer.class::isInstance).map(number -> OptionalInt.of((Integer) number))
                    .orElseGet(OptionalInt::empty);
        }
        if (type == List.class) {
            return given.filter(List.class::isInstance).map(list -> List.copyOf((List<?>) list)).orElseGet(List::of);
        }
        String text = given.filter(String.class::isInstance).map(String.class::cast).orElse("");
        return type == Optional.class ? Optional.of(text).filter(words -> !words.isBlank()) : text;
    }

    private static Optional<?> present(RecordComponent part, Decision decision) {
        Object value;
        try {
            value = part.getAccessor().invoke(decision);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a decision is a public record", e);
        }
        if (value instanceof OptionalInt number) {
            return number.stream().boxed().findFirst();
        }
        return value instanceof Optional<?> optional ? optional
                : Optional.of(value).filter(each -> !(each instanceof List<?> list && list.isEmpty()));
    }

    /** {@code filePaths} is {@code file_paths}. */
    private static String onTheWire(RecordComponent part) {
        return part.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
