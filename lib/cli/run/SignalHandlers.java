package cli.run;

import agent.Interruption;
import contract.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into an orderly end of the run. A second signal ends the process at once; the guardian then ends
 * the child processes.
 *
 * <p>The JDK's only interface for signals is {@code sun.misc.Signal}, exported by the module jdk.unsupported. It is called by
 * reflection, because javac prints a warning for each direct use, and users would see it at their first run.
 */
public final class SignalHandlers {
    private static final Map<String, Integer> NUMBERS = Map.of("INT", 2, "TERM", 15, "HUP", 1);

    private SignalHandlers() {}

    public static void endRunOn(Interruption interruption) {
        NUMBERS.forEach((name, number) -> handle(name, () -> {
            if (interruption.requested()) {
                Runtime.getRuntime().halt(ExitCode.ofSignal(number));
            }
            interruption.request(number);
        }));
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of SIG" + name;
            };
            Object handler = Proxy.newProxyInstance(SignalHandlers.class.getClassLoader(), new Class<?>[] {handlerType}, invocation);
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            // The JVM uses this signal itself (-Xrs), or the class is missing: the JVM's own reaction remains.
            return;
        }
    }
}
