package containers;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import containers.engine.Connection;
import containers.engine.EngineErrors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import services.Actual;
import services.Progress;
import services.Service;

/**
 * Takes a stack down: who sends and asks before who receives and answers, SIGTERM with grace, then the containers, the
 * network and, if wanted, the data.
 */
final class Dismantler {
    private static final int LAST = Integer.MAX_VALUE;

    private final Connection engine;
    private final String stack;
    private final Progress progress;
    private final ContainerMaker maker;
    private final Stopper stopper;

    Dismantler(Connection engine, String stack, Progress progress) {
        this.engine = engine;
        this.stack = stack;
        this.progress = progress;
        this.maker = new ContainerMaker(engine, stack, "");
        this.stopper = new Stopper(engine, maker, progress);
    }

    /** @param known for the order; a container of ours that is none of these stops last */
    void takeDown(List<Service> known, boolean removeData) throws InterruptedException {
        Inventory inventory = new Inventory(engine, stack);
        List<Actual.Container> containers = inventory.containers();
        if (!removeData) {
            new FinalScrape(engine, progress).await(containers);
        }
        Map<Integer, List<Actual.Container>> byOrder = containers.stream()
                .collect(Collectors.groupingBy(container -> order(container, known), TreeMap::new, Collectors.toList()));
        for (List<Actual.Container> together : byOrder.values()) {
            Parallel.run(together.stream().<Callable<Void>>map(container -> () -> {
                progress.step(container.service(), "stopping");
                stopper.stop(container, known.stream().filter(service -> service.name().equals(container.service()))
                        .findFirst());
                return null;
            }).toList());
        }
        // Not before: Prometheus' stop waits for scrapes of targets whose names do not resolve any more.
        Parallel.run(containers.stream().<Callable<Void>>map(container -> () -> {
            maker.remove(container.id());
            progress.action(container.service(), "removed", "stack down");
            return null;
        }).toList());
        for (Network network : engine.client().listNetworksCmd().withFilter("label", List.of(Labels.STACK + "=" + stack))
                .exec()) {
            remove(network);
        }
        if (removeData) {
            for (String volume : inventory.volumes()) {
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

    private void remove(Network network) {
        try {
            engine.client().removeNetworkCmd(network.getId()).exec();
            progress.action("network", "removed", "stack down");
        } catch (NotFoundException e) {
            return;
        } catch (DockerException e) {
            Network now = engine.client().inspectNetworkCmd().withNetworkId(network.getId()).exec();
            String users = now.getContainers() == null ? "" : now.getContainers().values().stream()
                    .map(Network.ContainerNetworkConfig::getName).collect(Collectors.joining(", "));
            progress.warn("the network " + network.getName() + " stays" + (users.isEmpty() ? ": " + EngineErrors.text(e)
                    : ", because other containers are on it: " + users));
        }
    }

    private static int order(Actual.Container container, List<Service> known) {
        return known.stream().filter(service -> service.name().equals(container.service())).map(Service::stopOrder)
                .findFirst()
                .orElse(LAST);
    }
}
