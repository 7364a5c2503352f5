package workers;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads a child's output on a thread of its own and hands over what the lines mean through a bounded queue: whoever writes
 * faster than it is taken waits. The thread is a daemon: where something outside holds the pipe open, nobody waits for it.
 */
public final class LinePump<T> implements AutoCloseable {
    private static final int CAPACITY = 256;

    private final BlockingQueue<Arrival<T>> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread;
    private volatile long lastLine = System.nanoTime();
    private volatile boolean closed;

    /**
     * A line's meaning and when it was read.
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

    /** Whether the output has ended and all of it was taken. */
    public boolean ended() {
        return !thread.isAlive() && queue.isEmpty();
    }

    /** When the last line was complete, of {@link System#nanoTime}; the beginning when there was none. */
    public long lastLine() {
        return lastLine;
    }

    /** Gives up what was not taken. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** No line, whatever it holds, ends the reading of those after it. */
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
            // The pipe was closed under the reader, which is an end like another; what is missing then is the result line.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
