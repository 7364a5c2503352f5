package containers;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import services.Action;
import services.Actual;
import services.Plan;
import services.Progress;
import services.Reconciler;
import services.Service;
import services.StackOptions;

/**
 * Carries a plan out: first what can fail without harm (images, ports), then network and volumes, then the old containers
 * away, then all services at once. When something fails, what this start has made is taken back.
 */
final class Executor {
    private final Connection engine;
    private final String stack;
    private final StackOptions options;
    private final Progress progress;
    private final ContainerMaker maker;
    private final Stopper stopper;
    private final Readiness readiness;
    private final Made made;
    /** The containers of the services that are being watched, by service. */
    private final Map<Service, String> running = new ConcurrentHashMap<>();

    Executor(Connection engine, String stack, StackOptions options, Progress progress) {
        this.engine = engine;
        this.stack = stack;
        this.options = options;
        this.progress = progress;
        this.maker = new ContainerMaker(engine, stack, RememberedOptions.encode(options));
        this.stopper = new Stopper(engine, maker, progress);
        this.readiness = new Readiness(engine);
        this.made = new Made(engine, maker);
    }

    /** @throws Failure with what went wrong; nothing that this call made is left then, unless {@code retain} */
    void carryOut(Plan plan) throws InterruptedException {
        if (!plan.conflicts().isEmpty()) {
            throw new Failure(String.join("; ", plan.conflicts()),
                    "remove or rename it (docker rename OLD NEW), or give this"
                    + " stack another name: AGENTPROXY_STACK_NAME", ExitCode.ERROR);
        }
        boolean done = false;
        try {
            bringImages(plan);
            List<Service> wantingPorts = new ArrayList<>();
            plan.only(Action.Create.class).forEach(action -> wantingPorts.add(action.service()));
            plan.only(Action.Recreate.class).forEach(action -> wantingPorts.add(action.service()));
            plan.only(Action.Start.class).forEach(action -> wantingPorts.add(action.service()));
            new PortCheck(engine, stack, held(plan)).check(wantingPorts);
            plan.only(Action.CreateNetwork.class).forEach(this::createNetwork);
            plan.only(Action.CreateVolume.class).forEach(this::createVolume);
            removeOld(plan);
            startAll(plan);
            done = true;
        } catch (Failure failure) {
            throw failure;
        } catch (RuntimeException e) {
            throw EngineErrors.during("starting the stack", e);
        } finally {
            if (!done && !options.retain()) {
                made.takeBack(progress);
            }
        }
    }

    /** Ports that containers of ours hold now. */
    private static Set<Integer> held(Plan plan) {
        return Stream.of(plan.only(Action.Recreate.class).stream().map(Action.Recreate::old),
                plan.only(Action.Remove.class).stream().map(Action.Remove::old))
                .flatMap(containers -> containers).filter(container -> container.state() != Actual.State.EXITED)
                .flatMap(container -> container.published().ports().values().stream()).collect(Collectors.toSet());
    }

    private void bringImages(Plan plan) throws InterruptedException {
        Images images = new Images(engine);
        Parallel.run(plan.only(Action.Pull.class).stream().<Callable<Void>>map(action -> () -> {
            images.pull(action.service(), progress);
            return null;
        }).collect(Collectors.toList()));
        plan.only(Action.Create.class).forEach(action -> images.check(action.service(), progress));
        plan.only(Action.Recreate.class).forEach(action -> images.check(action.service(), progress));
    }

    private void createNetwork(Action.CreateNetwork action) {
        String id = Uninterrupted.get(() -> engine.client().createNetworkCmd().withName(action.name())
                .withCheckDuplicate(true)
                .withLabels(Labels.of(stack)).exec().getId());
        made.network(id, action.name());
    }

    private void createVolume(Action.CreateVolume action) {
        Uninterrupted.get(() -> engine.client().createVolumeCmd().withName(action.name())
                .withLabels(Labels.of(stack, action.service().name())).exec());
        made.volume(action.name());
    }

    private void removeOld(Plan plan) throws InterruptedException {
        List<Callable<Void>> removals = new ArrayList<>();
        for (Action.Recreate action : plan.only(Action.Recreate.class)) {
            removals.add(() -> {
                progress.step(action.service().name(), "stopping the old container");
                return remove(action.old(), Optional.of(action.service()));
            });
        }
        for (Action.Remove action : plan.only(Action.Remove.class)) {
            removals.add(() -> remove(action.old(), Optional.empty()));
        }
        Parallel.run(removals);
    }

    private Void remove(Actual.Container old, Optional<Service> service) throws InterruptedException {
        if (old.state() == Actual.State.RUNNING || old.state() == Actual.State.RESTARTING) {
            stopper.stop(old, service);
        }
        maker.remove(old.id());
        return null;
    }

    private void startAll(Plan plan) throws InterruptedException {
        List<Callable<Void>> starts = new ArrayList<>();
        for (Action action : plan.actions()) {
            if (action instanceof Action.Create create) {
                starts.add(() -> create(create.service()));
            } else if (action instanceof Action.Recreate recreate) {
                starts.add(() -> create(recreate.service()));
            } else if (action instanceof Action.Start start) {
                starts.add(() -> start(start.service(), start.old().id(), System.nanoTime()));
            } else if (action instanceof Action.Restart restart) {
                starts.add(() -> {
                    long since = System.nanoTime();
                    progress.step(restart.service().name(), "stopping");
                    stopper.stop(restart.present(), Optional.of(restart.service()));
                    return start(restart.service(), restart.present().id(), since);
                });
            } else if (action instanceof Action.Keep keep) {
                starts.add(() -> await(keep.service(), keep.present().id(), System.nanoTime()));
            }
        }
        Parallel.run(starts);
        // One may have answered and died while the others were still starting.
        running.forEach((service, id) -> readiness.ended(service, id).ifPresent(failure -> {
            throw failure;
        }));
        if (engine.updatesContainers()) {
            plan.actions().stream().filter(action -> !(action instanceof Action.Keep)).forEach(this::keepAlive);
        }
    }

    private void keepAlive(Action action) {
        running.entrySet().stream().filter(entry -> entry.getKey().name().equals(action.subject())).forEach(entry -> {
            try {
                maker.keepAlive(entry.getValue());
            } catch (DockerException e) {
                progress.warn(action.subject() + " will not start by itself when the machine boots: "
                        + EngineErrors.text(e));
            }
        });
    }

    private Void create(Service service) throws InterruptedException {
        long since = System.nanoTime();
        progress.step(service.name(), "creating");
        String name = Reconciler.nameOf(stack, service.name());
        String id;
        try {
            id = maker.create(service, created -> made.container(created, name, (int) service.grace().toSeconds()));
        } catch (ConflictException e) {
            throw new Failure("the name " + name + " is taken by another container", "remove or rename it, then: stack up",
                    ExitCode.ERROR, e);
        }
        return start(service, id, since);
    }

    private Void start(Service service, String id, long since) throws InterruptedException {
        progress.step(service.name(), "starting");
        try {
            maker.start(id, service);
        } catch (DockerException e) {
            if (EngineErrors.portTaken(e)) {
                throw new PortCheck(engine, stack, Set.of()).culprit(service).orElseGet(() -> new Failure(service.name()
                        + ": a port is taken: " + EngineErrors.text(e), "choose another: --port", ExitCode.PORT_TAKEN, e));
            }
            throw EngineErrors.during("starting " + service.name(), e);
        }
        return await(service, id, since);
    }

    private Void await(Service service, String id, long since) throws InterruptedException {
        running.put(service, id);
        readiness.await(service, id, options.patience());
        progress.ready(service.name(), Duration.ofNanos(System.nanoTime() - since));
        return null;
    }
}
