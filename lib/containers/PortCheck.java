package containers;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import containers.engine.Connection;
import contract.ExitCode;
import contract.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import services.IpAddress;
import services.PortOwner;
import services.Service;
import services.StackPort;

/** Checks before the start whether the ports are free, and names the process that holds one. */
final class PortCheck {
    private static final int LARGEST = 65_535;

    private final Connection engine;
    private final String stack;
    private final Set<Integer> ours;

    /** @param ours ports that containers of ours hold, which stay or will be replaced */
    PortCheck(Connection engine, String stack, Set<Integer> ours) {
        this.engine = engine;
        this.stack = stack;
        this.ours = Set.copyOf(ours);
    }

    /** @throws Failure with {@link ExitCode#PORT_TAKEN} for the first port that somebody else holds */
    void check(List<Service> services) {
        for (Service service : services) {
            for (Service.Port port : service.ports()) {
                if (!engine.remote() && taken(port) && !ours.contains(port.host())) {
                    throw taken(service, port);
                }
            }
        }
    }

    /** Who holds one of this service's ports, when the engine has refused to publish them. */
    Optional<Failure> culprit(Service service) {
        return service.ports().stream().filter(port -> container(port).isPresent() || !engine.remote() && taken(port))
                .findFirst().map(port -> taken(service, port));
    }

    private Failure taken(Service service, Service.Port port) {
        Optional<String> holder = container(port).or(() -> PortOwner.of(port.host()));
        Optional<String> remedy = container(port).isPresent() ? Optional.empty() : PortOwner.remedy(port.host());
        return new Failure("port " + port.host() + " (" + service.name() + ", " + port.port().title() + ") is taken"
                + holder.map(who -> " by " + who).orElse(""), remedy.orElse("end it") + ", or choose another port: --port "
                        + port.port().key() + "=" + another(service, port), ExitCode.PORT_TAKEN);
    }

    /** The next number that is free here and that no service of the stack wants for itself. */
    private static int another(Service service, Service.Port taken) {
        Set<Integer> wanted = Stream.concat(Arrays.stream(StackPort.values()).map(StackPort::known),
                service.ports().stream().map(Service.Port::host)).collect(Collectors.toSet());
        int number = taken.host() + 1;
        while (number < LARGEST && (wanted.contains(number)
                || taken(new Service.Port(taken.port(), taken.bind(), number)))) {
            number++;
        }
        return number;
    }

    private Optional<String> container(Service.Port port) {
        return holders(port).filter(container -> !ours(container)).findFirst()
                .map(container -> "the container " + container.getNames()[0].replaceFirst("^/", "") + " ("
                        + container.getImage()
                        + ")");
    }

    private boolean ours(Container container) {
        return container.getLabels() != null && stack.equals(container.getLabels().get(Labels.STACK));
    }

    private Stream<Container> holders(Service.Port port) {
        return engine.client().listContainersCmd().exec().stream()
                .filter(container -> Arrays.stream(container.getPorts()).map(ContainerPort::getPublicPort)
                        .anyMatch(published -> published != null && published == port.host()));
    }

    /**
     * For an address that the engine's machine does not have, so that nothing can be published on it.
     *
     * @param said the engine's words, which name the address and the port when it is Docker's
     */
    static Failure noSuchAddress(Service service, String said) {
        List<Service.Port> candidates = service.ports().stream().filter(port -> !IpAddress.isLoopback(port.bind())).toList();
        List<Service.Port> named = candidates.stream().filter(port -> said.contains(port.bind() + ":" + port.host())
                || said.contains("[" + port.bind() + "]:" + port.host())).toList();
        List<Service.Port> wrong = named.isEmpty() ? candidates : named;
        String addresses = wrong.stream().map(Service.Port::bind).distinct().collect(Collectors.joining(" or "));
        String settings = wrong.stream().map(port -> "port." + port.port().key()).collect(Collectors.joining(", "));
        return Failure.usage(addresses + " is not an address of the engine's machine (--bind or " + settings
                + ")",
                "ip -brief address on that machine lists its addresses; 0.0.0.0 means all of them");
    }

    /** What cannot be said here the engine will say, which may be elsewhere, or may do what we may not. */
    private static boolean taken(Service.Port port) {
        return PortTrial.of(port, true) == PortTrial.TAKEN;
    }
}
