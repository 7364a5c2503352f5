package agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was decided about a run's telemetry when it began. The journal keeps it, so that a later reading uses these decisions
 * and never its own environment. It holds no credentials.
 *
 * @param on whether signals were to be sent
 * @param refused whether telemetry was turned off by name, with {@code --no-telemetry}: such a run is sent by its id only
 * @param endpoint where to, as the user configured it, without user, password and query; empty where telemetry is off
 * @param protocol {@code grpc} or {@code http/protobuf}; empty where telemetry is off
 * @param resource the attributes of the resource, as text
 * @param caller the caller's context, by the names of its variables: {@code TRACEPARENT}, {@code TRACESTATE}, {@code BAGGAGE}
 * @param sampled whether the run's trace is kept
 * @param content which content may be sent: a value of {@code OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT}
 * @param conventions which of OpenTelemetry's conventions are followed: words of {@code OTEL_SEMCONV_STABILITY_OPT_IN} and
 *     {@code OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN}
 */
public record TelemetryPlan(boolean on, boolean refused, Optional<String> endpoint, Optional<String> protocol,
        Map<String, String> resource, Map<String, String> caller, boolean sampled, String content,
        List<String> conventions) {
    /** @param refused whether that was said on the command line */
    public static TelemetryPlan off(boolean refused) {
        return new TelemetryPlan(false, refused, Optional.empty(), Optional.empty(), Map.of(), Map.of(), false, "NO_CONTENT",
                List.of());
    }
}
