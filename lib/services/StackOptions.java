package services;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user may choose about a stack.
 *
 * @param lasting what a later restart takes over
 * @param patience how long readiness may take
 * @param retain keep what a failed start made, to look at it
 * @param dryRun say what would be done and why, and do nothing
 * @param senders who may send to the embedded engine beside programs that call this machine by its own names
 */
public record StackOptions(Lasting lasting, Duration patience, Pull pull, boolean retain, boolean dryRun, Senders senders) {
    public static final String LOOPBACK = "127.0.0.1";
    /** The usual one. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * What the stack is made of.
     *
     * @param bind the address that ports are published on, {@code 127.0.0.1} unless asked
     * @param ports overrides by name (see {@link contract.Ports}), for instance {@code grafana → 3001}
     * @param images overrides by service
     * @param configDir a folder with the user's own configuration, one folder per service
     * @param retention how long data is kept; empty leaves the configuration's
     */
    public record Lasting(String bind, Map<String, Integer> ports, Map<String, String> images, Optional<Path> configDir,
            Optional<Duration> retention) {
        public Lasting {
            ports = Map.copyOf(ports);
            images = Map.copyOf(images);
        }
    }

    /**
     * Senders that are refused unless they are named.
     *
     * @param hosts names in the {@code Host} header or {@code :authority}; empty leaves the environment's
     * @param origins of web pages, as {@code https://app.example}; empty leaves the environment's
     */
    public record Senders(List<String> hosts, List<String> origins) {
        public static final Senders NONE = new Senders(List.of(), List.of());

        public Senders {
            hosts = List.copyOf(hosts);
            origins = List.copyOf(origins);
        }
    }

    /** When images are pulled. */
    public enum Pull { MISSING, ALWAYS, NEVER }

    public static StackOptions defaults() {
        return of(new Lasting(LOOPBACK, Map.of(), Map.of(), Optional.empty(), Optional.empty()));
    }

    public static StackOptions of(Lasting lasting) {
        return new StackOptions(lasting, PATIENCE, Pull.MISSING, false, false, Senders.NONE);
    }

    public StackOptions withLasting(Lasting other) {
        return new StackOptions(other, patience, pull, retain, dryRun, senders);
    }

    public StackOptions withSenders(Senders named) {
        return new StackOptions(lasting, patience, pull, retain, dryRun, named);
    }
}
