package telemetry;

import agent.RoundEnvironment;
import agent.RunEvent;
import contract.GenAi;
import contract.Variables;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

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
    /** What the agent needs to send telemetry of its own in the round that begins; empty when it sends none. */
    private Map<String, String> settings = Map.of();

    ChildEnvironment(TextMapPropagator propagator, WorkerTelemetry worker, Optional<Endpoint> endpoint) {
        this.propagator = propagator;
        this.worker = worker;
        this.endpoint = endpoint;
    }

    void started(RunEvent.RunStarted event) {
        session = event.task().session();
        claude = event.worker().equals(GenAi.CLAUDE);
    }

    /** @param context gives the context of the round that has just begun */
    RoundEnvironment in(Supplier<Context> context) {
        return new RoundEnvironment() {
            @Override
            public boolean ownSpans(Map<String, String> environment) {
                settings = Map.of();
                // No SDK that is disabled or has no endpoint makes a trace to join.
                Optional<String> url = claude && worker != WorkerTelemetry.NONE ? endpoint.flatMap(Endpoint::answering)
                        : Optional.empty();
                url.ifPresent(answering -> settings = worker.settings(link(answering, cleaned(environment))));
                return url.isPresent() && worker.tracesTools();
            }

            @Override
            public Map<String, String> around(Map<String, String> environment) {
                Map<String, String> complete = cleaned(environment);
                propagator.inject(context.get(), complete,
                        (carrier, key, value) -> carrier.put(EnvironmentCarrier.variable(key), value));
                complete.putAll(settings);
                return complete;
            }
        };
    }

    private static Map<String, String> cleaned(Map<String, String> environment) {
        Map<String, String> cleaned = new TreeMap<>(environment);
        cleaned.keySet().removeAll(OURS);
        for (String exporter : EXPORTERS) {
            if (List.of(cleaned.getOrDefault(exporter, "").split("\\s*,\\s*")).contains(CONSOLE)) {
                cleaned.remove(exporter);
            }
        }
        return cleaned;
    }

    private WorkerTelemetry.Link link(String url, Map<String, String> environment) {
        return new WorkerTelemetry.Link(url, endpoint.orElseThrow().protocol(), session, Map.copyOf(environment));
    }
}
