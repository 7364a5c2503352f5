package containers;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import containers.engine.Connection;
import contract.ExitCode;
import contract.Failure;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import services.Action;
import services.Catalogue;
import services.Plan;
import services.Progress;
import services.Reconciler;
import services.Service;

/**
 * Creates the containers of one start, each as early as it can be: while the network is still being made, where the engine looks
 * for it only when the container starts; and first of all the one whose service needs the longest to answer.
 */
final class Creation {
    private final Connection engine;
    private final String stack;
    private final Progress progress;
    private final ContainerMaker maker;
    private final Made made;
    private final CountDownLatch network = new CountDownLatch(1);
    /** Opens when the first container is created: what the client learns from it, it need not learn for four at the same time. */
    private final CountDownLatch created = new CountDownLatch(1);
    private String first = "";

    /** @param made is told what is created, so that it can be taken back */
    Creation(Connection engine, String stack, Progress progress, ContainerMaker maker, Made made) {
        this.engine = engine;
        this.stack = stack;
        this.progress = progress;
        this.maker = maker;
        this.made = made;
    }

    /** Says, before any is created, which will be. */
    void expect(Plan plan) {
        first = Stream.concat(plan.only(Action.Create.class).stream().map(Action.Create::service),
                plan.only(Action.Recreate.class).stream().map(Action.Recreate::service)).map(Service::name)
                .min(Comparator.comparing(name -> !name.equals(Catalogue.SLOWEST))).orElse("");
    }

    void networkIsThere() {
        network.countDown();
    }

    /** Returns the id of the service's container once it can be started. */
    String create(Service service) throws InterruptedException {
        String id = engine.findsNetworksLate() ? ahead(service) : "";
        network.await();
        return id.isEmpty() ? make(service) : id;
    }

    /** The id of its container; empty when the engine misses the network. */
    private String ahead(Service service) throws InterruptedException {
        try {
            return make(service);
        } catch (NotFoundException e) {
            return "";
        }
    }

    private String make(Service service) throws InterruptedException {
        progress.step(service.name(), "creating");
        if (!service.name().equals(first)) {
            created.await();
        }
        String name = Reconciler.nameOf(stack, service.name());
        String container;
        try {
            container = make(service, name);
        } catch (ConflictException e) {
            if (!isOurs(name)) {
                throw new Failure("the name " + name + " is taken by another container",
                        "remove or rename it, then: stack up", ExitCode.ERROR, e);
            }
            // Nobody else works on this stack now: a command that was killed had asked for it, and the engine has just made it.
            maker.remove(name);
            container = make(service, name);
        }
        created.countDown();
        return container;
    }

    private String make(Service service, String name) {
        return maker.create(service, id -> made.container(id, name, service.stopping().grace()));
    }

    private boolean isOurs(String name) {
        try {
            Map<String, String> labels = engine.client().inspectContainerCmd(name).exec().getConfig().getLabels();
            return labels != null && stack.equals(labels.get(Labels.STACK));
        } catch (NotFoundException e) {
            // Gone again: the name is free.
            return true;
        }
    }
}
