package telemetry;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads context from environment variables, whose names are the header names in upper case. */
enum EnvironmentCarrier implements TextMapGetter<Map<String, String>> {
    INSTANCE;

    @Override
    @Deprecated // By the SDK, and still asked for by propagators that search by prefix.
    public Iterable<String> keys(Map<String, String> environment) {
        return environment.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toList());
    }

    @Override
    public String get(Map<String, String> environment, String key) {
        return environment == null ? null : environment.get(variable(key));
    }

    /** Upper case, and an underscore for whatever a variable's name cannot have (specification of environment carriers). */
    static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }
}
