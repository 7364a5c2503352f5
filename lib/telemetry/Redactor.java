package telemetry;

import contract.Secrets;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text before it leaves: the values of variables that hold secrets, and whatever has the shape of one.
 * Thread-safe.
 */
final class Redactor {
    static final String REDACTED = "[redacted]";
    /** Shorter values would black out ordinary words. */
    private static final int SHORTEST = 6;
    /** Text that is learned is no secret by its nature, so it has to be unmistakable. */
    private static final int SHORTEST_TEXT = 16;

    /** Each is a secret as a whole. */
    private static final Pattern SHAPES = Pattern.compile(String.join("|",
            "AIza[0-9A-Za-z_-]{20,}",                                       // Google API keys
            "ya29\\.[0-9A-Za-z_-]{20,}",                                    // Google access tokens
            "\\b[sr]k-[A-Za-z0-9_-]{16,}",                                  // OpenAI, Anthropic (sk-ant-…)
            "\\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,}",                      // Stripe
            "\\bgh[pousr]_[A-Za-z0-9]{16,}", "\\bgithub_pat_[A-Za-z0-9_]{16,}",
            "\\bglpat-[A-Za-z0-9_-]{16,}", "\\bnpm_[A-Za-z0-9]{20,}", "\\bxox[a-z]-[A-Za-z0-9-]{10,}",
            "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b",                              // AWS access key ids
            "\\beyJ[A-Za-z0-9_-]{6,}\\.[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]*)?",  // JSON Web Tokens
            "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)"));

    /** The name stays, the value goes: headers, assignments as in {@code API_KEY=… ./run.sh}, JSON members, options. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:\\b(?:proxy-)?authorization|\\b(?:set-)?cookie|\\bx-goog-api-key"
                    // Bounded and possessive, or a long run of letters takes time by its square.
                    + "|(?:(?:api|access|private)[_-]?key|secret|token(?!s)|passw(?:or)?d|credential)[\\w-]{0,40}+)"
                    + "[\"']?\\s*[:=]\\s*[\"']?)((?:(?:bearer|basic|token|digest)\\s+)?[^\\s\"',;&]{4,})");
    private static final Pattern BEARER = Pattern.compile("(?i)\\b((?:bearer|basic)\\s+)([A-Za-z0-9._~+/=-]{8,})");
    /** The password in {@code https://user:password@host}. */
    private static final Pattern USER_INFO = Pattern.compile("(://[^\\s/:@]*:)([^\\s/@]+)(?=@)");

    private static final int REMEMBERED = 4_096;
    private static final int REMEMBERED_LENGTH = 256;
    private static final Pattern HEADERS = Pattern.compile("OTEL_EXPORTER_OTLP_(\\w+_)?HEADERS");

    /** Texts known to be clean: names and ids come again and again, and searching takes microseconds each. */
    private final Set<String> clean = ConcurrentHashMap.newKeySet();
    /** Longest first, so that a value that holds another one goes as a whole. */
    private volatile List<String> values;

    private Redactor(Set<String> values) {
        this.values = longestFirst(values);
    }

    /** Knows the values of the environment's variables with a secret's name. */
    static Redactor of(Map<String, String> environment) {
        Set<String> values = new LinkedHashSet<>();
        environment.forEach((name, value) -> {
            if (Secrets.isSecretName(name)) {
                add(values, value);
                if (HEADERS.matcher(name).matches()) {
                    addHeaders(values, value);
                }
            }
        });
        return new Redactor(values);
    }

    /** From now on also takes out this text, as it stands; nothing when it is so short that it could be anything. */
    synchronized void learn(String text) {
        String bare = text.strip();
        if (bare.length() >= SHORTEST_TEXT) {
            Set<String> more = new LinkedHashSet<>(values);
            more.add(bare);
            values = longestFirst(more);
            clean.clear();
        }
    }

    /** The text without secrets; the same object when there was none. */
    String redact(String text) {
        if (clean.contains(text)) {
            return text;
        }
        String redacted = search(text);
        if (!redacted.equals(text)) {
            return redacted;
        }
        if (text.length() <= REMEMBERED_LENGTH) {
            if (clean.size() >= REMEMBERED) {
                clean.clear();
            }
            clean.add(text);
        }
        return text;
    }

    private String search(String text) {
        String rest = text;
        for (String value : values) {
            rest = rest.replace(value, REDACTED);
        }
        rest = SHAPES.matcher(rest).replaceAll(Matcher.quoteReplacement(REDACTED));
        rest = keepName(NAMED, rest);
        rest = keepName(BEARER, rest);
        return keepName(USER_INFO, rest);
    }

    private static String keepName(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.replaceAll("$1" + Matcher.quoteReplacement(REDACTED)) : text;
    }

    private static List<String> longestFirst(Set<String> values) {
        List<String> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        return List.copyOf(sorted);
    }

    private static void add(Set<String> values, String value) {
        String bare = value.strip();
        if (bare.length() >= SHORTEST) {
            values.add(bare);
            values.add(URLEncoder.encode(bare, StandardCharsets.UTF_8));
            // Whoever passes text on may have put it on one line.
            values.add(bare.replaceAll("\\s+", " "));
            bare.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_TEXT).forEach(values::add);
        }
    }

    /** {@code key=value,key=value}, each value encoded as in a URL: each is a secret by itself, and so is a bare token. */
    private static void addHeaders(Set<String> values, String headers) {
        for (String header : headers.split(",")) {
            String value = header.substring(header.indexOf('=') + 1);
            add(values, value);
            try {
                String decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
                add(values, decoded);
                add(values, decoded.substring(decoded.indexOf(' ') + 1));
            } catch (IllegalArgumentException e) {
                continue; // The SDK says what is wrong with it.
            }
        }
    }
}
