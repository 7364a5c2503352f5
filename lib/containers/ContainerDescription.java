package containers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import services.Reconciler;
import services.Service;

/** What a container of a service is made from, in the words of the engine's API. */
final class ContainerDescription {
    /** The engine starts it again when it fails and when the machine boots. */
    static final Map<String, Object> KEPT_ALIVE = Map.of("RestartPolicy", Map.of("Name", "unless-stopped"));

    /** Two files of 5 MB per container, compressed by the engine where it can. */
    private static final Map<String, Object> LOGS = Map.of("Type", "json-file", "Config", Map.of("max-size", "5m", "max-file", "2"));

    private ContainerDescription() {}

    /**
     * @param options what the user chose, for the label that {@code restart} reads
     * @param updatable whether it can be told later to be kept alive; else it is from the start
     */
    static Map<String, Object> of(Service service, String stack, String options, boolean updatable) {
        Map<String, Object> bindings = new LinkedHashMap<>();
        Map<String, Object> exposed = new LinkedHashMap<>();
        for (Service.Port port : service.ports()) {
            exposed.put(port.container() + "/tcp", Map.of());
            bindings.put(port.container() + "/tcp", List.of(Map.of("HostIp", address(port, updatable), "HostPort",
                    Integer.toString(port.host()))));
        }
        Map<String, Object> host = new LinkedHashMap<>(updatable ? Map.of() : KEPT_ALIVE);
        host.put("NetworkMode", stack);
        host.put("PortBindings", bindings);
        host.put("Memory", service.memoryBytes());
        host.put("MemorySwap", service.memoryBytes());
        host.put("ExtraHosts", List.of("host.docker.internal:host-gateway"));
        host.put("LogConfig", LOGS);
        host.put("SecurityOpt", List.of("no-new-privileges"));
        List<String> binds = new ArrayList<>();
        service.volume().ifPresent(volume -> binds.add(Reconciler.nameOf(stack, service.name()) + ":" + volume.path() + ":rw"));
        host.put("Binds", binds);
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("Image", service.image());
        description.put("Hostname", service.name());
        description.put("User", service.user());
        description.put("Env", service.environment().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted()
                .toList());
        description.put("ExposedPorts", exposed);
        description.put("Labels", Labels.of(stack, service, options));
        description.put("HostConfig", host);
        description.put("NetworkingConfig", Map.of("EndpointsConfig", Map.of(stack, Map.of("Aliases", List.of(service.name())))));
        if (!service.command().isEmpty()) {
            description.put("Cmd", service.command());
        }
        return description;
    }

    /** Podman 4 takes 0.0.0.0 for an address, which nobody then reaches; to say none means all of them. */
    private static String address(Service.Port port, boolean updatable) {
        return updatable || !port.bind().equals(Inventory.EVERYWHERE) ? port.bind() : "";
    }
}
