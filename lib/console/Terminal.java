package console;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Finds out whether a stream is a terminal. Java 17 cannot tell for stdout and stderr separately. */
final class Terminal {
    private static final int DEFAULT_WIDTH = 100;
    private static final int DEFAULT_ROWS = 24;
    private static final long PATIENCE_MILLIS = 500;

    private Terminal() {}

    /** @param descriptor 0 for stdin, 1 for stdout, 2 for stderr */
    static boolean is(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
            // Without /proc, as on macOS, a child process that inherits the stream can tell.
            Process test = new ProcessBuilder("test", "-t", Integer.toString(descriptor)).inheritIO().start();
            return test.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Columns, from {@code COLUMNS} or the terminal itself. */
    static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9]\\d{1,3}")) {
            return Integer.parseInt(columns);
        }
        String[] size = sizeOfTerminal().split(" ");
        return size.length == 2 && size[1].matches("[1-9]\\d{1,3}") ? Integer.parseInt(size[1]) : DEFAULT_WIDTH;
    }

    /**
     * Calls the listener with the new number of columns when the terminal is resized, unless {@code COLUMNS} fixes it. Only
     * {@code sun.misc.Signal} can receive SIGWINCH in the JDK. Because javac warns of each direct use, it is called by reflection.
     * Where it is missing, the width never changes.
     */
    static void whenResized(Map<String, String> environment, IntConsumer listener) {
        if (environment.getOrDefault("COLUMNS", "").matches("[1-9]\\d{1,3}")) {
            return;
        }
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(Terminal.class.getClassLoader(), new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            listener.accept(width(environment));
                            yield null;
                        }
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "handler of SIGWINCH";
                    });
            Object signal = signalType.getConstructor(String.class).newInstance("WINCH");
            signalType.getMethod("handle", signalType, handlerType).invoke(null, signal, handler);
        } catch (ReflectiveOperationException e) {
            return;
        }
    }

    /** Lines of the terminal; 24 where it does not report them. */
    static int rows() {
        String[] size = sizeOfTerminal().split(" ");
        return size.length == 2 && size[0].matches("[1-9]\\d{0,3}") ? Integer.parseInt(size[0]) : DEFAULT_ROWS;
    }

    private static String sizeOfTerminal() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream answer = stty.getInputStream()) {
                if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    stty.destroyForcibly();
                    return "";
                }
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
