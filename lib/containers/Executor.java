package containers;

import containers.engine.Connection;
import containers.engine.EngineErrors;
import containers.engine.Order;
import contract.ExitCode;
import contract.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import services.Action;
import services.Actual;
import services.Plan;
import services.Progress;
import services.Service;
import services.StackOptions;

/**
 * Carries a plan out: first the steps that can fail without harm (images, ports), then network and volumes, then the removal of old
 * containers, then all services at once. After a failure, everything that this start has made is removed.
 */
final class Executor {
    private final Connection engine;
    private final String stack;
    private final StackOptions options;
    private final Progress progress;
    private final Order order;
    private final StackNetwork network;
    private final Images images;
    private final ContainerMaker maker;
    private final Stopper stopper;
    private final Made made;
    private final ServiceStarter starter;

    Executor(Connection engine, String stack, StackOptions options, Progress progress) {
        this.engine = engine;
        this.stack = stack;
        this.options = options;
        this.progress = progress;
        this.order = new Order(engine);
        this.network = new StackNetwork(order, stack);
        this.images = new Images(engine);
        this.maker = new ContainerMaker(engine, stack, RememberedOptions.encode(options));
        this.stopper = new Stopper(engine, maker, progress);
        this.made = new Made(engine, maker);
        this.starter = new ServiceStarter(engine, stack, options.patience(), progress, maker, stopper,
                new Creation(engine, stack, progress, maker, made), network);
    }

    /** @throws Failure with the problem; everything that this call made is removed then, unless {@code retain} */
    void carryOut(Plan plan) throws InterruptedException {
        if (!plan.conflicts().isEmpty()) {
            throw new Failure(String.join("; ", plan.conflicts()),
                    "remove or rename it (docker rename OLD NEW), or give this"
                    + " stack another name: AGENTPROXY_STACK_NAME", ExitCode.ERROR);
        }
        boolean done = false;
        try {
            pullImages(plan);
            new PortCheck(engine, stack, held(plan)).check(wantingPorts(plan));
            new FinalScrape(engine, progress).before(plan, stack);
            createVolumes(plan);
            if (replaces(plan)) {
                // These steps can fail, so they come before the removal of old containers.
                checkImages(plan);
                provideNetwork(plan);
                removeOld(plan);
                starter.startAll(plan, Optional.empty());
            } else {
                starter.startAll(plan, Optional.of(() -> provideNetwork(plan)));
            }
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

    private static List<Service> wantingPorts(Plan plan) {
        List<Service> services = new ArrayList<>();
        plan.only(Action.Create.class).forEach(action -> services.add(action.service()));
        plan.only(Action.Recreate.class).forEach(action -> services.add(action.service()));
        plan.only(Action.Start.class).forEach(action -> services.add(action.service()));
        return services;
    }

    /** Ports that containers of ours hold now. */
    private static Set<Integer> held(Plan plan) {
        return Stream.of(plan.only(Action.Recreate.class).stream().map(Action.Recreate::old),
                plan.only(Action.Remove.class).stream().map(Action.Remove::old))
                .flatMap(containers -> containers).filter(container -> container.state() != Actual.State.EXITED)
                .flatMap(container -> container.published().ports().values().stream())
                .map(Actual.Address::port).collect(Collectors.toSet());
    }

    private void pullImages(Plan plan) throws InterruptedException {
        Parallel.run(plan.only(Action.Pull.class).stream().<Callable<Void>>map(action -> () -> {
            images.pull(action.service(), progress);
            return null;
        }).collect(Collectors.toList()));
    }

    private static boolean replaces(Plan plan) {
        return !plan.only(Action.Recreate.class).isEmpty() || !plan.only(Action.Remove.class).isEmpty();
    }

    private void createVolumes(Plan plan) throws InterruptedException {
        Parallel.run(plan.only(Action.CreateVolume.class).stream().<Callable<Void>>map(action -> () -> {
            Uninterrupted.get(() -> {
                order.createVolume(action.name(), Labels.of(stack, action.service().name()));
                return null;
            });
            made.volume(action.name());
            return null;
        }).toList());
    }

    private void checkImages(Plan plan) {
        plan.only(Action.Recreate.class).forEach(action -> images.check(action.service(), progress));
        plan.only(Action.Create.class).forEach(action -> images.check(action.service(), progress));
    }

    private Void provideNetwork(Plan plan) {
        for (Action.CreateNetwork action : plan.only(Action.CreateNetwork.class)) {
            network.create().ifPresent(id -> made.network(id, action.name()));
        }
        Optional<Failure> nameless = NamesInNetwork.missing(engine, stack);
        if (nameless.isPresent()) {
            throw nameless.get();
        }
        return null;
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
}
