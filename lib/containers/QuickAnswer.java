package containers;

import containers.engine.Connection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import services.Service;

/** Whether services answer at this moment; {@link Readiness} waits until they do. */
final class QuickAnswer {
    /** A data source of Grafana asks another service before it answers. */
    private static final int TIMEOUT_MILLIS = 5000;
    private static final int LONGEST_PROBLEM = 300;

    private QuickAnswer() {}

    /** Asks all of them at once. */
    static boolean ofAll(Connection engine, List<Service> services) throws InterruptedException {
        AtomicBoolean all = new AtomicBoolean(true);
        Parallel.run(services.stream().<Callable<Void>>map(service -> () -> {
            if (!of(engine, service)) {
                all.set(false);
            }
            return null;
        }).toList());
        return all.get();
    }

    /** Whether every probe of this service is content. */
    static boolean of(Connection engine, Service service) {
        return service.probes().stream().allMatch(probe -> problem(engine, service, probe).isEmpty());
    }

    /** Why a probe is not content: {@code HTTP 503}, {@code Connection refused}; empty when it is. */
    static Optional<String> problem(Connection engine, Service service, Service.Probe probe) {
        Optional<URI> page = service.port(probe.port())
                .map(port -> URI.create("http://" + engine.host(port.bind()) + ":" + port.host() + probe.path()));
        if (page.isEmpty()) {
            return Optional.of(probe.port().title() + " is not published");
        }
        Page.Seen seen = Page.look(page.get(), TIMEOUT_MILLIS);
        if (seen.text().isEmpty()) {
            return Optional.of(seen.problem().substring(0, Math.min(seen.problem().length(), LONGEST_PROBLEM)));
        }
        String body = seen.text().get().replace(" ", "");
        return probe.bodyContains().stream().filter(text -> !body.contains(text)).findFirst()
                .map(text -> "it answers, but without " + text);
    }
}
