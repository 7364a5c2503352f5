package embedded.store;

import embedded.Log;
import embedded.Rejection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.sqlite.SQLiteErrorCode;

/**
 * The one thread that writes. Everything that waits goes into one transaction, so that a hundred clients cost hardly more
 * commits than one; each is answered when its data is committed, not before.
 */
final class Writer {
    /** Of one transaction: what a commit costs is spread over these, and nobody waits for more than these. */
    private static final int ITEMS_PER_TRANSACTION = 20_000;

    private final Transaction transaction;
    private final Store store;
    private final Thread thread;
    private final Queue<Request> waiting = new ArrayDeque<>();
    private boolean closing;

    private record Request(Batch batch, Work work, CompletableFuture<Void> answer) {}

    /** Something else that must happen on the writer's thread, in a transaction of its own. */
    @FunctionalInterface
    interface Work {
        void run(Transaction transaction) throws SQLException;
    }

    /** @param store is told of batches right after they are committed, and of what is wrong with the file */
    Writer(Transaction transaction, Store store) {
        this.transaction = transaction;
        this.store = store;
        thread = new Thread(this::run, "store-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Completes when the batch is committed, or with the reason why it could not be. */
    CompletableFuture<Void> store(Batch batch) {
        return enqueue(new Request(batch, null, new CompletableFuture<>()));
    }

    CompletableFuture<Void> execute(Work work) {
        return enqueue(new Request(null, work, new CompletableFuture<>()));
    }

    private CompletableFuture<Void> enqueue(Request request) {
        synchronized (waiting) {
            if (closing) {
                request.answer.completeExceptionally(new Rejection(Rejection.Kind.BUSY, "the engine is stopping"));
            } else {
                waiting.add(request);
                waiting.notifyAll();
            }
        }
        return request.answer;
    }

    /** Stores what waits, takes nothing more, and returns when the thread has ended. */
    void close() throws InterruptedException {
        synchronized (waiting) {
            closing = true;
            waiting.notifyAll();
        }
        thread.join();
    }

    private void run() {
        try {
            for (List<Request> requests = next(); !requests.isEmpty(); requests = next()) {
                if (requests.get(0).work != null) {
                    execute(requests.get(0));
                } else {
                    store(requests);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What to do in the next transaction; nothing when it is time to end. */
    private List<Request> next() throws InterruptedException {
        List<Request> taken = new ArrayList<>();
        synchronized (waiting) {
            while (waiting.isEmpty() && !closing) {
                waiting.wait();
            }
            int items = 0;
            while (!waiting.isEmpty() && items < ITEMS_PER_TRANSACTION) {
                boolean alone = waiting.peek().work != null;
                if (alone && !taken.isEmpty()) {
                    break;
                }
                Request request = waiting.remove();
                taken.add(request);
                if (alone) {
                    break;
                }
                items += request.batch.items();
            }
        }
        return taken;
    }

    private void store(List<Request> requests) {
        try {
            transaction.begin();
            for (Request request : requests) {
                request.batch.store(transaction);
            }
            transaction.commit();
        } catch (SQLException | RuntimeException e) {
            transaction.rollback();
            if (requests.size() > 1 && !concernsAll(e)) {
                // One of them cannot be stored; the others should not suffer for it.
                requests.forEach(request -> store(List.of(request)));
            } else {
                Rejection rejection = rejection(e);
                requests.forEach(request -> request.answer.completeExceptionally(rejection));
            }
            return;
        }
        // A file that was deleted can be written on: then this was no commit.
        Optional<String> trouble = store.look();
        if (trouble.isPresent()) {
            Rejection rejection = new Rejection(Rejection.Kind.BUSY, trouble.get());
            requests.forEach(request -> request.answer.completeExceptionally(rejection));
            return;
        }
        requests.forEach(request -> request.answer.complete(null));
        store.stored(requests.stream().map(Request::batch).toList());
    }

    private void execute(Request request) {
        try {
            request.work.run(transaction);
            request.answer.complete(null);
        } catch (SQLException | RuntimeException e) {
            transaction.rollback();
            request.answer.completeExceptionally(rejection(e));
        }
    }

    /** Whether the store itself is in trouble, and not one request. */
    private static boolean concernsAll(Exception e) {
        return StoreFault.is(e, SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR, SQLiteErrorCode.SQLITE_CORRUPT,
                SQLiteErrorCode.SQLITE_NOTADB, SQLiteErrorCode.SQLITE_READONLY, SQLiteErrorCode.SQLITE_CANTOPEN,
                SQLiteErrorCode.SQLITE_BUSY);
    }

    private Rejection rejection(Exception e) {
        if (StoreFault.is(e, SQLiteErrorCode.SQLITE_FULL)) {
            store.full();
        }
        Optional<String> trouble = store.look();
        if (trouble.isPresent()) {
            return new Rejection(Rejection.Kind.BUSY, trouble.get(), e);
        }
        if (StoreFault.is(e, SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB)) {
            store.damaged();
            return new Rejection(Rejection.Kind.BUSY, "the store is damaged; 'stack restart' sets it aside", e);
        }
        if (StoreFault.is(e, SQLiteErrorCode.SQLITE_BUSY)) {
            return new Rejection(Rejection.Kind.BUSY, "another program holds the store", e);
        }
        if (StoreFault.is(e, SQLiteErrorCode.SQLITE_FULL, SQLiteErrorCode.SQLITE_IOERR, SQLiteErrorCode.SQLITE_READONLY)) {
            Log.warn("cannot store: " + e.getMessage());
            return new Rejection(Rejection.Kind.BUSY, "the disk is full or cannot be written", e);
        }
        Log.warn("cannot store", e);
        return new Rejection(Rejection.Kind.BUSY, "cannot store: " + e.getMessage(), e);
    }
}
