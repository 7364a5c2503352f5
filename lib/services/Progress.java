package services;

import java.time.Duration;

/** Is told what an engine does, for a person who waits. Thread-safe: services start in parallel. */
public interface Progress {
    /** Something begins that may take a while, for instance {@code tempo}, {@code pulling grafana/tempo:3.0.3}. */
    void step(String service, String what);

    /** A service answers. */
    void ready(String service, Duration took);

    /**
     * An action and its cause, for {@code --verbose} and {@code --dry-run}: {@code recreate tempo}, {@code tempo.yaml
     * changed}.
     */
    void action(String service, String action, String cause);

    void warn(String text);
}
