package containers;

import containers.engine.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import services.Actual;
import services.Service;
import services.ServiceStatus;
import services.ServiceStatus.State;
import services.StackPort;

/** Says how services are. */
final class StatusReader {
    private StatusReader() {}

    /** All of them, asked at once. @param containers those of the stack */
    static List<ServiceStatus> readAll(Connection engine, List<Service> services, List<Actual.Container> containers)
            throws InterruptedException {
        Map<String, ServiceStatus> found = new ConcurrentHashMap<>();
        Parallel.run(services.stream().<Callable<Void>>map(service -> () -> {
            found.put(service.name(), read(engine, service, containers));
            return null;
        }).toList());
        return services.stream().map(service -> found.get(service.name())).toList();
    }

    private static ServiceStatus read(Connection engine, Service service, List<Actual.Container> containers) {
        Optional<Actual.Container> found = containers.stream().filter(c -> c.service().equals(service.name())).findFirst();
        if (found.isEmpty()) {
            return new ServiceStatus(service.name(), State.ABSENT, service.image(), Map.of(), "");
        }
        Actual.Container container = found.get();
        Service actual = service.publishedAs(container.published());
        return switch (container.state()) {
            case RUNNING -> QuickAnswer.of(engine, actual) ? of(engine, actual, State.READY, "")
                    : new Readiness(engine).problem(actual, container.id())
                    .map(problem -> of(engine, actual, State.STARTING, problem))
                    .orElseGet(() -> of(engine, actual, State.READY, ""));
            case RESTARTING -> of(engine, actual, State.FAILED, "restarts again and again, exit code "
                    + container.exitCode());
            case CREATED -> of(engine, actual, State.STOPPED, "created but never started");
            case EXITED -> of(engine, actual, clean(container.exitCode()) ? State.STOPPED : State.FAILED,
                    "exit code " + container.exitCode());
            default -> of(engine, actual, State.STOPPED, container.state().name().toLowerCase(java.util.Locale.ROOT));
        };
    }

    static ServiceStatus of(Connection engine, Service service, State state, String detail) {
        Map<String, String> urls = new LinkedHashMap<>();
        for (Service.Port port : service.ports()) {
            urls.put(port.port().title(), "http://" + engine.host(port.bind()) + ":" + port.host()
                    + (port.port() == StackPort.METRICS ? "/metrics" : ""));
        }
        return new ServiceStatus(service.name(), state, service.image(), urls, detail);
    }

    /** An end that somebody asked for: by itself, by SIGINT, by SIGTERM, or by SIGKILL when it took too long over that. */
    private static boolean clean(int exitCode) {
        return exitCode == 0 || exitCode == 130 || exitCode == 137 || exitCode == 143;
    }
}
