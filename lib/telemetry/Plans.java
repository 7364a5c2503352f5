package telemetry;

import agent.TelemetryPlan;
import contract.ContentMode;
import contract.Keys;
import contract.Ports;
import contract.Product;
import contract.Variables;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import telemetry.fold.Ids;
import telemetry.fold.Redactor;

/**
 * Decides about a run's telemetry when it begins, from the environment; the journal keeps the decisions. Loads no class of
 * the SDK.
 */
public final class Plans {
    private static final String DEFAULT_PROJECT = "default";
    private static final String DEFAULT_ROLE = "supervisor";
    /** Of {@code AGENTPROXY_CONTENT}: content may leave this process and not this machine. */
    private static final String LOCAL = "local";
    static final String GRPC = "grpc";
    static final String HTTP = "http/protobuf";

    private Plans() {}

    /** A decision, and what a person should know of it. */
    public record Decided(TelemetryPlan plan, List<String> warnings) {}

    /**
     * @param option {@code --telemetry} or {@code --no-telemetry}; empty when neither was given
     * @param run the number of the run in its session, from 1
     */
    public static Decided of(Map<String, String> environment, Optional<Boolean> option, String session, int run) {
        OtelVariables variables = OtelVariables.of(environment);
        boolean on = on(environment, option) && !variables.on("OTEL_SDK_DISABLED");
        Redactor redactor = Redactor.of(environment);
        Map<String, String> resource = resource(environment, variables, new Ids(session, run));
        resource.replaceAll((key, value) -> redactor.redact(value));
        Map<String, String> caller = caller(environment, variables);
        String trace = Optional.ofNullable(caller.get(Variables.TRACEPARENT)).map(parent -> parent.substring(3, 35))
                .orElseGet(() -> new Ids(session, run).trace());
        TelemetryPlan plan = new TelemetryPlan(on, option.filter(wanted -> !wanted).isPresent(),
                on ? Optional.of(endpoint(variables)) : Optional.empty(),
                on ? Optional.of(protocol(variables, Signal.TRACES)) : Optional.empty(), resource, caller,
                sampled(variables, caller, trace), content(environment, variables, on).name(), choices(variables));
        if (on) {
            whatHasNoCounterpart(variables);
        }
        return new Decided(plan, on ? variables.warnings() : List.of());
    }

    /** Whether telemetry is on. @param option {@code --telemetry} or {@code --no-telemetry}, which win */
    static boolean on(Map<String, String> environment, Optional<Boolean> option) {
        return option.orElse(Variables.on(environment.getOrDefault(Variables.ENABLE_TELEMETRY, "")));
    }

    private static void whatHasNoCounterpart(OtelVariables variables) {
        for (Signal signal : Signal.values()) {
            variables.sends(signal);
            for (String what : List.of("CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE")) {
                variables.otlp(signal, what).filter(path -> !Files.isReadable(Path.of(path))).ifPresent(path ->
                        variables.warn("OTEL_EXPORTER_OTLP_" + what + " is ignored: " + path + " cannot be read"));
            }
        }
        for (String name : List.of("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION")) {
            variables.word(name).filter(word -> !word.equals("cumulative") && !word.equals("explicit_bucket_histogram"))
                    .ifPresent(word -> variables.warn(name + "=" + word + " holds for the agent; pa's own metrics are "
                            + "cumulative with explicit buckets, so that they can be sent again"));
        }
    }

    /** Where signals go, as a name to compare: without credentials; one address, or one per signal where they differ. */
    static String endpoint(OtelVariables variables) {
        Set<String> all = new LinkedHashSet<>();
        List<String> named = new ArrayList<>();
        for (Signal signal : Signal.values()) {
            String address = withoutCredentials(base(variables, signal));
            all.add(address);
            named.add(signal.value() + "=" + address);
        }
        return all.size() == 1 ? all.iterator().next() : String.join(" ", named);
    }

    /** The address of a signal as the user gave it. */
    static String base(OtelVariables variables, Signal signal) {
        return base(variables, Optional.of(signal));
    }

    /** @param signal empty for the address of all signals that have none of their own */
    static String base(OtelVariables variables, Optional<Signal> signal) {
        int port = protocol(variables, signal).equals(GRPC) ? Ports.OTLP_GRPC : Ports.OTLP_HTTP;
        return variables.otlp(signal, "ENDPOINT").orElse("http://localhost:" + port);
    }

    /** {@code http/json} is sent as {@code http/protobuf}, which every receiver of OTLP over HTTP must take too. */
    static String protocol(OtelVariables variables, Signal signal) {
        return protocol(variables, Optional.of(signal));
    }

    static String protocol(OtelVariables variables, Optional<Signal> signal) {
        String protocol = variables.otlp(signal, "PROTOCOL").orElse(GRPC).toLowerCase(Locale.ROOT);
        if (protocol.equals("http/json")) {
            variables.warn("OTEL_EXPORTER_OTLP_PROTOCOL=http/json: sent as http/protobuf");
            return HTTP;
        }
        return protocol;
    }

    private static String withoutCredentials(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + (uri.getPath() == null || uri.getPath().equals("/") ? "" : uri.getPath());
    }

    private static Map<String, String> resource(Map<String, String> environment, OtelVariables variables, Ids ids) {
        Map<String, String> users = variables.get(Variables.RESOURCE_ATTRIBUTES).map(Pairs::of).orElse(Map.of());
        Map<String, String> all = new TreeMap<>();
        String owner = chosen(users, Keys.OWNER, environment, Variables.OWNER_ID, user(environment));
        String project = chosen(users, Keys.PROJECT_ID, environment, Variables.PROJECT_ID, DEFAULT_PROJECT);
        all.put(Keys.OWNER, owner);
        all.put(Keys.PROJECT_ID, project);
        all.put(Keys.ROLE, chosen(users, Keys.ROLE, environment, Variables.ROLE, DEFAULT_ROLE));
        all.put(Keys.SERVICE_NAME, Product.SCOPE);
        all.put(Keys.SERVICE_NAMESPACE, variables.get(Variables.SERVICE_NAMESPACE).orElse(owner + "." + project));
        all.put(Keys.SERVICE_VERSION, Product.VERSION);
        all.put(Keys.SERVICE_INSTANCE_ID, ids.instance());
        all.put(Keys.PROCESS_PID, Long.toString(ProcessHandle.current().pid()));
        Host.name().ifPresent(host -> all.put(Keys.HOST_NAME, host));
        all.putAll(users);
        // The specification: it "takes precedence over service.name" in the list of attributes.
        variables.get(Variables.SERVICE_NAME).ifPresent(name -> all.put(Keys.SERVICE_NAME, name));
        return all;
    }

    private static String chosen(Map<String, String> users, String key, Map<String, String> environment, String variable,
            String otherwise) {
        return Optional.ofNullable(users.get(key))
                .or(() -> Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank())).orElse(otherwise);
    }

    private static String user(Map<String, String> environment) {
        String user = environment.getOrDefault("USER", "");
        return user.isBlank() ? System.getProperty("user.name", "unknown") : user;
    }

    private static Map<String, String> caller(Map<String, String> environment, OtelVariables variables) {
        List<String> propagators = variables.list("OTEL_PROPAGATORS", "tracecontext,baggage");
        for (String propagator : propagators) {
            if (!List.of("tracecontext", "baggage", "none").contains(propagator)) {
                variables.warn("OTEL_PROPAGATORS: " + propagator + " has no form for environment variables and is ignored; "
                        + "TRACEPARENT is " + (propagators.contains("tracecontext") ? "used" : "not used"));
            }
        }
        Map<String, String> caller = new TreeMap<>();
        String parent = environment.getOrDefault(Variables.TRACEPARENT, "").strip().toLowerCase(Locale.ROOT);
        if (propagators.contains("tracecontext") && Ids.TRACEPARENT.matcher(parent).matches()) {
            caller.put(Variables.TRACEPARENT, parent);
            keep(caller, environment, Variables.TRACESTATE);
        }
        if (propagators.contains("baggage")) {
            keep(caller, environment, Variables.BAGGAGE);
        }
        return caller;
    }

    private static void keep(Map<String, String> caller, Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").strip();
        if (!value.isEmpty()) {
            caller.put(name, value);
        }
    }

    /** As OpenTelemetry's samplers decide, once for the whole trace. */
    static boolean sampled(OtelVariables variables, Map<String, String> caller, String trace) {
        String sampler = variables.word("OTEL_TRACES_SAMPLER").orElse("parentbased_always_on");
        Optional<String> parent = Optional.ofNullable(caller.get(Variables.TRACEPARENT));
        if (sampler.startsWith("parentbased_") && parent.isPresent()) {
            return (Integer.parseInt(parent.get().substring(53), 16) & 1) == 1;
        }
        return switch (sampler.replace("parentbased_", "")) {
            case "always_off" -> false;
            case "traceidratio" -> kept(trace, variables.get("OTEL_TRACES_SAMPLER_ARG").map(Double::parseDouble).orElse(1.0));
            case "always_on" -> true;
            default -> {
                variables.warn("OTEL_TRACES_SAMPLER=" + sampler + " needs a server that pa does not ask: every run is kept");
                yield true;
            }
        };
    }

    /** The lower half of the trace id against the ratio, as the SDKs of OpenTelemetry do it. */
    private static boolean kept(String trace, double ratio) {
        if (ratio >= 1) {
            return true;
        }
        long half = Long.parseUnsignedLong(trace.substring(16), 16) & Long.MAX_VALUE;
        return half < (long) (ratio * Long.MAX_VALUE);
    }

    private static ContentMode content(Map<String, String> environment, OtelVariables variables, boolean on) {
        Optional<ContentMode> said = variables.get(Variables.CAPTURE_CONTENT).flatMap(ContentMode::of);
        if (said.isPresent() || !environment.getOrDefault(Variables.CONTENT, "").strip().equalsIgnoreCase(LOCAL)) {
            return said.orElse(ContentMode.NO_CONTENT);
        }
        boolean stays = on && Stream.of(Signal.values()).map(signal -> base(variables, signal)).distinct()
                .allMatch(EngineProbe::local);
        if (on && !stays) {
            variables.warn(Variables.CONTENT + "=" + LOCAL + ": the embedded engine does not answer on this machine, so the "
                    + "content stays out");
        }
        return stays ? ContentMode.SPAN_ONLY : ContentMode.NO_CONTENT;
    }

    /** Which conventions are followed: the words of the two {@code OTEL_SEMCONV_*_OPT_IN}. */
    private static List<String> choices(OtelVariables variables) {
        List<String> choices = new ArrayList<>(variables.list(Variables.SEMCONV_OPT_IN, ""));
        // The last is what other instrumentations call the newer generation.
        choices.retainAll(List.of("gen_ai", "gen_ai_old", "gen_ai_dup", "gen_ai_latest_experimental"));
        variables.word("OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN").ifPresent(choices::add);
        return List.copyOf(choices);
    }
}
