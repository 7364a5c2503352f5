package console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** Calls the listener with the new number of columns when the terminal is resized, unless {@code COLUMNS} fixes it. */
    static void whenResized(Map<String, String> environment, IntConsumer listener) {
        if (!environment.getOrDefault("COLUMNS", "").matches("[1-9]\\d{1,3}")) {
            Signals.handle("WINCH", () -> listener.accept(width(environment)));
        }
    }

    /** Lines of the terminal; 24 where it does not report them. */
    static int rows() {
        String[] size = sizeOfTerminal().split(" ");
        return size.length == 2 && size[0].matches("[1-9]\\d{0,3}") ? Integer.parseInt(size[0]) : DEFAULT_ROWS;
    }

    private static String sizeOfTerminal() {
        try {
            return stty(PATIENCE_MILLIS, "size");
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * What {@code stty} says of the terminal. It is not interrupted: a terminal must be put back also when somebody has ended us.
     *
     * @throws IOException when there is no terminal, it cannot be changed, or nothing is said in time
     */
    static String stty(long patienceMillis, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        Process stty = new ProcessBuilder(command).redirectInput(new File("/dev/tty")).redirectErrorStream(true).start();
        boolean interrupted = Thread.interrupted();
        try {
            // It says less than a pipe holds, so that it ends whether or not somebody reads.
            if (!stty.waitFor(patienceMillis, TimeUnit.MILLISECONDS)) {
                throw new IOException("stty does not answer");
            }
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (stty.exitValue() != 0) {
                throw new IOException(answer.isEmpty() ? "stty exits with " + stty.exitValue() : answer);
            }
            return answer;
        } catch (InterruptedException e) {
            interrupted = true;
            throw new IOException("interrupted", e);
        } finally {
            stty.destroyForcibly();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
