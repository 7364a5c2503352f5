package services;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Small services for tests. */
final class TestServices {
    private TestServices() {}

    static Service service(String name) {
        return new Service(name, new Service.Program(name + ":1", List.of("--x"), Map.of("A", "1"), "1:1", 1 << 20),
                List.of(new Service.Port(StackPort.TEMPO, "127.0.0.1", 3200)),
                List.of(new StackFile("/etc/" + name + "/" + name + ".yaml", name + "/" + name + ".yaml", "a: 1")),
                Optional.of(new Service.Volume("/var/" + name, 1, 1)), List.of(),
                new Service.Stopping(Set.of(), Duration.ofSeconds(1), Optional.empty()));
    }

    static Service withFile(Service service, String text) {
        StackFile file = service.files().get(0);
        return new Service(service.name(), service.program(), service.ports(),
                List.of(new StackFile(file.path(), file.origin(), text)), service.volume(), service.probes(), service.stopping());
    }

    static Actual.Container container(Service service, Actual.State state) {
        return new Actual.Container("id-" + service.name(), "s-" + service.name(), service.name(), state, Parts.of(service),
                "sha256:" + service.image(), true, 0, new Actual.Published(service.image(), Map.of(), false, Optional.empty()));
    }
}
