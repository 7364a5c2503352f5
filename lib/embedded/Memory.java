package embedded;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What may be held of the heap at once for requests and answers, counted before it is taken and as what it really is: the
 * bytes that were read, what they become when they are inflated and decoded, what waits for the writer, what waits for a slow
 * reader. Above the bound the other side is told to come again; the process never dies of what somebody sends.
 */
public final class Memory {
    /** Of the heap; the rest is for the store's caches, the live series, and what the collector has not cleared yet. */
    private static final double SHARE_OF_HEAP = 0.4;
    /** What is still being read may take this part of it, so that what is read can always be worked off. */
    private static final double READING = 0.5;

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** @param limit bytes */
    public Memory(long limit) {
        this.limit = limit;
    }

    public static Memory ofHeap() {
        return new Memory((long) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP));
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used.get();
    }

    /** A part of it that belongs to one request; empty at first. */
    public Share share() {
        return new Share();
    }

    private boolean take(long bytes, long upTo) {
        if (used.addAndGet(bytes) <= upTo) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** What one request or answer holds. Grows and shrinks on one thread at a time; giving it back twice does nothing. */
    public final class Share implements AutoCloseable {
        private final AtomicLong held = new AtomicLong();

        private Share() {}

        /** Takes more while a body is being read; false when there is no room, and nothing was taken then. */
        public boolean growReading(long bytes) {
            return grow(bytes, (long) (limit * READING));
        }

        /** Takes more; false when there is no room, and nothing was taken then. */
        public boolean grow(long bytes) {
            return grow(bytes, limit);
        }

        private boolean grow(long bytes, long upTo) {
            if (!take(bytes, upTo)) {
                return false;
            }
            held.addAndGet(bytes);
            return true;
        }

        public void shrink(long bytes) {
            long given = Math.min(bytes, held.get());
            held.addAndGet(-given);
            used.addAndGet(-given);
        }

        /** Bytes that it holds now. */
        public long held() {
            return held.get();
        }

        @Override
        public void close() {
            used.addAndGet(-held.getAndSet(0));
        }
    }
}
