package telemetry;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import telemetry.fold.Text;

/**
 * The {@code OTEL_*} variables as OpenTelemetry's specification has them: an empty one is unset; a value that cannot be
 * understood is warned of and ignored, that value alone; enumerations know no case. Loads no class of the SDK.
 */
final class OtelVariables {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    /** Milliseconds by the specification; with a unit as OpenTelemetry Java has it. */
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)?");
    private static final Pattern RATIO = Pattern.compile("0(\\.\\d*)?|\\.\\d+|1(\\.0*)?|\\d+(\\.\\d+)?[eE]-\\d+");
    private static final Set<String> EXPORTERS = Set.of("otlp", "console", "none", "logging", "zipkin", "prometheus", "jaeger",
            "otlp/stdout", "logging-otlp");
    private static final Set<String> PROPAGATORS =
            Set.of("tracecontext", "baggage", "b3", "b3multi", "jaeger", "xray", "ottrace", "none");
    private static final Set<String> SAMPLERS = Set.of("always_on", "always_off", "traceidratio", "parentbased_always_on",
            "parentbased_always_off", "parentbased_traceidratio", "parentbased_jaeger_remote", "jaeger_remote", "xray");
    private static final Map<String, Rule> RULES = rules();

    private final Map<String, String> values;
    /** All that were there, also those that are ignored. */
    private final Set<String> set;
    private final List<String> warnings;

    /** What a variable may say. */
    private record Rule(String expected, Predicate<String> accepts) {
        static Rule of(String expected, Pattern pattern) {
            return new Rule(expected, value -> pattern.matcher(value).matches());
        }

        static Rule oneOf(Set<String> words) {
            return new Rule("one of " + String.join(", ", words.stream().sorted().toList()),
                    value -> words.contains(value.toLowerCase(Locale.ROOT)));
        }

        static Rule listOf(Set<String> words) {
            return new Rule("a list of " + String.join(", ", words.stream().sorted().toList()),
                    value -> words.containsAll(split(value.toLowerCase(Locale.ROOT))));
        }
    }

    private OtelVariables(Map<String, String> values, Set<String> set, List<String> warnings) {
        this.set = set;
        this.values = values;
        this.warnings = warnings;
    }

    static OtelVariables of(Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        Set<String> set = environment.keySet().stream().filter(name -> name.startsWith("OTEL_")).collect(Collectors.toSet());
        new TreeMap<>(environment).forEach((name, text) -> {
            String value = text.strip();
            if (!name.startsWith("OTEL_") || value.isEmpty()) {
                return;
            }
            Rule rule = RULES.get(name);
            if (rule == null || rule.accepts().test(value)) {
                values.put(name, value);
            } else {
                // The value is not repeated where it may hold a secret, as a header or a URL may.
                warnings.add(name + (name.contains("HEADERS") || name.contains("ENDPOINT") ? "" : "=" + Text.line(value, 40))
                        + " is ignored: it should be " + rule.expected());
            }
        });
        if (values.containsKey("OTEL_CONFIG_FILE") || values.containsKey("OTEL_EXPERIMENTAL_CONFIG_FILE")) {
            warnings.add("OTEL_CONFIG_FILE is not read: pa takes its settings from the other OTEL_* variables");
        }
        return new OtelVariables(values, set, warnings);
    }

    /** Whether this variable has a rule, is set, and says nothing or nothing that can be understood. */
    boolean bad(String name) {
        return set.contains(name) && !values.containsKey(name);
    }

    /** What was wrong, a line each for a person. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** An enumeration or a list, in lower case. */
    Optional<String> word(String name) {
        return get(name).map(value -> value.toLowerCase(Locale.ROOT));
    }

    /** The words of a list, in lower case. */
    List<String> list(String name, String otherwise) {
        return split(word(name).orElse(otherwise));
    }

    private static List<String> split(String list) {
        return List.of(list.split("(?<!\\s)\\s*+,\\s*+"));
    }

    /** Whether this signal is sent; a list may name more exporters, of which only OTLP's is here. */
    boolean sends(Signal signal) {
        String name = "OTEL_" + signal.name() + "_EXPORTER";
        List<String> chosen = list(name, "otlp");
        boolean otlp = chosen.contains("otlp");
        for (String exporter : chosen) {
            if (!exporter.equals("otlp") && !exporter.equals("none")) {
                warn(name + ": " + exporter + " is not available, pa sends OTLP and its stdout is for data"
                        + (otlp ? "" : "; this signal is not sent"));
            }
        }
        return otlp;
    }

    boolean on(String name) {
        return word(name).filter("true"::equals).isPresent();
    }

    /** The signal's own variable, else the one for all signals, for instance of {@code HEADERS}. */
    Optional<String> otlp(Signal signal, String what) {
        return otlp(Optional.of(signal), what);
    }

    Optional<String> otlp(Optional<Signal> signal, String what) {
        return signal.flatMap(s -> get("OTEL_EXPORTER_OTLP_" + s.name() + "_" + what)).or(() -> get("OTEL_EXPORTER_OTLP_" + what));
    }

    long millis(String name, long otherwise) {
        return get(name).map(OtelVariables::millis).orElse(otherwise);
    }

    static long millis(String duration) {
        var matcher = DURATION.matcher(duration);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no duration: " + duration);
        }
        long unit = switch (matcher.group(2) == null ? "ms" : matcher.group(2)) {
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> 1;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    int number(String name, int otherwise) {
        return get(name).map(Integer::parseInt).orElse(otherwise);
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new LinkedHashMap<>();
        Rule bool = Rule.oneOf(Set.of("true", "false"));
        Rule count = Rule.of("a number", NUMBER);
        Rule positive = new Rule("a number above 0", value -> NUMBER.matcher(value).matches() && Long.parseLong(value) > 0);
        Rule duration = Rule.of("a number of milliseconds", DURATION);
        rules.put("OTEL_SDK_DISABLED", bool);
        rules.put("OTEL_PROPAGATORS", Rule.listOf(PROPAGATORS));
        rules.put("OTEL_TRACES_SAMPLER", Rule.oneOf(SAMPLERS));
        rules.put("OTEL_TRACES_SAMPLER_ARG", Rule.of("a number from 0 to 1", RATIO));
        rules.put("OTEL_METRICS_EXEMPLAR_FILTER", Rule.oneOf(Set.of("always_on", "always_off", "trace_based")));
        rules.put("OTEL_METRIC_EXPORT_INTERVAL", new Rule(duration.expected() + " above 0",
                value -> duration.accepts().test(value) && millis(value) > 0));
        rules.put("OTEL_METRIC_EXPORT_TIMEOUT", duration);
        for (String processor : List.of("OTEL_BSP_", "OTEL_BLRP_")) {
            rules.put(processor + "SCHEDULE_DELAY", duration);
            rules.put(processor + "EXPORT_TIMEOUT", duration);
            rules.put(processor + "MAX_QUEUE_SIZE", positive);
            rules.put(processor + "MAX_EXPORT_BATCH_SIZE", positive);
        }
        for (String limit : List.of("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT",
                "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_EVENT_COUNT_LIMIT",
                "OTEL_SPAN_LINK_COUNT_LIMIT", "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT",
                "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT")) {
            rules.put(limit, count);
        }
        for (String signal : List.of("", "TRACES_", "METRICS_", "LOGS_")) {
            String prefix = "OTEL_EXPORTER_OTLP_" + signal;
            rules.put(prefix + "ENDPOINT", new Rule("a URL that begins with http:// or https://", OtelVariables::url));
            rules.put(prefix + "PROTOCOL", Rule.oneOf(Set.of("grpc", "http/protobuf", "http/json")));
            rules.put(prefix + "COMPRESSION", Rule.oneOf(Set.of("gzip", "none")));
            rules.put(prefix + "TIMEOUT", duration);
            rules.put(prefix + "INSECURE", bool);
            rules.put(prefix + "HEADERS", new Rule("a list of key=value", Pairs::readable));
        }
        rules.put("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
                Rule.oneOf(Set.of("cumulative", "delta", "lowmemory")));
        rules.put("OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
                Rule.oneOf(Set.of("explicit_bucket_histogram", "base2_exponential_bucket_histogram")));
        for (String exporter : List.of("OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER")) {
            rules.put(exporter, Rule.listOf(EXPORTERS));
        }
        rules.put("OTEL_RESOURCE_ATTRIBUTES", new Rule("a list of key=value", Pairs::readable));
        rules.put("OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN", Rule.oneOf(Set.of("logs", "logs/dup")));
        rules.put("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT",
                new Rule("NO_CONTENT, SPAN_ONLY, EVENT_ONLY or SPAN_AND_EVENT", v -> contract.ContentMode.of(v).isPresent()));
        return Map.copyOf(rules);
    }

    private static boolean url(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
