package runner;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Programs of tests that end by force when they do not end by themselves, so that reading their output ends too. */
public final class Bounded {
    private Bounded() {}

    /** The same process, which will be killed with all that it has started when it still runs after so long. */
    public static Process within(long seconds, Process process) {
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS).execute(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        return process;
    }
}
