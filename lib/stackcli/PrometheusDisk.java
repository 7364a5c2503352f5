package stackcli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Whether Prometheus stores what it scrapes. With a full disk it goes on answering that it is ready, and no rule of its own can
 * say so: the counters of failed writes would have to be stored too. So its list of targets, which is in memory, is held
 * beside the newest sample that it has stored.
 */
final class PrometheusDisk {
    /** Several scrapes of the usual five seconds. */
    private static final Duration TOLERATED = Duration.ofSeconds(30);
    private static final String NEWEST = "/api/v1/query?query=max(timestamp(up))";
    private static final String TARGETS = "/api/v1/targets?state=active";

    private PrometheusDisk() {}

    /** Reads a page of Prometheus. */
    @FunctionalInterface
    interface Pages {
        JsonNode read(String path) throws IOException;
    }

    /** The alert that Prometheus itself cannot raise; empty when samples are stored, or nothing is scraped. */
    static Optional<Alerts.Alert> full(Pages pages, Instant now) throws IOException {
        double newest = pages.read(NEWEST).path("data").path("result").path(0).path("value").path(1).asDouble(0);
        if (newest > now.minus(TOLERATED).getEpochSecond()) {
            return Optional.empty();
        }
        for (JsonNode target : pages.read(TARGETS).path("data").path("activeTargets")) {
            Optional<Instant> scraped = time(target.path("lastScrape").asText());
            // A sample is stored a moment after it was scraped.
            if (scraped.filter(at -> at.isBefore(now.minusSeconds(2)) && at.getEpochSecond() > newest).isPresent()) {
                return Optional.of(new Alerts.Alert("DiskFull", "prometheus cannot write what it was given", "It scrapes, and"
                        + " stores nothing of it. Most likely its disk is full: docker system df, and stack logs prometheus."
                        + " Make room, then stack restart prometheus.", true));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            // What was never scraped has a time of the year 1.
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(at -> at.getEpochSecond() > 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
