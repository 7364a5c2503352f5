package embedded.intake;

import embedded.Memory;
import embedded.Rejection;
import embedded.Signal;
import embedded.store.Batch;
import embedded.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What both protocols share: decompress, decode, store, within bounds of memory, and count. */
public final class Intake {
    /** The writer is one thread, and more decoders than it has work for only hold memory. */
    private static final int MOST_DECODERS = 8;

    private final Store store;
    private final Memory memory;
    private final ExecutorService decoders;
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /**
     * One request as it came. Whoever takes it gives its body back.
     *
     * @param from where the message begins in the body
     * @param gzip whether the message is compressed
     * @param json whether the message is OTLP/JSON and not protobuf
     */
    record Request(Signal signal, Body body, int from, boolean gzip, boolean json) {}

    public Intake(Store store, Memory memory) {
        this.store = store;
        this.memory = memory;
        AtomicInteger number = new AtomicInteger();
        int threads = Math.max(2, Math.min(MOST_DECODERS, Runtime.getRuntime().availableProcessors()));
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "intake-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        decoders = pool;
    }

    /** A body to read into; it is given back with {@link Body#close}, or by {@link #take}. */
    Body body() {
        return new Body(memory.share());
    }

    /** Completes when what the request holds is stored; with a {@link Rejection} when it is not. */
    CompletableFuture<Batch> take(Request request) {
        Rejection closed = store.refusal();
        CompletableFuture<Batch> stored = closed != null ? CompletableFuture.failedFuture(closed) : stored(request);
        return stored.whenComplete((batch, failure) -> {
            request.body.close();
            (failure == null ? accepted : refused).increment();
        });
    }

    private CompletableFuture<Batch> stored(Request request) {
        try {
            return CompletableFuture.supplyAsync(() -> decoded(request), decoders)
                    .thenCompose(batch -> store.store(batch).thenApply(nothing -> batch));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new Rejection(Rejection.Kind.BUSY, "the engine is stopping", e));
        }
    }

    /** Says that a request was refused before it was taken. */
    void refuse() {
        refused.increment();
    }

    private Batch decoded(Request request) {
        try {
            return decode(request);
        } catch (Rejection e) {
            throw new CompletionException(e);
        }
    }

    private Batch decode(Request request) throws Rejection {
        Memory.Share share = request.body.share();
        try {
            byte[] body = protobuf(request, share);
            long weight = Weight.of(request.signal, body);
            if (!share.grow(weight)) {
                throw share.held() + weight > memory.limit() ? Overload.never(share.held() + weight, memory.limit())
                        : Overload.rejection();
            }
            return switch (request.signal) {
                case TRACES -> TraceBatch.decode(body);
                case METRICS -> MetricBatch.decode(body);
                case LOGS -> LogBatch.decode(body);
            };
        } catch (Bytes.NoRoom e) {
            throw e.rejection();
        } catch (IOException e) {
            throw new Rejection(Rejection.Kind.MALFORMED, "the body is no OTLP " + (request.json ? "JSON" : "protobuf")
                    + " of " + request.signal.httpPath + ": " + e.getMessage(), e);
        }
    }

    private static byte[] protobuf(Request request, Memory.Share share) throws IOException, Rejection {
        if (!request.json && !request.gzip) {
            return request.body.bytes(request.from);
        }
        byte[] protobuf = request.json ? OtlpJsonReader.toProtobuf(request.signal, request.gzip ? unzipped(request)
                : request.body.stream(request.from), request.gzip, request.body.length(), share) : inflated(request, share);
        request.body.drop();
        return protobuf;
    }

    private static byte[] inflated(Request request, Memory.Share share) throws IOException, Rejection {
        try {
            return Gunzip.inflate(request.body.stream(request.from), share);
        } catch (Bytes.NoRoom e) {
            throw e;
        } catch (IOException e) {
            throw noGzip(e);
        }
    }

    private static InputStream unzipped(Request request) throws IOException, Rejection {
        try {
            return Gunzip.stream(request.body.stream(request.from));
        } catch (IOException e) {
            throw noGzip(e);
        }
    }

    private static Rejection noGzip(IOException e) {
        return new Rejection(Rejection.Kind.MALFORMED, "the body is no gzip: " + e.getMessage(), e);
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
