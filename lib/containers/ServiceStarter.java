package containers;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import contract.ExitCode;
import contract.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import services.Action;
import services.Plan;
import services.Progress;
import services.Reconciler;
import services.Service;

/** Brings all services of a plan to life at once, and returns when each has answered and none has died meanwhile. */
final class ServiceStarter {
    private final Connection engine;
    private final String stack;
    private final Duration patience;
    private final Progress progress;
    private final ContainerMaker maker;
    private final Stopper stopper;
    private final Made made;
    private final Readiness readiness;
    /** The containers of the services that are being watched, by service. */
    private final Map<Service, String> running = new ConcurrentHashMap<>();
    /** Those of them that this start has started, by service. */
    private final Map<Service, String> started = new ConcurrentHashMap<>();

    /** @param made is told what is created, so that it can be taken back */
    ServiceStarter(Connection engine, String stack, Duration patience, Progress progress, ContainerMaker maker,
            Stopper stopper, Made made) {
        this.engine = engine;
        this.stack = stack;
        this.patience = patience;
        this.progress = progress;
        this.maker = maker;
        this.stopper = stopper;
        this.made = made;
        this.readiness = new Readiness(engine);
    }

    /** @throws Failure when one cannot be started or does not become ready; the others are then as they are */
    void startAll(Plan plan) throws InterruptedException {
        List<Callable<Void>> starts = new ArrayList<>();
        for (Action action : plan.actions()) {
            if (action instanceof Action.Create create) {
                starts.add(() -> create(create.service()));
            } else if (action instanceof Action.Recreate recreate) {
                starts.add(() -> create(recreate.service()));
            } else if (action instanceof Action.Start start) {
                starts.add(() -> startAgain(start.service(), start.old().id(), System.nanoTime()));
            } else if (action instanceof Action.Restart restart) {
                starts.add(() -> restart(restart));
            } else if (action instanceof Action.Keep keep) {
                starts.add(() -> await(keep.service(), keep.present().id(), System.nanoTime()));
            }
        }
        Parallel.run(starts);
        // One may have answered and died while the others were still starting.
        List<Callable<Void>> looks = new ArrayList<>();
        running.forEach((service, id) -> looks.add(() -> {
            Optional<Failure> ended = readiness.ended(service, id);
            if (ended.isPresent()) {
                throw ended.get();
            }
            return null;
        }));
        Parallel.run(looks);
    }

    private Void create(Service service) throws InterruptedException {
        long since = System.nanoTime();
        progress.step(service.name(), "creating");
        String name = Reconciler.nameOf(stack, service.name());
        String id;
        try {
            id = maker.create(service, created -> made.container(created, name, service.grace()));
        } catch (ConflictException e) {
            throw new Failure("the name " + name + " is taken by another container", "remove or rename it, then: stack up",
                    ExitCode.ERROR, e);
        }
        return start(service, id, since);
    }

    private Void restart(Action.Restart restart) throws InterruptedException {
        long since = System.nanoTime();
        progress.step(restart.service().name(), "stopping");
        stopper.stop(restart.present(), Optional.of(restart.service()));
        return startAgain(restart.service(), restart.present().id(), since);
    }

    private Void startAgain(Service service, String id, long since) throws InterruptedException {
        maker.restoreOwner(id, service);
        return start(service, id, since);
    }

    private Void start(Service service, String id, long since) throws InterruptedException {
        progress.step(service.name(), "starting");
        try {
            maker.start(id);
        } catch (DockerException e) {
            if (EngineErrors.noSuchAddress(e)) {
                throw PortCheck.noSuchAddress(service, EngineErrors.text(e));
            }
            if (EngineErrors.portTaken(e)) {
                throw new PortCheck(engine, stack, Set.of()).culprit(service).orElseGet(() -> new Failure(service.name()
                        + ": a port is taken: " + EngineErrors.text(e), "choose another: --port", ExitCode.PORT_TAKEN, e));
            }
            throw EngineErrors.during("starting " + service.name(), e);
        }
        started.put(service, id);
        return await(service, id, since);
    }

    private Void await(Service service, String id, long since) throws InterruptedException {
        running.put(service, id);
        readiness.await(service, id, patience);
        if (engine.updatesContainers() && started.containsKey(service)) {
            keepAlive(service, id);
        }
        progress.ready(service.name(), Duration.ofNanos(System.nanoTime() - since));
        return null;
    }

    private void keepAlive(Service service, String id) {
        try {
            maker.keepAlive(id);
        } catch (DockerException e) {
            progress.warn(service.name() + " will not start by itself when the machine boots: " + EngineErrors.text(e));
        }
    }
}
