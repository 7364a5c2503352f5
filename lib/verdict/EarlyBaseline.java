package verdict;

import agent.Bounds;
import agent.CheckPlace;
import agent.Interruption;
import agent.RunListener;
import checks.FileView;
import functions.tree.ShadowTree;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The check's run on the old files that goes on while the worker works ({@code --baseline beside}), and the copy in which it
 * runs. The copy is made before the worker begins, so that nothing of the work is in it. It is read by the run's own thread only
 * when its check is over.
 */
final class EarlyBaseline implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final long END_SECONDS = 10;

    private final Copy copy;
    private final String before;
    private final Interruption end = new Interruption();
    private final Interruption.Registration registration;
    private final CompletableFuture<CheckRun> result = new CompletableFuture<>();
    private final Thread thread;

    private EarlyBaseline(Copy copy, String before, List<String> check, CheckRunner how, ShadowTree own, Bounds run) {
        this.copy = copy;
        this.before = before;
        this.registration = run.interruption().onRequest(() -> end.request(run.interruption().signal().orElse(15)));
        CheckRunner runner = new CheckRunner(how.environment(), how.limit(), new Bounds(end, run.deadline()), RunListener.NONE);
        this.thread = new Thread(() -> work(check, runner, own), "baseline");
        thread.setDaemon(true);
    }

    /**
     * Begins it.
     *
     * @param copy that nobody else uses; ended with this
     * @param check in words
     * @param how in which environment and at most how long; nobody is told
     * @param own states of the same store that nobody else uses
     */
    static EarlyBaseline start(Copy copy, String before, List<String> check, CheckRunner how, ShadowTree own, Bounds run) {
        EarlyBaseline started = new EarlyBaseline(copy, before, check, how, own, run);
        started.thread.start();
        return started;
    }

    /** Whoever waits is answered whatever is thrown here. */
    private void work(List<String> check, CheckRunner runner, ShadowTree own) {
        try {
            FileView files = own.files(before).orElseThrow(() -> new Unfit("the state cannot be read"));
            copy.show(before, Set.copyOf(files.paths()));
            result.complete(runner.run(copy, check, files, CheckPlace.BASE, "the old files"));
        } catch (Throwable e) { // Also an error: there is no baseline then, and that is all.
            result.completeExceptionally(e);
        }
    }

    /** Whether its check is still running. */
    boolean runs() {
        return !result.isDone();
    }

    String before() {
        return before;
    }

    Copy copy() {
        return copy;
    }

    /**
     * Waits until its check is over.
     *
     * @return empty when it could not be run
     */
    Optional<CheckRun> await(Bounds bounds) throws InterruptedException {
        while (!bounds.expired()) {
            bounds.interruption().check();
            try {
                return Optional.of(result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                return Optional.empty();
            }
        }
        throw new InterruptedException("the run's time is over");
    }

    /** Ends what still runs, and gives the disk back. */
    @Override
    public void close() {
        end.request(15);
        registration.close();
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            interrupted = true;
        }
        copy.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
