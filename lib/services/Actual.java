package services;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an engine has now.
 *
 * @param network the id of our network
 * @param volumes names of our volumes
 * @param containers ours, by our labels
 * @param strangers names that we need but that belong to somebody else, each with what it is: {@code container}, {@code
 * volume}
 * @param images the id behind each image name that is there locally
 */
public record Actual(Optional<String> network, Set<String> volumes, List<Container> containers,
        Map<String, String> strangers,
        Map<String, String> images) {
    public Actual {
        volumes = Set.copyOf(volumes);
        containers = List.copyOf(containers);
        strangers = Map.copyOf(strangers);
        images = Map.copyOf(images);
    }

    /** An engine that has nothing of ours. */
    public static Actual nothing() {
        return new Actual(Optional.empty(), Set.of(), List.of(), Map.of(), Map.of());
    }

    /** The same without the containers of other services, so that those are neither changed nor taken for orphans. */
    public Actual only(List<Service> services) {
        return new Actual(network, volumes, containers.stream()
                .filter(container -> services.stream().anyMatch(one -> one.name().equals(container.service()))).toList(),
                strangers, images);
    }

    /** The states of the engine's API. */
    public enum State { CREATED, RUNNING, RESTARTING, PAUSED, EXITED, REMOVING, DEAD }

    /**
     * A container of ours.
     *
     * @param parts what it was made from, see {@link Parts}
     * @param attached whether it is on our network as that is now
     * @param exitCode of its last end; meaningless while it runs
     * @param published what it publishes
     */
    public record Container(String id, String name, String service, State state, Map<String, String> parts, String imageId,
            boolean attached, int exitCode, Published published) {
        public Container {
            parts = Map.copyOf(parts);
        }
    }

    /**
     * The image and the ports of a container as it was made, for showing.
     *
     * @param ports number inside to where it is on the host
     * @param login whether its page asks who you are, which it was told by its environment
     * @param retention how long it keeps traces, in Go's notation ({@code 336h}), when its environment says so
     */
    public record Published(String image, Map<Integer, Address> ports, boolean login, Optional<String> retention) {
        public Published {
            ports = Map.copyOf(ports);
        }
    }

    /** An address of the host, 0.0.0.0 for all of them, and a port there. */
    public record Address(String bind, int port) {}
}
