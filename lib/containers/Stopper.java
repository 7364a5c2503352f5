package containers;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import containers.engine.Connection;
import containers.engine.Order;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import services.Actual;
import services.Progress;
import services.Service;

/**
 * Stops a service's container with SIGTERM and a grace period. If its page shows that all its data is written ({@link Service.Ending}),
 * it is killed then. The engine itself waits for the grace period, so that the stop also works if this program dies.
 */
final class Stopper {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 25;

    private final Connection engine;
    private final ContainerMaker maker;
    private final Progress progress;

    Stopper(Connection engine, ContainerMaker maker, Progress progress) {
        this.engine = engine;
        this.maker = maker;
        this.progress = progress;
    }

    /**
     * Returns when it does not run any more.
     *
     * @param known empty for a container of ours that is no part of the stack
     */
    void stop(Actual.Container container, Optional<Service> known) throws InterruptedException {
        stop(container, known, () -> {});
    }

    /**
     * The same.
     *
     * @param silent called, once or more often, when it sends nothing any more, if its page shows that before it has stopped
     */
    void stop(Actual.Container container, Optional<Service> known, Runnable silent) throws InterruptedException {
        Duration grace = known.map(service -> service.stopping().grace()).orElse(GRACE);
        Optional<Service.Ending> ending = known.flatMap(service -> service.stopping().ending());
        Optional<URI> page = ending.flatMap(shown -> Page.of(engine, container.published(), shown.port(), shown.path()));
        if (page.isEmpty() || container.state() != Actual.State.RUNNING) {
            maker.stop(container.id(), grace);
            return;
        }
        CompletableFuture<Void> stopped = inBackground(() -> maker.stop(container.id(), grace));
        boolean over = false;
        while (!hasStopped(stopped)) {
            over = over || isOver(container, page.get(), ending.get(), silent);
        }
    }

    /** Looks at the page and does what follows from it. Returns whether there will be nothing more to see. */
    private boolean isOver(Actual.Container container, URI page, Service.Ending ending, Runnable silent) {
        Page.Seen seen = Page.look(page);
        if (seen.gone() || seen.text().filter(ending::isSilent).isPresent()) {
            silent.run();
        }
        if (seen.text().filter(ending::isDrained).isEmpty()) {
            return seen.gone();
        }
        progress.action(container.service(), "end", ending.why());
        kill(container.id());
        return true;
    }

    /** Waits for that for a moment. */
    private static boolean hasStopped(CompletableFuture<Void> stopped) throws InterruptedException {
        try {
            stopped.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void kill(String id) {
        try {
            new Order(engine).kill(id);
        } catch (ConflictException | NotFoundException e) {
            // It has ended by itself in this moment.
            return;
        }
    }

    private static CompletableFuture<Void> inBackground(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        }, "engine-stop");
        thread.setDaemon(true);
        thread.start();
        return done;
    }
}
