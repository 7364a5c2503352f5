package stackcli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Whether Prometheus stores its samples. With a full disk it still answers that it is ready, and none of its own rules can find it:
 * the counters of failed writes could not be stored either. So its list of targets, which is in memory, is compared with the newest
 * stored sample.
 */
final class PrometheusDisk {
    /** The time of several scrapes at the usual five seconds. */
    private static final Duration TOLERATED = Duration.ofSeconds(30);
    private static final String NEWEST = "/api/v1/query?query=max(timestamp(up))";
    private static final String TARGETS = "/api/v1/targets?state=active";

    private PrometheusDisk() {}

    /** Reads a page of Prometheus. */
    @FunctionalInterface
    interface Pages {
        JsonNode read(String path) throws IOException;
    }

    /** The alert that Prometheus itself cannot raise; empty when samples are stored, or when there is no target. */
    static Optional<Alerts.Alert> full(Pages pages, Instant now) throws IOException {
        double newest = pages.read(NEWEST).path("data").path("result").path(0).path("value").path(1).asDouble(0);
        if (newest > now.minus(TOLERATED).getEpochSecond()) {
            return Optional.empty();
        }
        for (JsonNode target : pages.read(TARGETS).path("data").path("activeTargets")) {
            Optional<Instant> scraped = time(target.path("lastScrape").asText());
            // A sample is stored a moment after the scrape.
            if (scraped.filter(at -> at.isBefore(now.minusSeconds(2)) && at.getEpochSecond() > newest).isPresent()) {
                return Optional.of(new Alerts.Alert("DiskFull", "prometheus cannot write its data", "It scrapes, but"
                        + " stores nothing. Most likely its disk is full: docker system df, and stack logs prometheus."
                        + " Make room, then stack restart prometheus.", true));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            // The time of a target without a scrape is in the year 1.
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(at -> at.getEpochSecond() > 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
