package services;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user may choose about a stack.
 *
 * @param bind the address that ports are published on, {@code 127.0.0.1} unless asked
 * @param ports overrides by name (see {@link contract.Ports}), for instance {@code grafana → 3001}
 * @param images overrides by service
 * @param configDir a folder with the user's own configuration, one folder per service
 * @param retention how long data is kept; empty leaves the configuration's
 * @param patience how long readiness may take
 * @param retain keep what a failed start made, to look at it
 * @param dryRun say what would be done and why, and do nothing
 * @param senders who may send to the embedded engine beside programs that call this machine by its own names
 */
public record StackOptions(String bind, Map<String, Integer> ports, Map<String, String> images, Optional<Path> configDir,
        Optional<Duration> retention, Duration patience, Pull pull, boolean retain, boolean dryRun, Senders senders) {
    public static final String LOOPBACK = "127.0.0.1";

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

    /** With nobody allowed to send beside this machine's own programs. */
    public StackOptions(String bind, Map<String, Integer> ports, Map<String, String> images, Optional<Path> configDir,
            Optional<Duration> retention, Duration patience, Pull pull, boolean retain, boolean dryRun) {
        this(bind, ports, images, configDir, retention, patience, pull, retain, dryRun, Senders.NONE);
    }

    /** When images are pulled. */
    public enum Pull { MISSING, ALWAYS, NEVER }

    public StackOptions withSenders(Senders named) {
        return new StackOptions(bind, ports, images, configDir, retention, patience, pull, retain, dryRun, named);
    }

    public static StackOptions defaults() {
        return new StackOptions(LOOPBACK, Map.of(), Map.of(), Optional.empty(), Optional.empty(), Duration.ofMinutes(2),
                Pull.MISSING, false, false);
    }

    /** The port that a user gets under this name: the override, or what everybody knows. */
    public int port(String name, int known) {
        return ports.getOrDefault(name, known);
    }
}
