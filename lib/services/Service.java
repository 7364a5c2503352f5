package services;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One service of the stack as it should be.
 *
 * @param name also its host name on the stack's network
 * @param image name and exact tag
 * @param command arguments for the image's entry point
 * @param ports published, in the order to show them
 * @param files copied into the container before it starts
 * @param volume where its data lives, across containers
 * @param user uid and gid, as {@code uid:gid}
 * @param memoryBytes the limit of the container
 * @param probes what must answer before it counts as ready
 * @param stopOrder lower stops first, so that who sends stops before who receives; equal ones stop together
 * @param grace from SIGTERM to SIGKILL
 * @param drained where it says that it has put everything down, for one whose process may stay all the same
 */
public record Service(String name, String image, List<String> command, Map<String, String> environment, List<Port> ports,
        List<StackFile> files, Optional<Volume> volume, String user, long memoryBytes, List<Probe> probes, int stopOrder,
        Duration grace, Optional<Drained> drained) {
    public Service {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        ports = List.copyOf(ports);
        files = List.copyOf(files);
        probes = List.copyOf(probes);
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
     * What a service shows after SIGTERM once nothing of it is left in memory only: from then on SIGKILL costs nothing.
     *
     * @param ended regular expressions; the page must have all of them
     * @param why it is not waited for any longer, in a person's words
     */
    public record Drained(StackPort port, String path, List<String> ended, String why) {
        public Drained {
            ended = List.copyOf(ended);
        }

        /** Whether this page says so. */
        public boolean saidBy(String page) {
            return ended.stream().allMatch(expression -> Pattern.compile(expression).matcher(page).find());
        }
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
        Builder same = toBuilder().image(published.image()).ports(actual);
        return published.login() ? same.probes(probes.stream().filter(probe -> !probe.inside()).toList()).build() : same.build();
    }

    public static Builder builder(String name) {
        return new Builder(name);
    }

    public Builder toBuilder() {
        return builder(name).image(image).command(command).environment(environment).ports(ports).files(files).volume(volume)
                .user(user).memoryBytes(memoryBytes).probes(probes).stopOrder(stopOrder).grace(grace).drained(drained);
    }

    /** Begins with a service that has a name and nothing else. */
    public static final class Builder {
        private final String name;
        private String image = "";
        private List<String> command = List.of();
        private Map<String, String> environment = Map.of();
        private List<Port> ports = List.of();
        private List<StackFile> files = List.of();
        private Optional<Volume> volume = Optional.empty();
        private String user = "";
        private long memoryBytes;
        private List<Probe> probes = List.of();
        private int stopOrder;
        private Duration grace = Duration.ZERO;
        private Optional<Drained> drained = Optional.empty();

        private Builder(String name) {
            this.name = name;
        }

        public Builder image(String value) {
            image = value;
            return this;
        }

        public Builder command(List<String> value) {
            command = value;
            return this;
        }

        public Builder environment(Map<String, String> value) {
            environment = value;
            return this;
        }

        public Builder ports(List<Port> value) {
            ports = value;
            return this;
        }

        public Builder files(List<StackFile> value) {
            files = value;
            return this;
        }

        public Builder volume(Optional<Volume> value) {
            volume = value;
            return this;
        }

        public Builder user(String value) {
            user = value;
            return this;
        }

        public Builder memoryBytes(long value) {
            memoryBytes = value;
            return this;
        }

        public Builder probes(List<Probe> value) {
            probes = value;
            return this;
        }

        public Builder stopOrder(int value) {
            stopOrder = value;
            return this;
        }

        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        public Builder drained(Optional<Drained> value) {
            drained = value;
            return this;
        }

        public Service build() {
            return new Service(name, image, command, environment, ports, files, volume, user, memoryBytes, probes, stopOrder,
                    grace, drained);
        }
    }
}
