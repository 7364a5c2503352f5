package agent;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Makes a value of any type that events and decisions are made of, every part of it present: none is forgotten when one is added. */
public final class Samples {
    private static final Map<Class<?>, Object> SIMPLE = Map.ofEntries(Map.entry(String.class, "text"), Map.entry(int.class, 7),
            Map.entry(long.class, 7L), Map.entry(boolean.class, true), Map.entry(double.class, 0.5),
            Map.entry(Duration.class, Duration.ofMillis(7)), Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Path.class, Path.of("/tmp/x")), Map.entry(BigDecimal.class, new BigDecimal("0.07")),
            Map.entry(OptionalInt.class, OptionalInt.of(7)), Map.entry(OptionalDouble.class, OptionalDouble.of(0.5)));

    private Samples() {}

    public static <T> T of(Class<T> type) {
        return type.cast(value(type));
    }

    /** One of each kind of a sealed type. */
    public static <T> List<T> ofEach(Class<T> sealed) {
        return java.util.Arrays.stream(sealed.getPermittedSubclasses()).map(kind -> sealed.cast(value(kind))).toList();
    }

    private static Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Object inner = value(generic.getActualTypeArguments()[0]);
            return raw == Optional.class ? Optional.of(inner) : raw == List.class ? List.of(inner) : raw == Set.class ? Set.of(inner)
                    : Map.of(inner, value(generic.getActualTypeArguments()[1]));
        }
        Class<?> wanted = (Class<?>) type;
        if (SIMPLE.containsKey(wanted)) {
            return SIMPLE.get(wanted);
        }
        if (wanted.isEnum()) {
            return wanted.getEnumConstants()[0];
        }
        if (wanted.isSealed()) {
            return value(wanted.getPermittedSubclasses()[0]);
        }
        RecordComponent[] parts = wanted.getRecordComponents();
        try {
            Constructor<?> constructor = wanted.getDeclaredConstructor(
                    java.util.Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(java.util.Arrays.stream(parts).map(part -> value(part.getGenericType())).toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no sample of " + wanted, e);
        }
    }
}
