package embedded.intake;

import embedded.Rejection;
import embedded.Signal;
import embedded.store.Batch;
import embedded.store.Store;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What both protocols share: decompress, decode, store, within bounds of memory, and count. */
public final class Intake {
    private final Store store;
    private final ExecutorService decoders;
    private final AtomicLong inFlight = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * One request as it came.
     *
     * @param gzip whether the body is compressed
     * @param json whether the body is OTLP/JSON and not protobuf
     */
    record Request(Signal signal, byte[] body, boolean gzip, boolean json) {}

    public Intake(Store store) {
        this.store = store;
        AtomicInteger number = new AtomicInteger();
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "intake-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        decoders = pool;
    }

    /** Completes when what the request holds is stored; with a {@link Rejection} when it is not. */
    CompletableFuture<Batch> take(Request request) {
        long bytes = request.body.length;
        if (inFlight.addAndGet(bytes) > IntakeLimits.IN_FLIGHT_BYTES && inFlight.get() != bytes) {
            inFlight.addAndGet(-bytes);
            refused.increment();
            return CompletableFuture.failedFuture(new Rejection(Rejection.Kind.BUSY, "too much at once; come again"));
        }
        return CompletableFuture.supplyAsync(() -> decoded(request), decoders)
                .thenCompose(batch -> store.store(batch).thenApply(nothing -> batch))
                .whenComplete((batch, failure) -> {
                    inFlight.addAndGet(-bytes);
                    (failure == null ? accepted : refused).increment();
                });
    }

    private static Batch decoded(Request request) {
        try {
            return decode(request);
        } catch (Rejection e) {
            throw new java.util.concurrent.CompletionException(e);
        }
    }

    private static Batch decode(Request request) throws Rejection {
        byte[] body = request.body;
        try {
            if (request.gzip) {
                body = Gunzip.inflate(body, IntakeLimits.REQUEST_BYTES);
            }
        } catch (Gunzip.TooLarge e) {
            throw new Rejection(Rejection.Kind.TOO_LARGE, e.getMessage(), e);
        } catch (IOException e) {
            throw new Rejection(Rejection.Kind.MALFORMED, "the body is no gzip: " + e.getMessage(), e);
        }
        try {
            if (request.json) {
                body = OtlpJson.toProtobuf(request.signal, body);
            }
            return switch (request.signal) {
                case TRACES -> TraceBatch.decode(body);
                case METRICS -> MetricBatch.decode(body);
                case LOGS -> LogBatch.decode(body);
            };
        } catch (IOException e) {
            throw new Rejection(Rejection.Kind.MALFORMED, "the body is no OTLP " + (request.json ? "JSON" : "protobuf")
                    + " of " + request.signal.httpPath + ": " + e.getMessage(), e);
        }
    }

    /** Requests that were stored, and requests that were not, since the start. */
    public long accepted() {
        return accepted.sum();
    }

    public long refused() {
        return refused.sum();
    }

    /** Waits until what was taken is decoded, so that it reaches the store before that closes. */
    public void close() throws InterruptedException {
        decoders.shutdown();
        decoders.awaitTermination(2, TimeUnit.SECONDS);
    }
}
