package claude;

import contract.Keys;
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
import workers.OwnTelemetry;
import workers.Version;

/**
 * The settings that make Claude Code send its own spans, metrics and events to PA's endpoint; with {@code TRACEPARENT} they are
 * part of the same trace. A pure function: the caller has checked that the endpoint answers, because one that does not answer
 * would cost Claude Code seconds at the end of each run.
 */
final class ClaudeTelemetry {
    /** The service name of Claude Code's telemetry: its own, not PA's. */
    private static final String SERVICE_NAME = "claude-code";
    private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
    /** The first version that is known (measured) to make spans and to join the caller's trace. */
    private static final Version JOINS_TRACES = new Version(2, 1, 197);
    /** A round may take only a second; with the defaults (60 s for metrics, 5 s for the rest) everything depends on the last flush. */
    private static final String INTERVAL_MILLIS = "1000";

    private ClaudeTelemetry() {}

    /** The variables to add to the child's environment. The user's resource attributes are kept. */
    static Map<String, String> variables(OwnTelemetry.Link link) {
        Map<String, String> environment = link.environment();
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
        variables.put("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1");
        for (String exporter : List.of(Variables.TRACES_EXPORTER, Variables.METRICS_EXPORTER, Variables.LOGS_EXPORTER)) {
            // A signal that the user has switched off stays off.
            variables.put(exporter, environment.getOrDefault(exporter, "").strip().equalsIgnoreCase("none") ? "none" : "otlp");
        }
        variables.put(Variables.OTLP_PROTOCOL, link.protocol());
        variables.put(Variables.OTLP_ENDPOINT, link.endpoint());
        link.headers().ifPresent(h -> variables.put(HEADERS, h));
        // Claude Code's own default is delta, which Prometheus cannot sum over processes.
        unlessChosen(variables, environment, "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", "cumulative");
        unlessChosen(variables, environment, "OTEL_METRIC_EXPORT_INTERVAL", INTERVAL_MILLIS);
        unlessChosen(variables, environment, "OTEL_LOGS_EXPORT_INTERVAL", INTERVAL_MILLIS);
        unlessChosen(variables, environment, "OTEL_TRACES_EXPORT_INTERVAL", INTERVAL_MILLIS);
        variables.put(Variables.SERVICE_NAME, SERVICE_NAME);
        variables.put(Variables.RESOURCE_ATTRIBUTES, resource(link));
        if (link.content()) {
            // Prompts, and what its tools take and give (code.claude.com, monitoring usage).
            variables.put("OTEL_LOG_USER_PROMPTS", "1");
            variables.put("OTEL_LOG_TOOL_DETAILS", "1");
            variables.put("OTEL_LOG_TOOL_CONTENT", "1");
        }
        return variables;
    }

    private static void unlessChosen(Map<String, String> variables, Map<String, String> environment, String name, String value) {
        String chosen = environment.getOrDefault(name, "").strip();
        variables.put(name, chosen.isEmpty() ? value : chosen);
    }

    /** Whether a variable belongs to Claude Code's telemetry. */
    static boolean concerns(String variable) {
        return variable.startsWith("OTEL_") || variable.equals("CLAUDE_CODE_ENABLE_TELEMETRY")
                || variable.equals("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA");
    }

    /**
     * The variables of a child's environment that {@link #variables} has put there. They are also passed as settings, because the
     * {@code env} block of the user's own settings wins over the environment. Empty if PA has put none there: the user's own
     * settings for Claude Code are not changed.
     */
    static Map<String, String> of(Map<String, String> environment) {
        boolean ours = Arrays.stream(environment.getOrDefault(Variables.RESOURCE_ATTRIBUTES, "").split(","))
                .anyMatch(pair -> pair.strip().startsWith(Keys.PA_SESSION + "="));
        if (!ours) {
            return Map.of();
        }
        Map<String, String> settings = new TreeMap<>();
        // The headers in the user's settings belong to another endpoint.
        settings.put(HEADERS, "");
        environment.forEach((name, value) -> {
            if (concerns(name)) {
                settings.put(name, value);
            }
        });
        return settings;
    }

    /**
     * Whether this version makes its own spans, so that PA need not rebuild them from its output.
     *
     * @param version as {@link ClaudeWorker#version} returns it; an unknown version counts as no
     */
    static boolean tracesItself(Optional<String> version) {
        return version.flatMap(Version::in).filter(v -> v.compareTo(JOINS_TRACES) >= 0).isPresent();
    }

    /** The user's list without the attributes that PA sets, followed by PA's own, percent-encoded as the specification demands. */
    private static String resource(OwnTelemetry.Link link) {
        Map<String, String> ours = new TreeMap<>(link.further());
        ours.put(Keys.PA_SESSION, link.session());
        String users = link.environment().getOrDefault(Variables.RESOURCE_ATTRIBUTES, "");
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
