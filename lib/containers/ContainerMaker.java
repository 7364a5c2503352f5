package containers;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import containers.engine.Connection;
import containers.engine.Order;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import services.Reconciler;
import services.Service;

/** Makes, starts, stops and removes one container; every step is safe to be done again. */
final class ContainerMaker {
    private static final int REMOVALS = 5;
    private static final long REMOVAL_PAUSE_MILLIS = 400;

    private final Connection engine;
    private final Order order;
    private final String stack;
    private final String options;

    /** @param options what the user chose, for the label that {@code restart} reads */
    ContainerMaker(Connection engine, String stack, String options) {
        this.engine = engine;
        this.order = new Order(engine);
        this.stack = stack;
        this.options = options;
    }

    /**
     * Creates it and copies its files in; it does not run yet. Returns its id.
     *
     * @param created is told the id as soon as there is one, so that somebody can remove it should the copying fail
     */
    String create(Service service, Consumer<String> created) {
        String id = Uninterrupted.get(() -> order.createContainer(Reconciler.nameOf(stack, service.name()),
                ContainerDescription.of(service, stack, options, engine.updatesContainers())));
        created.accept(id);
        order.unpack(id, Tar.of(service));
        return id;
    }

    /** Gives the volume of a stopped container its owner again, in case somebody has changed it meanwhile. */
    void restoreOwner(String id, Service service) {
        if (service.volume().isPresent()) {
            order.unpack(id, Tar.ownership(service));
        }
    }

    void start(String id) {
        try {
            order.start(id);
        } catch (NotModifiedException e) {
            return;
        }
    }

    /**
     * From now on the engine starts it again when it fails or the machine boots. Not before it was ready: an error in its
     * configuration would become a loop of restarts.
     */
    void keepAlive(String id) {
        order.update(id, ContainerDescription.KEPT_ALIVE);
    }

    /** SIGTERM, and SIGKILL only when the grace is over. */
    void stop(String id, Duration grace) {
        try {
            order.stop(id, grace);
        } catch (NotModifiedException | NotFoundException e) {
            // Stopped already, or gone: as wanted.
            return;
        }
    }

    /**
     * Removes it whatever it does, with its anonymous volumes; the named one that holds the data stays. Podman refuses one
     * that it is just restarting: that passes, and is tried again.
     */
    void remove(String id) {
        for (int tries = REMOVALS; ; tries--) {
            try {
                order.removeContainer(id);
                return;
            } catch (NotFoundException e) {
                return;
            } catch (DockerException e) {
                if (tries <= 1) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REMOVAL_PAUSE_MILLIS));
            }
        }
    }
}
