package containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import containers.engine.Connection;
import java.util.List;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;
import services.Service;
import services.StackPort;

/**
 * One of our containers as Testcontainers' wait strategies see it. Answers everything itself: the defaults go to
 * {@code DockerClientFactory}, which starts Ryuk.
 */
final class Target implements WaitStrategyTarget {
    private final Connection engine;
    private final Service service;
    private final StackPort port;
    private final String id;

    Target(Connection engine, Service service, String id, StackPort port) {
        this.engine = engine;
        this.service = service;
        this.port = port;
        this.id = id;
    }

    @Override
    public DockerClient getDockerClient() {
        return engine.client();
    }

    @Override
    public String getHost() {
        return engine.host(service.port(port).map(Service.Port::bind).orElse(""));
    }

    @Override
    public String getContainerId() {
        return id;
    }

    @Override
    public InspectContainerResponse getContainerInfo() {
        return new Named(service.name());
    }

    @Override
    public List<Integer> getExposedPorts() {
        return service.ports().stream().map(Service.Port::container).toList();
    }

    /** All that a wait strategy for HTTP asks for; reading the whole takes the client a tenth of a second. */
    private static final class Named extends InspectContainerResponse {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }
    }

    @Override
    public Integer getMappedPort(int originalPort) {
        return service.ports().stream().filter(port -> port.container() == originalPort).map(Service.Port::host).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(service.name() + " does not publish " + originalPort));
    }
}
