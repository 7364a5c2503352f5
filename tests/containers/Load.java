package containers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** An application that always sends, whatever happens to the stack, and records the acknowledged data with the times. */
final class Load implements AutoCloseable {
    static final String COUNTER = "load.sent";
    private static final int TRACES = 5;
    private static final long PAUSE_MILLIS = 10;
    private static final int COUNTED = 20;

    private final OtlpClient client;
    private final Map<String, Long> acknowledged = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Thread sender = new Thread(this::send, "load");
    private volatile boolean over;
    private volatile long counter;

    Load(OtlpClient client) {
        this.client = client;
        sender.setDaemon(true);
        sender.start();
    }

    /** The traces that the Collector said it has, each with the time in milliseconds at which it said so. */
    Map<String, Long> acknowledged() {
        synchronized (acknowledged) {
            return new LinkedHashMap<>(acknowledged);
        }
    }

    /** The newest state of the counter that the Collector said it has. */
    long counter() {
        return counter;
    }

    /** Goes on for this long. */
    void during(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /** Sends nothing more; the last state of the counter is delivered. */
    @Override
    public void close() {
        over = true;
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        for (long round = 1; !over; round++) {
            List<String> traces = Stream.generate(() -> OtlpClient.id(16)).limit(TRACES).toList();
            if (client.spans(traces, "a prompt")) {
                long now = System.currentTimeMillis();
                traces.forEach(trace -> acknowledged.put(trace, now));
            }
            if (round % COUNTED == 0) {
                count(round);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        count(counter + 1);
    }

    private void count(long value) {
        if (client.counter(COUNTER, value)) {
            counter = value;
        }
    }
}
