package telemetry;

import agent.RoundEnvironment;
import contract.ContentMode;
import contract.Variables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import telemetry.fold.Ids;

/**
 * What a round of the worker finds in its environment: the span it belongs to, whose id follows from the event that begins
 * the round, and where to send telemetry of its own. Loads no class of the SDK.
 */
final class ChildEnvironment implements RoundEnvironment {
    /** They say who PA is and whose child it is; a worker that inherited them would say the same of itself. */
    private static final List<String> OURS = List.of(Variables.TRACEPARENT, Variables.TRACESTATE, Variables.BAGGAGE,
            Variables.SERVICE_NAME, Variables.SERVICE_NAMESPACE);

    private static final Pattern EXPORTER = Pattern.compile("OTEL_(TRACES|METRICS|LOGS)_EXPORTER");
    private static final Pattern CONSOLE = Pattern.compile("(?i)\\bconsole\\b");

    private final RunPlace place;
    private final Ids ids;
    private final WorkerTelemetry worker;
    private final Endpoint endpoint;
    private final OtelVariables variables;
    /** What the agent needs to send telemetry of its own in the round that begins; empty when it sends none. */
    private Map<String, String> settings = Map.of();
    private volatile long round;

    ChildEnvironment(Map<String, String> environment, RunPlace place, WorkerTelemetry worker, Supplier<Optional<Live>> live,
            long lookMillis) {
        this.place = place;
        this.ids = new Ids(place.session(), place.number());
        this.worker = worker;
        this.variables = OtelVariables.of(environment);
        this.endpoint = new Endpoint(Plans.base(variables, Signal.TRACES), live, lookMillis);
        endpoint.lookAhead();
    }

    /** A round began with this event. */
    void roundBegan(long event) {
        round = event;
    }

    String traceId() {
        String caller = place.plan().caller().get(Variables.TRACEPARENT);
        return caller == null || !Ids.TRACEPARENT.matcher(caller).matches() ? ids.trace() : caller.substring(3, 35);
    }

    @Override
    public boolean ownSpans(Map<String, String> environment) {
        settings = Map.of();
        Optional<String> url = worker == WorkerTelemetry.NONE ? Optional.empty() : endpoint.answering();
        // The event that begins the round is the next one: its number is not known yet, and the instance only has to differ.
        url.ifPresent(answering -> settings = worker.settings(new WorkerTelemetry.Link(common(answering),
                Plans.protocol(variables, Optional.empty()), place.session(), ids.workerInstance(round), cleaned(environment),
                ContentMode.of(place.plan().content()).orElse(ContentMode.NO_CONTENT) != ContentMode.NO_CONTENT)));
        return url.isPresent() && worker.tracesTools();
    }

    /** A signal's own address is no base for the others; the child has it in a variable of its own. */
    private String common(String answering) {
        return variables.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT").isEmpty() ? answering : Plans.base(variables, Optional.empty());
    }

    @Override
    public Map<String, String> around(Map<String, String> environment) {
        Map<String, String> complete = cleaned(environment);
        Map<String, String> caller = place.plan().caller();
        complete.put(Variables.TRACEPARENT, "00-" + traceId() + "-" + ids.span(round) + "-"
                + (place.plan().sampled() ? "01" : "00"));
        for (String name : List.of(Variables.TRACESTATE, Variables.BAGGAGE)) {
            if (caller.containsKey(name)) {
                complete.put(name, caller.get(name));
            }
        }
        complete.putAll(settings);
        return complete;
    }

    private Map<String, String> cleaned(Map<String, String> environment) {
        Map<String, String> cleaned = new TreeMap<>(environment);
        cleaned.keySet().removeAll(OURS);
        // What is empty or was warned of is unset for the child too: other SDKs make something else of it.
        cleaned.keySet().removeIf(name -> variables.bad(name));
        // Writes to stdout, which is the worker's stream of events.
        cleaned.entrySet().removeIf(variable -> EXPORTER.matcher(variable.getKey()).matches()
                && CONSOLE.matcher(variable.getValue()).find());
        return cleaned;
    }
}
