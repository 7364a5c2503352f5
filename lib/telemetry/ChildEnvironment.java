package telemetry;

import agent.RunEvent;
import contract.GenAi;
import contract.Variables;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a round of the worker finds in its environment: the span it belongs to, and where to send telemetry of its own. */
final class ChildEnvironment {
    /** They say who PA is and whose child it is; a worker that inherited them would say the same of itself. */
    private static final List<String> OURS = List.of(Variables.TRACEPARENT, Variables.TRACESTATE, Variables.BAGGAGE,
            Variables.SERVICE_NAME, Variables.SERVICE_NAMESPACE);
    private static final List<String> EXPORTERS = List.of(Variables.TRACES_EXPORTER, Variables.METRICS_EXPORTER,
            Variables.LOGS_EXPORTER);
    /** Writes to stdout, which is the worker's stream of events. */
    private static final String CONSOLE = "console";

    private final TextMapPropagator propagator;
    private final WorkerTelemetry worker;
    private final Optional<Endpoint> endpoint;
    private String session = "";
    private boolean claude;

    ChildEnvironment(TextMapPropagator propagator, WorkerTelemetry worker, Optional<Endpoint> endpoint) {
        this.propagator = propagator;
        this.worker = worker;
        this.endpoint = endpoint;
    }

    void started(RunEvent.RunStarted event) {
        session = event.task().session();
        claude = event.worker().equals(GenAi.CLAUDE);
    }

    /**
     * Prepares the environment of a child whose span is in {@code context}.
     *
     * @return whether the worker makes the spans of its tools itself
     */
    boolean prepare(Map<String, String> environment, Context context) {
        environment.keySet().removeAll(OURS);
        for (String exporter : EXPORTERS) {
            if (List.of(environment.getOrDefault(exporter, "").split("\\s*,\\s*")).contains(CONSOLE)) {
                environment.remove(exporter);
            }
        }
        propagator.inject(context, environment,
                (carrier, key, value) -> carrier.put(EnvironmentCarrier.variable(key), value));
        // No SDK that is disabled or has no endpoint makes a trace to join.
        Optional<WorkerTelemetry.Link> link = claude && worker != WorkerTelemetry.NONE
                ? endpoint.flatMap(e -> e.answering()).map(url -> link(url, environment)) : Optional.empty();
        if (link.isEmpty()) {
            return false;
        }
        environment.putAll(worker.settings(link.get()));
        return worker.tracesTools();
    }

    private WorkerTelemetry.Link link(String url, Map<String, String> environment) {
        return new WorkerTelemetry.Link(url, endpoint.orElseThrow().protocol(), session, Map.copyOf(environment));
    }
}
