package console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The terminal while a program elsewhere is in charge of it: every key goes there as it is, Ctrl-C too, and nothing is
 * echoed here. It is as it was before when this is closed.
 */
public final class RawTerminal implements AutoCloseable {
    private static final File TERMINAL = new File("/dev/tty");
    /** How often its size is asked for: Java 17 has no way of its own to hear of SIGWINCH. */
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

    /** Lines and characters per line; 24 and 80 when it does not say. */
    public int[] size() {
        try {
            String[] numbers = stty("size").split(" ");
            return new int[] {Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])};
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new int[] {24, 80};
        }
    }

    /** Tells, within a second, whenever the person has changed its size. */
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
        // Not interruptible: the terminal must be put back also when somebody has ended us.
        boolean interrupted = Thread.interrupted();
        try {
            // It says less than a pipe holds, so that it ends whether or not somebody reads.
            if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
