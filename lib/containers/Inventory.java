package containers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.ListVolumesResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Ports;
import containers.engine.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import services.Actual;
import services.Catalogue;
import services.GrafanaEnvironment;
import services.Reconciler;
import services.Service;

/** Reads the present state of a stack from the engine. */
final class Inventory {
    /** All addresses of the engine's machine; engines may leave it out. */
    static final String EVERYWHERE = "0.0.0.0";

    private final Connection engine;
    private final String stack;

    Inventory(Connection engine, String stack) {
        this.engine = engine;
        this.stack = stack;
    }

    /** Everything of ours, and what has a name that these services need without being ours. */
    Actual read(List<Service> desired) {
        Optional<String> network = network();
        Set<String> volumes = volumes();
        List<Actual.Container> containers = containers(network);
        return new Actual(network, volumes, containers, strangers(desired, network), images(desired));
    }

    /** What the user chose when the stack was made, if there is one. */
    Optional<String> options() {
        return engine.client().listContainersCmd().withShowAll(true).withLabelFilter(Labels.of(stack)).exec().stream()
                .map(container -> container.getLabels().get(Labels.OPTIONS)).filter(Objects::nonNull).findFirst();
    }

    List<Actual.Container> containers() {
        return containers(network());
    }

    /** The id of our network: by label first, because older engines allow two networks of one name. */
    Optional<String> network() {
        return engine.client().listNetworksCmd().withFilter("label", List.of(Labels.STACK + "=" + stack)).exec().stream()
                .map(Network::getId).findFirst();
    }

    Set<String> volumes() {
        ListVolumesResponse answer = engine.client().listVolumesCmd()
                .withFilter("label", List.of(Labels.STACK + "=" + stack)).exec();
        Set<String> names = new HashSet<>();
        if (answer.getVolumes() != null) {
            answer.getVolumes().forEach(volume -> names.add(volume.getName()));
        }
        return names;
    }

    private List<Actual.Container> containers(Optional<String> network) {
        List<Actual.Container> containers = new ArrayList<>();
        for (Container listed : engine.client().listContainersCmd().withShowAll(true).withLabelFilter(Labels.of(stack))
                .exec()) {
            try {
                containers.add(describe(engine.client().inspectContainerCmd(listed.getId()).exec(), network));
            } catch (NotFoundException e) {
                // Removed between the two questions: not there.
                continue;
            }
        }
        return containers;
    }

    private static Actual.Container describe(InspectContainerResponse container, Optional<String> network) {
        Map<String, String> labels = container.getConfig().getLabels() == null ? Map.of() : container.getConfig()
                .getLabels();
        boolean attached = network.isPresent() && container.getNetworkSettings().getNetworks().entrySet().stream()
                .anyMatch(entry -> isOurs(entry.getKey(), entry.getValue().getNetworkID(), network.get(),
                        labels.getOrDefault(Labels.STACK, "")));
        Long exitCode = container.getState().getExitCodeLong();
        return new Actual.Container(container.getId(), container.getName().replaceFirst("^/", ""),
                labels.getOrDefault(Labels.SERVICE, ""), state(container.getState().getStatus()), Labels.parts(labels),
                container.getImageId(), attached, exitCode == null ? 0 : exitCode.intValue(), published(container));
    }

    /**
     * By the network's id, because another of the same name may have taken its place. Podman gives the name where others give
     * the id, and before a container's first start older engines give nothing.
     */
    private static boolean isOurs(String name, String id, String networkId, String stack) {
        boolean idUnknown = id == null || id.isEmpty() || id.equals(name);
        return networkId.equals(id) || idUnknown && name.equals(stack);
    }

    private static Actual.Published published(InspectContainerResponse container) {
        Map<Integer, Actual.Address> ports = new TreeMap<>();
        Ports bindings = container.getHostConfig() == null ? null : container.getHostConfig().getPortBindings();
        if (bindings != null) {
            for (Map.Entry<ExposedPort, Ports.Binding[]> entry : bindings.getBindings().entrySet()) {
                for (Ports.Binding binding : entry.getValue() == null ? new Ports.Binding[0] : entry.getValue()) {
                    boolean everywhere = binding.getHostIp() == null || binding.getHostIp().isEmpty();
                    ports.put(entry.getKey().getPort(), new Actual.Address(everywhere ? EVERYWHERE : binding.getHostIp(),
                            Integer.parseInt(binding.getHostPortSpec())));
                }
            }
        }
        Map<String, String> environment = environment(container);
        return new Actual.Published(container.getConfig().getImage(), ports, GrafanaEnvironment.asksForLogin(environment),
                Optional.ofNullable(environment.get(Catalogue.TEMPO_RETENTION)));
    }

    private static Map<String, String> environment(InspectContainerResponse container) {
        Map<String, String> variables = new TreeMap<>();
        for (String variable : container.getConfig().getEnv() == null ? new String[0] : container.getConfig().getEnv()) {
            String[] parts = variable.split("=", 2);
            variables.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return variables;
    }

    private static Actual.State state(String status) {
        String name = status == null ? "" : status.toUpperCase(Locale.ROOT);
        return switch (name) {
            // Podman's own words for the same.
            case "CONFIGURED", "INITIALIZED" -> Actual.State.CREATED;
            case "STOPPED", "STOPPING" -> Actual.State.EXITED;
            default -> {
                try {
                    yield Actual.State.valueOf(name);
                } catch (IllegalArgumentException e) {
                    yield Actual.State.DEAD;
                }
            }
        };
    }

    /**
     * By their labels, not by what was listed a moment ago: something of ours may just have appeared that a command ordered which was
     * killed.
     */
    private Map<String, String> strangers(List<Service> desired, Optional<String> ourNetwork) {
        Map<String, String> strangers = new TreeMap<>();
        for (Container container : engine.client().listContainersCmd().withShowAll(true).exec()) {
            for (String name : container.getNames()) {
                String plain = name.replaceFirst("^/", "");
                if (!isOurs(container.getLabels()) && names(desired).contains(plain)) {
                    strangers.put(plain, "container");
                }
            }
        }
        for (Service service : desired) {
            String volume = Reconciler.nameOf(stack, service.name());
            if (service.volume().isPresent() && isStrangersVolume(volume)) {
                strangers.put(volume, "volume");
            }
        }
        if (ourNetwork.isEmpty() && engine.client().listNetworksCmd().withNameFilter(stack).exec().stream()
                .anyMatch(network -> network.getName().equals(stack) && !isOurs(network.getLabels()))) {
            strangers.put(stack, "network");
        }
        return strangers;
    }

    private boolean isOurs(Map<String, String> labels) {
        return labels != null && stack.equals(labels.get(Labels.STACK));
    }

    private List<String> names(List<Service> desired) {
        return desired.stream().map(service -> Reconciler.nameOf(stack, service.name())).toList();
    }

    private boolean isStrangersVolume(String name) {
        try {
            return !isOurs(engine.client().inspectVolumeCmd(name).exec().getLabels());
        } catch (NotFoundException e) {
            return false;
        }
    }

    private Map<String, String> images(List<Service> desired) {
        Map<String, String> images = new TreeMap<>();
        for (Service service : desired) {
            try {
                images.put(service.image(), engine.client().inspectImageCmd(service.image()).exec().getId());
            } catch (NotFoundException e) {
                continue;
            }
        }
        return images;
    }
}
