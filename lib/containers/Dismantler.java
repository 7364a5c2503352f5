package containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import containers.engine.Order;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import services.Actual;
import services.Progress;
import services.Service;

/**
 * Takes a stack down. It stops the containers with SIGTERM and a grace period; a receiver is stopped when none of its senders runs any
 * more. Each container is removed after its stop, then the network and, if requested, the data.
 */
final class Dismantler {
    private final Connection engine;
    private final Order order;
    private final String stack;
    private final Progress progress;
    private final ContainerMaker maker;
    private final Stopper stopper;

    Dismantler(Connection engine, String stack, Progress progress) {
        this.engine = engine;
        this.order = new Order(engine);
        this.stack = stack;
        this.progress = progress;
        this.maker = new ContainerMaker(engine, stack, "");
        this.stopper = new Stopper(engine, maker, progress);
    }

    /**
     * Returns when everything is removed, except the data if it is to stay.
     *
     * @param containers of the stack, as they are now
     * @param known for the order; a container of ours that is none of these stops last
     */
    void takeDown(List<Actual.Container> containers, List<Service> known, boolean removeData) throws InterruptedException {
        if (!removeData) {
            new FinalScrape(engine, progress).await(containers);
        }
        Map<String, CompletableFuture<Void>> silent = new HashMap<>();
        containers.forEach(container -> silent.put(container.id(), new CompletableFuture<>()));
        Parallel.run(containers.stream().<Callable<Void>>map(container -> () -> {
            Optional<Service> service = service(container, known);
            for (Actual.Container sender : containers) {
                if (sendsTo(sender, container, known)) {
                    await(silent.get(sender.id()));
                }
            }
            progress.step(container.service(), "stopping");
            stopper.stop(container, service, () -> silent.get(container.id()).complete(null));
            silent.get(container.id()).complete(null);
            maker.remove(container.id());
            progress.action(container.service(), "removed", "stack down");
            return null;
        }).toList());
        for (JsonNode network : order.networks(Labels.STACK + "=" + stack)) {
            removeNetwork(network.path("Id").asText(), network.path("Name").asText());
        }
        if (removeData) {
            for (String volume : new Inventory(engine, stack).volumes()) {
                try {
                    engine.client().removeVolumeCmd(volume).exec();
                    progress.action(volume, "deleted", "-v");
                } catch (NotFoundException e) {
                    continue;
                } catch (DockerException e) {
                    progress.warn("the volume " + volume + " could not be deleted: " + EngineErrors.text(e));
                }
            }
        }
    }

    /** Whether the one may still send to the other, which therefore has to wait; who is not known waits for all who are. */
    private static boolean sendsTo(Actual.Container sender, Actual.Container receiver, List<Service> known) {
        return service(sender, known).map(service -> service(receiver, known).isEmpty()
                || service.stopping().sendsTo().contains(receiver.service())).orElse(false);
    }

    private static void await(CompletableFuture<Void> silent) throws InterruptedException {
        try {
            silent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Optional<Service> service(Actual.Container container, List<Service> known) {
        return known.stream().filter(service -> service.name().equals(container.service())).findFirst();
    }

    private void removeNetwork(String id, String name) {
        try {
            order.removeNetwork(id);
            progress.action("network", "removed", "stack down");
        } catch (NotFoundException e) {
            return;
        } catch (DockerException e) {
            Network now = engine.client().inspectNetworkCmd().withNetworkId(id).exec();
            String users = now.getContainers() == null ? "" : now.getContainers().values().stream()
                    .map(Network.ContainerNetworkConfig::getName).collect(Collectors.joining(", "));
            progress.warn("the network " + name + " stays" + (users.isEmpty() ? ": " + EngineErrors.text(e)
                    : ", because other containers are on it: " + users));
        }
    }
}
