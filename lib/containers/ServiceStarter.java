package containers;

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
import services.Service;

/** Starts all services of a plan at once, and returns when each has answered and none has ended meanwhile. */
final class ServiceStarter {
    private static final int NETWORK_TRIES = 5;
    private static final long NETWORK_PAUSE_MILLIS = 200;

    private final Connection engine;
    private final String stack;
    private final Duration patience;
    private final Progress progress;
    private final ContainerMaker maker;
    private final Stopper stopper;
    private final Creation creation;
    private final StackNetwork network;
    private final Images images;
    private final Readiness readiness;
    /** The services that are being watched, by their containers' ids. */
    private final Map<String, Service> running = new ConcurrentHashMap<>();
    /** The ids of those of them that this start has started. */
    private final Set<String> started = ConcurrentHashMap.newKeySet();

    /** @param creation makes the containers of new services */
    ServiceStarter(Connection engine, String stack, Duration patience, Progress progress, ContainerMaker maker,
            Stopper stopper, Creation creation, StackNetwork network) {
        this.engine = engine;
        this.stack = stack;
        this.patience = patience;
        this.progress = progress;
        this.maker = maker;
        this.stopper = stopper;
        this.creation = creation;
        this.network = network;
        this.images = new Images(engine);
        this.readiness = new Readiness(engine);
    }

    /**
     * @param provideNetwork makes the network meanwhile; empty when it is there
     * @throws Failure when one cannot be started or does not become ready; the others are then as they are
     */
    void startAll(Plan plan, Optional<Callable<Void>> provideNetwork) throws InterruptedException {
        creation.expect(plan);
        List<Callable<Void>> starts = new ArrayList<>();
        starts.add(() -> {
            if (provideNetwork.isPresent()) {
                provideNetwork.get().call();
            }
            creation.networkIsThere();
            return null;
        });
        for (Action action : plan.actions()) {
            if (action instanceof Action.Create create) {
                starts.add(() -> {
                    images.check(create.service(), progress);
                    return create(create.service());
                });
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
        running.forEach((id, service) -> looks.add(() -> {
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
        return start(service, creation.create(service), since);
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
            startOnOneNetwork(id);
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
        started.add(id);
        return await(service, id, since);
    }

    private void startOnOneNetwork(String id) throws InterruptedException {
        for (int tries = NETWORK_TRIES; ; tries--) {
            try {
                maker.start(id);
                return;
            } catch (DockerException e) {
                if (tries <= 1 || !StackNetwork.isAmbiguous(e)) {
                    throw e;
                }
                network.keepOne();
                Thread.sleep(NETWORK_PAUSE_MILLIS);
            }
        }
    }

    private Void await(Service service, String id, long since) throws InterruptedException {
        running.put(id, service);
        readiness.await(service, id, patience);
        if (engine.updatesContainers() && started.contains(id)) {
            keepAlive(service, id);
        }
        progress.ready(service.name(), Duration.ofNanos(System.nanoTime() - since));
        return null;
    }

    private void keepAlive(Service service, String id) {
        try {
            maker.keepAlive(id);
        } catch (DockerException e) {
            progress.warn(service.name() + " will not start automatically when the machine boots: " + EngineErrors.text(e));
        }
    }
}
