package containers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import containers.engine.Connection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import services.Action;
import services.Actual;
import services.Plan;
import services.Progress;
import services.StackPort;

/**
 * Lets Prometheus scrape the Collector once more before the Collector stops. The last metrics of an ended run are only in the
 * Collector's memory, for up to one scrape interval, and no process will send them again.
 */
final class FinalScrape {
    /** More than the interval of 5 s and a start of Prometheus. If the user has set a longer interval, this does not wait for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 100;
    /** Prometheus' time for a target that it has not scraped yet. */
    static final String NEVER = "0001-01-01T00:00:00Z";
    private static final String COLLECTOR = "//otel-collector:" + StackPort.METRICS.known() + "/";
    private static final String TARGETS = "/api/v1/targets?state=active";

    private final Connection engine;
    private final Progress progress;

    FinalScrape(Connection engine, Progress progress) {
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Returns after the scrape; at once if there is nothing to scrape or Prometheus does not run.
     *
     * @param containers of the stack, as they are now
     */
    void await(List<Actual.Container> containers) throws InterruptedException {
        Optional<URI> metrics = page(containers, StackPort.METRICS, "/metrics");
        Optional<URI> targets = page(containers, StackPort.PROMETHEUS, TARGETS);
        if (metrics.isEmpty() || targets.isEmpty() || !Page.read(metrics.get()).map(FinalScrape::hasSamples).orElse(false)) {
            return;
        }
        Optional<String> last = lastScrape(targets.get());
        if (last.isEmpty()) {
            return;
        }
        progress.step("prometheus", "fetching the last metrics");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // No answer in between is no scrape.
        while (lastScrape(targets.get()).filter(now -> !now.equals(NEVER) && !now.equals(last.get())).isEmpty()) {
            if (System.nanoTime() > deadline) {
                progress.warn("Prometheus has not fetched the Collector's metrics for " + PATIENCE.toSeconds()
                        + " s: the last metrics of a run may be missing");
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The same before a plan is carried out, if that stops the Collector. */
    void before(Plan plan, String stack) throws InterruptedException {
        boolean stops = Stream.concat(plan.only(Action.Recreate.class).stream().map(Action.Recreate::service),
                plan.only(Action.Restart.class).stream().map(Action.Restart::service))
                .anyMatch(service -> service.port(StackPort.METRICS).isPresent());
        if (stops) {
            await(new Inventory(engine, stack).containers());
        }
    }

    private Optional<URI> page(List<Actual.Container> containers, StackPort port, String path) {
        return containers.stream().filter(container -> container.state() == Actual.State.RUNNING)
                .flatMap(container -> Page.of(engine, container.published(), port, path).stream()).findFirst();
    }

    private static boolean hasSamples(String metrics) {
        return metrics.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#"));
    }

    /** When Prometheus last asked the Collector's metrics port, or {@link #NEVER}; empty when it does not answer. */
    private static Optional<String> lastScrape(URI targets) {
        return Page.read(targets).flatMap(FinalScrape::lastScrapeIn);
    }

    /** The same, from what Prometheus says about its targets. */
    static Optional<String> lastScrapeIn(String targets) {
        try {
            for (JsonNode target : new ObjectMapper().readTree(targets).path("data").path("activeTargets")) {
                // Other Collectors may be asked too, on the same port.
                if (target.path("scrapeUrl").asText().contains(COLLECTOR)) {
                    return Optional.of(target.path("lastScrape").asText());
                }
            }
            // It has just started, and does not know its targets for the first seconds.
            return Optional.of(NEVER);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
