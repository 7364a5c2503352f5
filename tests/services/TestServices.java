package services;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small services for tests. */
final class TestServices {
    private TestServices() {}

    static Service service(String name) {
        return Service.builder(name).image(name + ":1").command(List.of("--x")).environment(Map.of("A", "1"))
                .ports(List.of(new Service.Port(StackPort.TEMPO, "127.0.0.1", 3200)))
                .files(List.of(new StackFile("/etc/" + name + "/" + name + ".yaml", name + "/" + name + ".yaml", "a: 1")))
                .volume(Optional.of(new Service.Volume("/var/" + name, 1, 1))).user("1:1").memoryBytes(1 << 20)
                .grace(Duration.ofSeconds(1)).build();
    }

    static Service withFile(Service service, String text) {
        StackFile file = service.files().get(0);
        return service.toBuilder().files(List.of(new StackFile(file.path(), file.origin(), text))).build();
    }

    static Actual.Container container(Service service, Actual.State state) {
        return new Actual.Container("id-" + service.name(), "s-" + service.name(), service.name(), state, Parts.of(service),
                "sha256:" + service.image(), true, 0, new Actual.Published(service.image(), Map.of(), false, Optional.empty()));
    }
}
