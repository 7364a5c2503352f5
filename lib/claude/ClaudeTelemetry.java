package claude;

import contract.Attributes;
import contract.Variables;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import workers.Version;

/**
 * The settings under which Claude Code sends its own spans, metrics and events to where PA sends its, as part of the same
 * trace once {@code TRACEPARENT} is there too. A pure function; whoever calls it has looked whether the endpoint answers,
 * since one that does not would cost Claude Code seconds at the end of each run.
 *
 * @param endpoint the base URL, as {@code OTEL_EXPORTER_OTLP_ENDPOINT} takes it
 * @param protocol {@code grpc} or {@code http/protobuf}
 * @param headers as {@code OTEL_EXPORTER_OTLP_HEADERS} takes them: PA's secret, given on because it is the same endpoint
 * @param session PA's
 * @param further resource attributes beside the session
 */
public record ClaudeTelemetry(String endpoint, String protocol, Optional<String> headers, String session,
        Map<String, String> further) {
    /** The service name of what Claude Code sends: its own, not PA's. */
    public static final String SERVICE_NAME = "claude-code";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    /** The first version of which it is known (measured) that it makes spans and joins the caller's trace. */
    private static final Version JOINS_TRACES = new Version(2, 1, 197);
    /** A round may take a second only; with the defaults (60 s for metrics, 5 s for the rest) all hangs on the last flush. */
    private static final String INTERVAL_MILLIS = "1000";

    /** The variables to add to the child's environment, of which the user's resource attributes are kept. */
    public Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
        variables.put("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1");
        for (String exporter : List.of(Variables.TRACES_EXPORTER, Variables.METRICS_EXPORTER, Variables.LOGS_EXPORTER)) {
            // What the user switched off stays off.
            variables.put(exporter, environment.getOrDefault(exporter, "").strip().equalsIgnoreCase("none") ? "none" : "otlp");
        }
        variables.put(Variables.OTLP_PROTOCOL, protocol);
        variables.put(Variables.OTLP_ENDPOINT, endpoint);
        headers.ifPresent(h -> variables.put(HEADERS, h));
        // Its own default is delta, which Prometheus cannot add up over processes.
        unlessChosen(variables, environment, "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "cumulative");
        unlessChosen(variables, environment, "OTEL_METRIC_EXPORT_INTERVAL", INTERVAL_MILLIS);
        unlessChosen(variables, environment, "OTEL_LOGS_EXPORT_INTERVAL", INTERVAL_MILLIS);
        unlessChosen(variables, environment, "OTEL_TRACES_EXPORT_INTERVAL", INTERVAL_MILLIS);
        variables.put(Variables.SERVICE_NAME, SERVICE_NAME);
        variables.put(Variables.RESOURCE_ATTRIBUTES, resource(environment.getOrDefault(Variables.RESOURCE_ATTRIBUTES, "")));
        return variables;
    }

    private static void unlessChosen(Map<String, String> variables, Map<String, String> environment, String name, String value) {
        String chosen = environment.getOrDefault(name, "").strip();
        variables.put(name, chosen.isEmpty() ? value : chosen);
    }

    /** The same, and Claude Code sends prompts and what its tools take and give too (code.claude.com, monitoring usage). */
    static Map<String, String> withContent(Map<String, String> variables) {
        Map<String, String> more = new LinkedHashMap<>(variables);
        more.put("OTEL_LOG_USER_PROMPTS", "1");
        more.put("OTEL_LOG_TOOL_DETAILS", "1");
        more.put("OTEL_LOG_TOOL_CONTENT", "1");
        return more;
    }

    /** Whether a variable has to do with what Claude Code sends. */
    static boolean concerns(String variable) {
        return variable.startsWith("OTEL_") || variable.equals("CLAUDE_CODE_ENABLE_TELEMETRY")
                || variable.equals("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA");
    }

    /**
     * The variables of a child's environment that {@link #variables} has put there. They go into its settings as well, because
     * the {@code env} block of the user's own settings beats the environment. Empty where PA has put none there: what the user
     * has set for Claude Code is the user's.
     */
    static Map<String, String> of(Map<String, String> environment) {
        boolean ours = Arrays.stream(environment.getOrDefault(Variables.RESOURCE_ATTRIBUTES, "").split(","))
                .anyMatch(pair -> pair.strip().startsWith(Attributes.PA_SESSION + "="));
        if (!ours) {
            return Map.of();
        }
        Map<String, String> settings = new TreeMap<>();
        // Not the headers that the user's settings hold for another endpoint.
        settings.put(HEADERS, "");
        environment.forEach((name, value) -> {
            if (concerns(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /**
     * Whether spans of its own are to be expected from this version, so that none need be rebuilt from its stream.
     *
     * @param version as {@link ClaudeWorker#version} has it; an unknown one is not relied on
     */
    public static boolean tracesItself(Optional<String> version) {
        return version.flatMap(Version::in).filter(v -> v.compareTo(JOINS_TRACES) >= 0).isPresent();
    }

    /** The user's list as it is, without what we set, and ours after it, percent-encoded as the specification wants it. */
    private String resource(String users) {
        Map<String, String> ours = new TreeMap<>(further);
        ours.put(Attributes.PA_SESSION, session);
        String kept = Arrays.stream(users.split(",")).map(String::strip)
                .filter(pair -> !pair.isEmpty() && !ours.containsKey(pair.split("=", 2)[0].strip()))
                .filter(pair -> !pair.split("=", 2)[0].strip().equals("service.name"))
                .collect(Collectors.joining(","));
        String added = ours.entrySet().stream().map(e -> e.getKey() + "=" + encode(e.getValue()))
                .collect(Collectors.joining(","));
        return kept.isEmpty() ? added : kept + "," + added;
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
