package containers;

import containers.engine.Connection;
import contract.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import services.IpAddress;
import services.Progress;
import services.Service;

/** Checks before the start whether the published ports can be reached from here, and from which other machines. */
final class ReachCheck {
    private ReachCheck() {}

    /** @throws Failure (usage) when ports would be open only where nobody of us is */
    static void of(Connection engine, List<Service> services, Progress progress) {
        engine.clockWarning().ifPresent(progress::warn);
        if (engine.remote()) {
            unreachable(engine.address().getHost(), services).ifPresent(failure -> {
                throw failure;
            });
        }
        warnings(engine.remote() ? engine.address().getHost() : "this machine", services).forEach(progress::warn);
    }

    /** One for each address that others than the programs of that machine can reach, whoever has asked for it. */
    static List<String> warnings(String machine, List<Service> services) {
        return services.stream().flatMap(service -> service.ports().stream()).map(Service.Port::bind).distinct()
                .filter(bind -> !IpAddress.isLoopback(bind))
                .map(bind -> OpenPorts.warning(bind, machine, services)).toList();
    }

    /** For an engine on another machine: its loopback addresses are not ours, and ours would be asked in their place. */
    static Optional<Failure> unreachable(String host, List<Service> services) {
        List<Service.Port> all = services.stream().flatMap(service -> service.ports().stream()).toList();
        List<Service.Port> closed = all.stream().filter(port -> IpAddress.isLoopback(port.bind())).toList();
        if (closed.isEmpty()) {
            return Optional.empty();
        }
        String binds = closed.stream().map(Service.Port::bind).distinct().collect(Collectors.joining(" and "));
        boolean every = closed.size() == all.size();
        String names = closed.stream().map(port -> "port." + port.port().key()).collect(Collectors.joining(", "));
        return Optional.of(Failure.usage("the engine runs on " + host + ": " + (every ? "ports" : names) + " on its " + binds
                + " cannot be reached from here", every
                ? "give --bind an address of that machine, in a network that you trust" + example(host)
                : "give them an address of that machine too (port.NAME=ADDRESS:PORT), in a network that you trust, or run"
                        + " stack on that machine"));
    }

    /** When the engine is addressed by number, that number is most likely the one. */
    private static String example(String host) {
        return host.matches("[0-9.]+") ? ": --bind " + host : host.startsWith("[")
                ? ": --bind " + host.substring(1, host.length() - 1) : "";
    }
}
