package console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The terminal while another program controls it: every key is sent to that program, Ctrl-C too, and nothing is echoed here.
 * {@link #close} restores the terminal.
 */
public final class RawTerminal implements AutoCloseable {
    private static final File TERMINAL = new File("/dev/tty");
    /** How often the terminal's size is read: Java 17 has no official way to receive SIGWINCH. */
    private static final long LOOK_MILLIS = 1000;
    private static final long PATIENCE_SECONDS = 5;

    private final String before;
    private volatile boolean closed;

    private RawTerminal(String before) {
        this.before = before;
    }

    /** @throws IOException when there is no terminal, or it cannot be changed */
    public static RawTerminal enter() throws IOException {
        RawTerminal terminal = new RawTerminal(stty("-g"));
        stty("raw", "-echo");
        return terminal;
    }

    /** Lines and columns; 24 and 80 when the terminal does not report them. */
    public int[] size() {
        try {
            String[] numbers = stty("size").split(" ");
            return new int[] {Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])};
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new int[] {24, 80};
        }
    }

    /** Reports each resize within a second. */
    public void whenResized(Runnable listener) {
        Thread watcher = new Thread(() -> watch(listener), "terminal-size");
        watcher.setDaemon(true);
        watcher.start();
    }

    private void watch(Runnable listener) {
        int[] known = size();
        while (!closed) {
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            int[] now = size();
            if (!closed && !Arrays.equals(known, now)) {
                known = now;
                listener.run();
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        stty(before);
    }

    private static String stty(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        Process stty = new ProcessBuilder(command).redirectInput(TERMINAL).redirectErrorStream(true).start();
        // Not interruptible: the terminal must be restored also when this process is being stopped.
        boolean interrupted = Thread.interrupted();
        try {
            // The answer is shorter than a pipe's buffer, so stty ends even if nobody reads it.
            if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("stty does not answer");
            }
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (stty.exitValue() != 0) {
                throw new IOException(answer.isEmpty() ? "stty ended with exit code " + stty.exitValue() : answer);
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
