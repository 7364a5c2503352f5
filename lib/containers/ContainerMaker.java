package containers;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Volume;
import containers.engine.Connection;
import containers.engine.Order;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import services.Reconciler;
import services.Service;

/** Makes, starts, stops and removes one container; every step is safe to be done again. */
final class ContainerMaker {
    /** Two files of 5 MB per container, compressed by the engine where it can. */
    private static final Map<String, String> LOG_ROTATION = Map.of("max-size", "5m", "max-file", "2");

    /**
     * Where Testcontainers looks for an account instead of the registry of the image, which is here already: for an image without a
     * registry in its name it would go and look for an engine of its own and ask that one.
     */
    private static final String NO_REGISTRY = "localhost/image";

    private static final int REMOVALS = 5;
    private static final long REMOVAL_PAUSE_MILLIS = 400;

    private final Connection engine;
    private final Order order;
    private final String stack;
    private final String options;

    /** @param options what the user chose, for the label that {@code restart} reads */
    ContainerMaker(Connection engine, String stack, String options) {
        this.engine = engine;
        this.order = new Order(engine);
        this.stack = stack;
        this.options = options;
    }

    /** Loads what a creation needs, and creates nothing. */
    static void load(Connection engine) {
        engine.client().createContainerCmd(NO_REGISTRY).close();
    }

    /**
     * Creates it and copies its files in; it does not run yet. Returns its id.
     *
     * @param created is told the id as soon as there is one, so that somebody can remove it should the copying fail
     */
    String create(Service service, Consumer<String> created) {
        List<PortBinding> bindings = new ArrayList<>();
        List<ExposedPort> exposed = new ArrayList<>();
        for (Service.Port port : service.ports()) {
            exposed.add(ExposedPort.tcp(port.container()));
            bindings.add(new PortBinding(binding(port), ExposedPort.tcp(port.container())));
        }
        String name = Reconciler.nameOf(stack, service.name());
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode(stack)
                .withPortBindings(bindings)
                .withMemory(service.program().memoryBytes())
                .withMemorySwap(service.program().memoryBytes())
                .withExtraHosts("host.docker.internal:" + HostAddress.of(engine, stack))
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_ROTATION))
                .withSecurityOpts(List.of("no-new-privileges"));
        if (!engine.updatesContainers()) {
            host.withRestartPolicy(RestartPolicy.unlessStoppedRestart());
        }
        service.volume().ifPresent(volume -> host.withBinds(new Bind(name, new Volume(volume.path()))));
        CreateContainerCmd create = engine.client().createContainerCmd(NO_REGISTRY)
                .withImage(service.image())
                .withName(name)
                .withHostName(service.name())
                .withAliases(service.name())
                .withUser(service.program().user())
                .withEnv(service.program().environment().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted()
                        .toList())
                .withExposedPorts(exposed)
                .withLabels(Labels.of(stack, service, options))
                .withHostConfig(host);
        if (!service.program().command().isEmpty()) {
            create.withCmd(service.program().command());
        }
        String id = Uninterrupted.get(() -> create.exec().getId());
        created.accept(id);
        upload(id, Tar.of(service));
        return id;
    }

    /** Podman 4 takes 0.0.0.0 for an address, which nobody then reaches; to say none means all of them. */
    private Binding binding(Service.Port port) {
        return engine.updatesContainers() || !port.bind().equals(Inventory.EVERYWHERE)
                ? Binding.bindIpAndPort(port.bind(), port.host()) : Binding.bindPort(port.host());
    }

    /** Gives the volume of a stopped container its owner again, in case somebody has changed it meanwhile. */
    void restoreOwner(String id, Service service) {
        if (service.volume().isPresent()) {
            upload(id, Tar.ownership(service));
        }
    }

    void start(String id) {
        try {
            engine.client().startContainerCmd(id).exec();
        } catch (NotModifiedException e) {
            return;
        }
    }

    /**
     * From now on the engine starts it again when it fails or the machine boots. Not before it was ready: an error in its
     * configuration would become a loop of restarts.
     */
    void keepAlive(String id) {
        engine.client().updateContainerCmd(id).withRestartPolicy(RestartPolicy.unlessStoppedRestart()).exec();
    }

    /** SIGTERM, and SIGKILL only when the grace is over. */
    void stop(String id, Duration grace) {
        try {
            order.stop(id, grace);
        } catch (NotModifiedException | NotFoundException e) {
            // Stopped already, or gone: as wanted.
            return;
        }
    }

    /**
     * Removes it whatever it does, with its anonymous volumes; the named one that holds the data stays. Podman refuses one
     * that it is just restarting: that passes, and is tried again.
     */
    void remove(String id) {
        for (int tries = REMOVALS; ; tries--) {
            try {
                order.removeContainer(id);
                return;
            } catch (NotFoundException e) {
                return;
            } catch (DockerException e) {
                if (tries <= 1) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(REMOVAL_PAUSE_MILLIS));
            }
        }
    }

    private void upload(String id, byte[] tar) {
        engine.client().copyArchiveToContainerCmd(id).withRemotePath("/").withTarInputStream(new ByteArrayInputStream(tar))
                .exec();
    }
}
