package journal;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether an event that was read has everything that it must have. JSON gives null for what is missing, and no record of ours
 * may hold it: what can be absent is an {@link Optional}, or has a default in the record itself.
 */
final class Completeness {
    private static final ClassValue<Method[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).filter(c -> !c.getType().isPrimitive())
                    .map(RecordComponent::getAccessor).toArray(Method[]::new);
        }
    };

    private Completeness() {}

    static boolean of(Object value) {
        if (value == null) {
            return false;
        }
        if (value instanceof Optional<?> optional) {
            return optional.isEmpty() || of(optional.get());
        }
        if (value instanceof Collection<?> all) {
            return all.stream().allMatch(Completeness::of);
        }
        if (!(value instanceof Record)) {
            return true;
        }
        for (Method component : COMPONENTS.get(value.getClass())) {
            try {
                if (!of(component.invoke(value))) {
                    return false;
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a public record has public components", e);
            }
        }
        return true;
    }
}
