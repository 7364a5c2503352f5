package containers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * Asks the engine to make something and waits for its answer whatever happens: an interrupted request may have been carried
 * out all the same, and what nobody knows of nobody removes.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /** An interruption in the meantime is kept for later. */
    static <T> T get(Supplier<T> request) {
        CompletableFuture<T> answer = CompletableFuture.supplyAsync(request, task -> {
            Thread thread = new Thread(task, "engine-request");
            thread.setDaemon(true);
            thread.start();
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException problem) {
                        throw problem;
                    }
                    throw new CompletionException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
