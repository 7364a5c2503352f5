package workers;

import java.util.Map;
import java.util.Optional;

/** How a worker's program is told to send spans, metrics and logs of its own. */
public interface OwnTelemetry {
    /** Whether it makes spans of its tools, so that none need be rebuilt from its stream. Asked after the self-check. */
    boolean tracesTools();

    /** The settings to give to the program, by the names of environment variables. */
    Map<String, String> settings(Link link);

    /**
     * Where it is to send them.
     *
     * @param endpoint the base URL, as {@code OTEL_EXPORTER_OTLP_ENDPOINT} takes it
     * @param protocol {@code grpc} or {@code http/protobuf}
     * @param headers as {@code OTEL_EXPORTER_OTLP_HEADERS} takes them: PA's secret, given on because it is the same endpoint
     * @param session PA's
     * @param further resource attributes beside the session
     * @param environment the child's so far, whose resource attributes are kept, and what the user chose in it
     * @param content whether what is said may be sent too
     */
    record Link(String endpoint, String protocol, Optional<String> headers, String session, Map<String, String> further,
            Map<String, String> environment, boolean content) {}
}
