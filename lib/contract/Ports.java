package contract;

/** The ports that a user of the stack knows, the same with either engine. */
public final class Ports {
    public static final int OTLP_GRPC = 4317;
    public static final int OTLP_HTTP = 4318;
    /** Prometheus text: the Collector's exporter, or the embedded engine's. */
    public static final int METRICS = 8889;
    /** Grafana, or the embedded engine's page. */
    public static final int GRAFANA = 3000;

    private Ports() {}
}
