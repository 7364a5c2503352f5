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

    /** The worker's: an agent needs them, a verification command does not. */
    private static final Pattern WORKERS = Pattern.compile("(ANTHROPIC|CLAUDE|CODEX)_.*");

    /**
     * Parts of a name that give it away. Rather too many than too few, but none that a common harmless variable has:
     * PWD, XAUTHORITY, GIT_AUTHOR_NAME and TOKENIZERS_PARALLELISM stay.
     */
    private static final Pattern SECRET_NAME = Pattern.compile("("
            + "API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|_KEY$|_KEY_|TOKENS?($|_|\\d)|SECRET|PASSW(OR)?D|PASSPHRASE|.PASS$"
            + "|(?<=.)(?<!OLD)PWD$"
            + "|CREDENTIAL|AUTHORIZATION|(^|_)AUTH($|_)|BEARER|(^|_)JWT($|_)|COOKIE|_PAT$|DSN$|CONN(ECTION)?_?STR(ING)?"
            + "|WEBHOOK|KUBECONFIG)");

    /**
     * What a value gives away whatever its name: a password in a URL, the shapes of well-known keys, a private key. What may
     * repeat before a fixed part is bounded and begins at one place only: time by the length, whatever the value is.
     */
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}+://[^/?#\\s:@]*:[^/?#\\s@]+@"
            + "|\\b(sk|rk|pk)[-_](ant|proj|live|test|or)[-_]|\\bgh[pousr]_[A-Za-z0-9]{20}|\\bgithub_pat_|\\bglpat-"
            + "|\\bxox[abeprs]-|\\bAIza[0-9A-Za-z_-]{30}|\\b(AKIA|ASIA)[0-9A-Z]{16}\\b|\\bnpm_[A-Za-z0-9]{30}"
            + "|\\beyJ[A-Za-z0-9_-]{10,2000}+\\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY", Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** Whether a variable of this name usually holds a secret, so that its value must not be exported or shown. */
    public static boolean isSecretName(String name) {
        return OURS.contains(name) || SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).find();
    }

    /** Whether the value of a variable looks like a secret, or holds one, for instance a URL with a password. */
    public static boolean isSecretValue(String value) {
        return SECRET_VALUE.matcher(value).find();
    }

    /** The environment for the worker: everything but PA's own secrets. */
    public static Map<String, String> forWorker(Map<String, String> environment) {
        Map<String, String> copy = new TreeMap<>(environment);
        copy.keySet().removeAll(OURS);
        return copy;
    }

    /** The environment for a verification command: without PA's secrets, the worker's, and any that looks like one. */
    public static Map<String, String> forVerification(Map<String, String> environment) {
        Map<String, String> copy = forWorker(environment);
        copy.entrySet().removeIf(variable -> isSecretName(variable.getKey()) || isSecretValue(variable.getValue())
                || WORKERS.matcher(variable.getKey()).matches());
        return copy;
    }
}
