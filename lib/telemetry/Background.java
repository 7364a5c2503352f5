package telemetry;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import telemetry.fold.Text;

/** Threads that never keep the program alive. */
final class Background {
    private Background() {}

    /** Something asked in the background. */
    static <T> CompletableFuture<T> ask(String name, Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, work -> run(name, work));
    }

    /** The answer; empty when there is none within {@code millis}. */
    static <T> Optional<T> within(long millis, CompletableFuture<T> answer) {
        try {
            return Optional.of(answer.get(millis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Thread run(String name, Runnable work) {
        Thread thread = new Thread(work, "telemetry-" + name);
        thread.setDaemon(true);
        // Nothing of this room prints; what fails here shows in what was not delivered, with this as the reason.
        thread.setUncaughtExceptionHandler((failed, problem) -> QuietLoggers.remember(Text.reason(problem)));
        thread.start();
        return thread;
    }
}
