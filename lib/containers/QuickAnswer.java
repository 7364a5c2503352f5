package containers;

import containers.engine.Connection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import services.Service;

/** Whether services answer at this moment, without a reason when one does not; {@link Readiness} finds that. */
final class QuickAnswer {
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
        return service.probes().stream().allMatch(probe -> service.port(probe.port())
                .map(port -> URI.create("http://" + engine.host(port.bind()) + ":" + port.host() + probe.path()))
                .flatMap(Page::read)
                .filter(body -> probe.bodyContains().stream().allMatch(body.replace(" ", "")::contains)).isPresent());
    }
}
