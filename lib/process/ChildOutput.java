package process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * A child's output, read by a thread of its own into a small buffer. Unlike a pipe, this stream can be told that nothing more will
 * come, even if a forgotten process keeps the pipe open. If the buffer is full, the child has to wait, as with a pipe. After the
 * reader has closed the stream, the child need not wait: its further output is thrown away.
 */
final class ChildOutput extends InputStream {
    private static final int CAPACITY = 1 << 16;
    /** More than a pipe can hold (Linux' default limit is 1 MiB): the most that can be in the pipe when all writers are gone. */
    private static final int PIPE = 1 << 20;

    private final byte[] buffer = new byte[CAPACITY];
    private int first;
    private int length;
    private boolean ended;
    private boolean discarded;
    private boolean waiting;
    private long waitingSince;
    private long allowance = Long.MAX_VALUE;

    /** Reads {@code source} to its end, then returns. */
    void fill(InputStream source) {
        byte[] chunk = new byte[8192];
        try (source) {
            for (int n = next(source, chunk); n >= 0; n = next(source, chunk)) {
                put(chunk, n);
            }
        } catch (IOException e) {
            // The JVM closes a pipe when its process has ended: a normal end.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            giveUp();
        }
    }

    /** No more output will be added; the existing output can still be read. */
    synchronized void giveUp() {
        ended = true;
        notifyAll();
    }

    synchronized boolean ended() {
        return ended;
    }

    /** All known writers are gone: from now on at most a pipe's content can still come. */
    synchronized void lastWords() {
        allowance = PIPE;
    }

    /** Stops when nothing has come for {@code patience} although there is room. Returns whether the output has ended. */
    synchronized boolean endedOrSilentFor(Duration patience) {
        if (!ended && waiting && Pause.since(waitingSince).compareTo(patience) > 0) {
            giveUp();
        }
        return ended;
    }

    /** Whether everything has arrived that can arrive before the reader reads. */
    synchronized boolean settled() {
        return ended || discarded || length == CAPACITY;
    }

    private int next(InputStream source, byte[] chunk) throws IOException {
        synchronized (this) {
            waiting = true;
            waitingSince = System.nanoTime();
        }
        try {
            return source.read(chunk);
        } finally {
            synchronized (this) {
                waiting = false;
            }
        }
    }

    private synchronized void put(byte[] chunk, int count) throws InterruptedException {
        allowance -= count;
        if (allowance < 0) {
            giveUp();
        }
        int from = 0;
        while (from < count && !ended && !discarded) {
            while (length == CAPACITY && !ended && !discarded) {
                wait();
            }
            int n = Math.min(count - from, CAPACITY - length);
            int end = (first + length) % CAPACITY;
            n = Math.min(n, CAPACITY - end);
            System.arraycopy(chunk, from, buffer, end, n);
            length += n;
            from += n;
            notifyAll();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) {
            return 0;
        }
        while (length == 0 && !ended && !discarded) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new java.io.InterruptedIOException("interrupted while reading a child's output");
            }
        }
        if (discarded) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return -1;
        }
        int n = Math.min(Math.min(count, length), CAPACITY - first);
        System.arraycopy(buffer, first, target, offset, n);
        first = (first + n) % CAPACITY;
        length -= n;
        notifyAll();
        return n;
    }

    @Override
    public synchronized int available() {
        return length;
    }

    @Override
    public synchronized void close() {
        discarded = true;
        notifyAll();
    }
}
