package embedded.store;

import embedded.Log;
import embedded.Rejection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Everything that was received, on disk. Writes go through one thread, reads through a few connections of their own, which
 * see what is committed and never wait for the writer.
 */
public final class Store implements AutoCloseable {
    private static final int WRITER_CACHE_KIB = 16 << 10;
    private static final int READER_CACHE_KIB = 4 << 10;
    private static final int READERS = 2;

    private final StoreFile file;
    private final LiveSeries live = new LiveSeries();
    private final Transaction transaction;
    private final Writer writer;
    private final BlockingQueue<Connection> readers = new ArrayBlockingQueue<>(READERS);
    private volatile boolean damaged;
    private volatile Optional<String> trouble = Optional.empty();
    private volatile Consumer<List<Batch>> listener = batches -> { };

    private Store(StoreFile file, Connection connection) throws SQLException {
        this.file = file;
        Schema.configure(connection, WRITER_CACHE_KIB);
        transaction = new Transaction(connection, live);
        for (int i = 0; i < READERS; i++) {
            Connection reader = file.connect();
            Schema.configure(reader, READER_CACHE_KIB);
            try (Statement statement = reader.createStatement()) {
                statement.execute("PRAGMA query_only=ON");
            }
            readers.add(reader);
        }
        LiveSeriesLoader.load(readers.peek(), live, System.currentTimeMillis());
        writer = new Writer(transaction, this);
    }

    public static Store open(StoreFile file) throws SQLException {
        return new Store(file, file.connect());
    }

    /** A question to the store. */
    @FunctionalInterface
    public interface Query<T> {
        T ask(Connection connection) throws SQLException;
    }

    /** Completes when the batch would survive the death of this process. */
    public CompletableFuture<Void> store(Batch batch) {
        return writer.store(batch);
    }

    /** Runs something on the writer's thread and waits for it. */
    void execute(Writer.Work work) throws InterruptedException, ExecutionException {
        writer.execute(work).get();
    }

    /** Removes something within the open transaction; says how much, and 0 when there is nothing more. */
    @FunctionalInterface
    interface Removing {
        long some(Removal removal) throws SQLException;
    }

    /** Removes in one transaction of about so long, and at least once. */
    long remove(Removing removing, long millis) throws InterruptedException, ExecutionException {
        long[] removed = {0};
        execute(transaction -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            transaction.begin();
            long some;
            do {
                some = removing.some(transaction.removal());
                removed[0] += some;
            } while (some > 0 && System.nanoTime() < end);
            transaction.commit();
            transaction.forgetTraces();
        });
        return removed[0];
    }

    /** Removes a trace and its log records, as a person wants it; whether there was anything of it. */
    public boolean remove(byte[] traceId) throws InterruptedException, ExecutionException {
        return remove(removal -> removal.trace(traceId), 0) > 0;
    }

    /** Asks with one of the reading connections, in a transaction, so that all of the answer is of one moment. */
    public <T> T read(Query<T> query) throws SQLException, InterruptedException {
        Connection connection = readers.take();
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            try {
                return query.ask(connection);
            } finally {
                statement.execute("COMMIT");
            }
        } finally {
            readers.add(connection);
        }
    }

    public LiveSeries live() {
        return live;
    }

    public void onStored(Consumer<List<Batch>> newListener) {
        listener = newListener;
    }

    /** Why nothing can be taken now; null when it can. What costs nothing to know is known before a request is decoded. */
    public Rejection refusal() {
        if (trouble.isPresent()) {
            look(); // it may be over
        }
        return trouble().map(text -> new Rejection(Rejection.Kind.BUSY, text)).orElse(null);
    }

    /** Why nothing can be stored, in a sentence, as far as it is known; {@link #look} keeps it up to date. */
    public Optional<String> trouble() {
        return damaged ? Optional.of("the store is damaged; 'stack restart' takes along what can be read") : trouble;
    }

    /** Looks again whether the file is there and can be written; called every few seconds, and after every commit. */
    public Optional<String> look() {
        Optional<String> now = file.trouble();
        if (now.isPresent() && !now.equals(trouble)) {
            Log.warn(now.get());
        }
        trouble = now;
        return now;
    }

    /** Reads every page, on a thread that may wait; what is found damaged is told from then on. */
    public void check() throws SQLException, IOException {
        if (file.isUnchecked()) {
            try (Connection connection = file.connect()) {
                if (!StoreFault.isSound(connection)) {
                    Log.warn("the store is damaged");
                    damaged();
                }
            }
        }
    }

    /** Bounds what series may take beside their points: names, attributes, resources. What is beyond is counted as points left out. */
    public void boundSeries(long bytes) {
        transaction.series().bytes().bound(bytes);
    }

    /** Points that were left out because there were too many series. */
    public long refusedPoints() {
        return transaction.series().limits().refused();
    }

    public boolean isDamaged() {
        return damaged;
    }

    public long bytesOnDisk() {
        return file.size();
    }

    /** Bytes of the file that hold something: what retention by size looks at, since freed pages are used again. */
    long bytesUsed() throws SQLException, InterruptedException {
        return read(Schema::bytesUsed);
    }

    long count(String table) throws SQLException, InterruptedException {
        return read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    /** For the writer: right after they were committed. */
    void stored(List<Batch> batches) {
        listener.accept(batches);
    }

    /** For the writer: pages of the file do not read. */
    void damaged() {
        damaged = true;
        file.suspect();
    }

    /** For the writer: a write has failed for want of room. */
    void full() {
        file.isFull();
    }

    /** Stores what waits, and leaves one file without a write-ahead log. */
    @Override
    public void close() throws IOException {
        try {
            writer.close();
            for (int i = 0; i < READERS; i++) {
                readers.take().close();
            }
            transaction.checkpoint();
            transaction.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            Log.warn("closing the store", e);
        } finally {
            file.close();
        }
    }
}
