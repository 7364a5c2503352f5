package telemetry;

import java.util.Map;

/**
 * What the worker needs in its environment to send telemetry of its own, which joins our trace. Given by whoever wires the
 * worker: this room knows no worker.
 */
@FunctionalInterface
public interface WorkerTelemetry {
    /** For workers that send none, and for {@code --no-claude-telemetry}. */
    WorkerTelemetry NONE = link -> Map.of();

    /**
     * Where the worker's telemetry goes.
     *
     * @param endpoint the base URL, as {@code OTEL_EXPORTER_OTLP_ENDPOINT} has it; {@code localhost} is resolved to the
     *     address that answered
     * @param protocol {@code grpc} or {@code http/protobuf}
     * @param session PA's session
     * @param instance a {@code service.instance.id} for the round's process, whose sums begin at 0
     * @param environment what the child has so far
     * @param content whether what is said may be sent too
     */
    record Link(String endpoint, String protocol, String session, String instance, Map<String, String> environment,
            boolean content) {}

    /** Variables to set in the child's environment. Asked before each round, and only when the endpoint answers. */
    Map<String, String> settings(Link link);

    /**
     * Whether a worker that was given these settings makes spans of its tools itself, so that none are rebuilt from its
     * stream: never both.
     */
    default boolean tracesTools() {
        return false;
    }
}
