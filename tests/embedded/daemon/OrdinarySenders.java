package embedded.daemon;

import embedded.intake.Load;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/** Sends ordinary traces all the time, whatever happens to the engine, and remembers what was acknowledged. */
final class OrdinarySenders implements AutoCloseable {
    private static final int TEMPLATES = 8;

    private final AtomicLong next = new AtomicLong();
    private final AtomicBoolean enough = new AtomicBoolean();
    private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicLong count = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();

    /** @param port where OTLP over HTTP is taken now; asked for each connection */
    OrdinarySenders(int senders, IntSupplier port) {
        Load.Templates templates = new Load.Templates(TEMPLATES, System.currentTimeMillis() * 1_000_000);
        for (int i = 0; i < senders; i++) {
            Thread thread = new Thread(() -> send(templates, port), "sender-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void send(Load.Templates templates, IntSupplier port) {
        while (!enough.get()) {
            try (Load.Sender sender = new Load.Sender(port.getAsInt())) {
                while (!enough.get()) {
                    long number = next.getAndIncrement();
                    if (sender.post(templates.body(number)) == 200) {
                        acknowledged.add(number);
                        count.incrementAndGet();
                    } else {
                        pause();
                    }
                }
            } catch (IOException | RuntimeException killed) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many requests were acknowledged so far. */
    long acknowledged() {
        return count.get();
    }

    long acknowledgedSpans() {
        return count.get() * Load.SPANS_PER_REQUEST;
    }

    /** Ends when the request on its way is answered. */
    @Override
    public void close() throws InterruptedException {
        enough.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** How many acknowledged spans are not in this store, which nobody has open. */
    long missing(Path store) throws SQLException {
        long missing = 0;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
                var statement = connection.createStatement();
                var sum = connection.prepareStatement("SELECT coalesce(sum(spans), 0) FROM trace WHERE trace_id >= ?"
                        + " AND trace_id < ?")) {
            statement.execute("PRAGMA query_only=ON");
            for (long number : acknowledged) {
                sum.setBytes(1, ByteBuffer.allocate(Long.BYTES).putLong(number + 1).array());
                sum.setBytes(2, ByteBuffer.allocate(Long.BYTES).putLong(number + 2).array());
                try (var row = sum.executeQuery()) {
                    row.next();
                    missing += Load.SPANS_PER_REQUEST - row.getInt(1);
                }
            }
        }
        return missing;
    }
}
