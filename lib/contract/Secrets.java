package contract;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which environment variables hold secrets, and whose they are. */
public final class Secrets {
    /** PA's own: no child process needs them. */
    private static final Set<String> OURS = Set.of(
            "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS",
            "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
            "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_LOGS_HEADERS");

    /** The worker's: Claude Code needs them, a verification command does not. */
    private static final Pattern WORKERS = Pattern.compile("(ANTHROPIC|CLAUDE)_.*");

    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(API_?KEY|TOKEN|SECRET|PASSW(OR)?D|CREDENTIAL|PRIVATE_KEY|ACCESS_KEY|AUTHORIZATION|COOKIE|_PAT$|DSN$).*");

    private Secrets() {}

    /** Whether a variable of this name usually holds a secret, so that its value must not be exported or shown. */
    public static boolean isSecretName(String name) {
        return OURS.contains(name) || SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }

    /** The environment for the worker: everything but PA's own secrets. */
    public static Map<String, String> forWorker(Map<String, String> environment) {
        Map<String, String> copy = new TreeMap<>(environment);
        copy.keySet().removeAll(OURS);
        return copy;
    }

    /** The environment for a verification command: without PA's secrets, the worker's, and any with a secret's name. */
    public static Map<String, String> forVerification(Map<String, String> environment) {
        Map<String, String> copy = forWorker(environment);
        copy.keySet().removeIf(name -> isSecretName(name) || WORKERS.matcher(name).matches());
        return copy;
    }
}
