package console;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Hears of the signals that the system sends to this process. The JDK's only interface to them is {@code sun.misc.Signal}, exported
 * by the module jdk.unsupported. It is reached by reflection because javac prints a warning for each direct use, which people would
 * see on their first run.
 */
public final class Signals {
    private Signals() {}

    /**
     * Has the action run, on a thread of the JVM's own, whenever the signal comes, instead of what ran before. Where the JVM keeps
     * the signal for itself ({@code -Xrs}), or has no such class, nothing changes.
     *
     * @param name without {@code SIG}
     * @return puts back what ran before
     */
    public static Runnable handle(String name, Runnable action) {
        InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "handler of SIG" + name;
        };
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Object before = set(name, type, Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {type},
                    invocation));
            return () -> {
                try {
                    set(name, type, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("what was set once cannot be set again", e);
                }
            };
        } catch (ReflectiveOperationException e) {
            return () -> {};
        }
    }

    private static Object set(String name, Class<?> handlerType, Object handler) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        return type.getMethod("handle", type, handlerType).invoke(null, type.getConstructor(String.class).newInstance(name),
                handler);
    }
}
