package services;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One service of the stack as it should be.
 *
 * @param name also its host name on the stack's network
 * @param program what runs in its container
 * @param ports published, in the order to show them
 * @param files copied into the container before it starts
 * @param volume where its data lives, across containers
 * @param probes what must answer before it counts as ready
 */
public record Service(String name, Program program, List<Port> ports, List<StackFile> files, Optional<Volume> volume,
        List<Probe> probes, Stopping stopping) {
    public Service {
        ports = List.copyOf(ports);
        files = List.copyOf(files);
        probes = List.copyOf(probes);
    }

    /**
     * What runs in a container.
     *
     * @param image name and exact tag
     * @param command arguments for the image's entry point
     * @param user uid and gid, as {@code uid:gid}
     * @param memoryBytes the limit of the container
     */
    public record Program(String image, List<String> command, Map<String, String> environment, String user, long memoryBytes) {
        public Program {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * How it stops.
     *
     * @param sendsTo names of the services that receive from it: they stop when it sends nothing any more
     * @param grace from SIGTERM to SIGKILL
     * @param ending what it shows after SIGTERM, while its process or its container is still there
     */
    public record Stopping(Set<String> sendsTo, Duration grace, Optional<Ending> ending) {
        public Stopping {
            sendsTo = Set.copyOf(sendsTo);
        }
    }

    /**
     * A published port.
     *
     * @param host the number outside, on the address that the stack binds
     */
    public record Port(StackPort port, String bind, int host) {
        public int container() {
            return port.known();
        }
    }

    /** A folder that outlives containers; the engine makes it belong to this owner. */
    public record Volume(String path, int uid, int gid) {}

    /**
     * An answer that shows that the service does its work: status 200 and every one of these texts in the body.
     *
     * @param what in a person's words, for when it does not answer
     * @param inside whether only those who are logged in get this answer, where there is a login
     */
    public record Probe(StackPort port, String path, List<String> bodyContains, String what, boolean inside) {
        public Probe {
            bodyContains = List.copyOf(bodyContains);
        }

        static Probe of(StackPort port, String path, String what) {
            return new Probe(port, path, List.of(), what, false);
        }
    }

    /**
     * A page that tells how far a service is that was sent SIGTERM. It sends nothing any more when the page says so, and when
     * nobody answers there; an engine needs several times as long after that to clear the container away. It is drained when
     * nothing of it is left in memory only: from then on SIGKILL costs nothing.
     *
     * @param silent regular expressions, all of which the page then has; empty when only its absence shows it
     * @param drained the same; empty when the process ends by itself
     * @param why it is not waited for any longer when it is drained, in a person's words
     */
    public record Ending(StackPort port, String path, List<String> silent, List<String> drained, String why) {
        public Ending {
            silent = List.copyOf(silent);
            drained = List.copyOf(drained);
        }

        /** Of one that ends by itself and whose page is the last that goes. */
        static Ending shownByAbsence(StackPort port, String path) {
            return new Ending(port, path, List.of(), List.of(), "");
        }

        /** Whether this page says that it sends nothing any more. */
        public boolean isSilent(String page) {
            return all(silent, page);
        }

        /** Whether this page says that it is drained. */
        public boolean isDrained(String page) {
            return all(drained, page);
        }

        private static boolean all(List<String> expressions, String page) {
            return !expressions.isEmpty()
                    && expressions.stream().allMatch(expression -> Pattern.compile(expression).matcher(page).find());
        }
    }

    /** The name of its image and the exact tag. */
    public String image() {
        return program.image();
    }

    /** The port of this name, when the service publishes it. */
    public Optional<Port> port(StackPort wanted) {
        return ports.stream().filter(port -> port.port() == wanted).findFirst();
    }

    /** The same with the image, the ports and the login that a container of it really has. */
    public Service publishedAs(Actual.Published published) {
        List<Port> actual = ports.stream().map(port -> {
            Actual.Address address = published.ports().getOrDefault(port.container(),
                    new Actual.Address(port.bind(), port.host()));
            return new Port(port.port(), address.bind().isEmpty() ? port.bind() : address.bind(), address.port());
        }).toList();
        Program same = new Program(published.image(), program.command(), program.environment(), program.user(),
                program.memoryBytes());
        return new Service(name, same, actual, files, volume,
                probes.stream().filter(probe -> !published.login() || !probe.inside()).toList(), stopping);
    }
}
