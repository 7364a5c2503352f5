package embedded;

/** The three signals, with the paths under which OTLP knows them. */
public enum Signal {
    TRACES("/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
    METRICS("/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"),
    LOGS("/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export");

    public final String httpPath;
    public final String grpcPath;

    Signal(String httpPath, String grpcPath) {
        this.httpPath = httpPath;
        this.grpcPath = grpcPath;
    }
}
