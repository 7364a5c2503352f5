package services;

import contract.Ports;
import java.util.Arrays;
import java.util.Optional;

/** The ports of the stack and the names under which options, settings and JSON know them. */
public enum StackPort {
    OTLP_GRPC("otlp-grpc", Ports.OTLP_GRPC, "OTLP gRPC"),
    OTLP_HTTP("otlp-http", Ports.OTLP_HTTP, "OTLP/HTTP"),
    METRICS("metrics", Ports.METRICS, "Prometheus text"),
    COLLECTOR_HEALTH("collector-health", 13133, "health"),
    TEMPO("tempo", 3200, "API"),
    PROMETHEUS("prometheus", 9090, "page"),
    GRAFANA("grafana", Ports.GRAFANA, "page");

    private final String key;
    private final int known;
    private final String title;

    StackPort(String key, int known, String title) {
        this.key = key;
        this.known = known;
        this.title = title;
    }

    /** The name in {@code --port NAME=NUMBER} and {@code port.NAME}. */
    public String key() {
        return key;
    }

    /** The variable of the environment that gives another number. */
    public String variable() {
        return Settings.variable("port." + key);
    }

    /** The number that everybody knows; also the one inside the container. */
    public int known() {
        return known;
    }

    /** What answers there, in a person's words. */
    public String title() {
        return title;
    }

    /** The port with this key. */
    public static Optional<StackPort> of(String key) {
        return Arrays.stream(values()).filter(port -> port.key.equals(key)).findFirst();
    }
}
