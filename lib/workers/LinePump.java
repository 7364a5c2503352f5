package workers;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads a child's output on a separate thread and passes the parsed lines on through a bounded queue: a child that writes too fast
 * has to wait. The thread is a daemon: if another process holds the pipe open, nobody waits for the thread.
 */
public final class LinePump<T> implements AutoCloseable {
    private static final int CAPACITY = 256;

    private final BlockingQueue<Arrival<T>> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread;
    private volatile long lastLine = System.nanoTime();
    private volatile boolean closed;

    /**
     * A parsed line and the time when it was read.
     *
     * @param nanos of {@link System#nanoTime}
     */
    public record Arrival<T>(T line, long nanos) {}

    public LinePump(InputStream output, LineParser<T> parser) {
        thread = new Thread(() -> pump(output, parser), "worker-output");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next line, if one comes in time. */
    public Optional<Arrival<T>> poll(Duration wait) throws InterruptedException {
        return Optional.ofNullable(queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Whether the output has ended and every line was taken. */
    public boolean ended() {
        return !thread.isAlive() && queue.isEmpty();
    }

    /** The time of the last complete line, of {@link System#nanoTime}; the start time when there was none. */
    public long lastLine() {
        return lastLine;
    }

    /** Drops the lines that were not taken. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Reads line by line. A bad line never stops the reading. */
    private static <T> T parse(LineReader lines, LineParser<T> parser) throws IOException {
        try {
            return parser.parse(lines);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            lines.finish();
            return parser.unreadable(lines);
        }
    }

    private void pump(InputStream output, LineParser<T> parser) {
        try (LineReader lines = new LineReader(output)) {
            while (!closed && lines.next()) {
                T line = parse(lines, parser);
                lastLine = System.nanoTime();
                if (line != null) {
                    queue.put(new Arrival<>(line, lastLine));
                }
            }
        } catch (IOException e) {
            // The pipe was closed during a read: treated as a normal end. If the result line is missing, that is reported later.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
