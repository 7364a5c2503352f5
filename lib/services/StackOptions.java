package services;

import java.nio.file.Path;
import java.time.Duration;
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
 */
public record StackOptions(String bind, Map<String, Integer> ports, Map<String, String> images, Optional<Path> configDir,
        Optional<Duration> retention, Duration patience, Pull pull, boolean retain, boolean dryRun) {
    public static final String LOOPBACK = "127.0.0.1";

    /** When images are pulled. */
    public enum Pull { MISSING, ALWAYS, NEVER }

    public static StackOptions defaults() {
        return new StackOptions(LOOPBACK, Map.of(), Map.of(), Optional.empty(), Optional.empty(), Duration.ofMinutes(2),
                Pull.MISSING, false, false);
    }

    /** The port that a user gets under this name: the override, or what everybody knows. */
    public int port(String name, int known) {
        return ports.getOrDefault(name, known);
    }
}
