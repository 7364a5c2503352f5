package containers;

import java.util.List;
import services.GrafanaEnvironment;
import services.Service;
import services.StackPort;

/** Warnings about ports that are open to other machines. */
final class OpenPorts {
    private static final String GRAFANA = "grafana";

    private OpenPorts() {}

    /** Which services are open on this address, and which of them let everybody in who reaches the machine. */
    static String warning(String address, String machine, List<Service> services) {
        List<String> open = services.stream()
                .filter(service -> service.ports().stream().anyMatch(port -> port.bind().equals(address)))
                .map(Service::name).toList();
        List<String> unguarded = services.stream().filter(OpenPorts::unguarded).map(Service::name).filter(open::contains)
                .toList();
        String whoever = ": everybody who reaches " + machine + " can read and change ";
        if (unguarded.contains(GRAFANA)) {
            return "ports are open on " + address + whoever + "everything, because Grafana has no login";
        }
        String said = "ports of " + String.join(", ", open) + " are open on " + address;
        if (!unguarded.isEmpty()) {
            return said + whoever + "the data of " + String.join(", ", unguarded) + ", which "
                    + (unguarded.size() == 1 ? "has" : "have") + " no login";
        }
        boolean metrics = services.stream().flatMap(service -> service.port(StackPort.METRICS).stream())
                .anyMatch(port -> port.bind().equals(address));
        return metrics ? said + ": everybody who reaches " + machine + " can read all metrics without a login" : said;
    }

    /** Whether it is sure that it asks nobody anything. The Collector's own file says whether it wants a token. */
    private static boolean unguarded(Service service) {
        return switch (service.name()) {
            case "otel-collector" -> false;
            case GRAFANA -> !GrafanaEnvironment.asksForLogin(service.program().environment());
            default -> true;
        };
    }
}
