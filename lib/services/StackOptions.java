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

    /** When images are pulled. */
    public enum Pull { MISSING, ALWAYS, NEVER }

    public StackOptions {
        ports = Map.copyOf(ports);
        images = Map.copyOf(images);
    }

    public StackOptions withSenders(Senders named) {
        return new StackOptions(bind, ports, images, configDir, retention, patience, pull, retain, dryRun, named);
    }

    public static StackOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Begins with the defaults. */
    public static final class Builder {
        private String bind = LOOPBACK;
        private Map<String, Integer> ports = Map.of();
        private Map<String, String> images = Map.of();
        private Optional<Path> configDir = Optional.empty();
        private Optional<Duration> retention = Optional.empty();
        private Duration patience = Duration.ofMinutes(2);
        private Pull pull = Pull.MISSING;
        private boolean retain;
        private boolean dryRun;
        private Senders senders = Senders.NONE;

        private Builder() {}

        public Builder bind(String value) {
            bind = value;
            return this;
        }

        public Builder ports(Map<String, Integer> value) {
            ports = value;
            return this;
        }

        public Builder images(Map<String, String> value) {
            images = value;
            return this;
        }

        public Builder configDir(Optional<Path> value) {
            configDir = value;
            return this;
        }

        public Builder retention(Optional<Duration> value) {
            retention = value;
            return this;
        }

        public Builder patience(Duration value) {
            patience = value;
            return this;
        }

        public Builder pull(Pull value) {
            pull = value;
            return this;
        }

        public Builder retain(boolean value) {
            retain = value;
            return this;
        }

        public Builder dryRun(boolean value) {
            dryRun = value;
            return this;
        }

        public Builder senders(Senders value) {
            senders = value;
            return this;
        }

        public StackOptions build() {
            return new StackOptions(bind, ports, images, configDir, retention, patience, pull, retain, dryRun, senders);
        }
    }
}
