package workers;

import java.util.Map;
import java.util.Optional;

/** Makes a worker's program send its own spans, metrics and logs. */
public interface OwnTelemetry {
    /** Whether the program makes spans of its tools, so that PA need not rebuild them from its output. Asked after the self-check. */
    boolean tracesTools();

    /** The settings for the program, by the names of environment variables. */
    Map<String, String> settings(Link link);

    /**
     * The receiver of the program's telemetry.
     *
     * @param endpoint the base URL, as {@code OTEL_EXPORTER_OTLP_ENDPOINT} takes it
     * @param protocol {@code grpc} or {@code http/protobuf}
     * @param headers as {@code OTEL_EXPORTER_OTLP_HEADERS} takes them: PA's secret, passed on because the endpoint is the same
     * @param session PA's session id
     * @param further resource attributes in addition to the session
     * @param environment the child's environment so far; its resource attributes and the user's own settings in it are kept
     * @param content whether the text of the conversation may be sent too
     */
    record Link(String endpoint, String protocol, Optional<String> headers, String session, Map<String, String> further,
            Map<String, String> environment, boolean content) {}
}
