package containers;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import containers.engine.Connection;
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
 * Stops a service's container: SIGTERM with grace. One that says that it has put everything down ({@link Service.Drained})
 * is ended then. The engine does the waiting and keeps the grace, so that it ends as well should this program die.
 */
final class Stopper {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

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
        int grace = (int) known.map(Service::grace).orElse(GRACE).toSeconds();
        Optional<Service> watched = known.filter(service -> service.drained().isPresent());
        if (watched.isEmpty() || container.state() != Actual.State.RUNNING) {
            maker.stop(container.id(), grace);
        } else {
            stop(container, watched.get().drained().get(), grace);
        }
    }

    private void stop(Actual.Container container, Service.Drained drained, int grace) throws InterruptedException {
        Optional<URI> page = Page.of(engine, container.published(), drained.port(), drained.path());
        CompletableFuture<Void> stopped = inBackground(() -> maker.stop(container.id(), grace));
        while (true) {
            try {
                stopped.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (page.flatMap(Page::read).map(drained::saidBy).orElse(false)) {
                    progress.action(container.service(), "end", drained.why());
                    kill(container.id());
                    page = Optional.empty();
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException problem) {
                    throw problem;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void kill(String id) {
        try {
            engine.client().killContainerCmd(id).exec();
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
