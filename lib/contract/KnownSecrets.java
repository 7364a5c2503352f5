package contract;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The values of this process's variables that hold secrets: taken out of text before it is written down or leaves. */
public final class KnownSecrets {
    /** What stands where a secret was. */
    public static final String REDACTED = "[redacted]";
    /** Knows nothing. */
    public static final KnownSecrets NONE = new KnownSecrets(Set.of());
    /** Shorter values would black out ordinary words. */
    private static final int SHORTEST = 6;
    /** A line of a longer value has to be unmistakable. */
    private static final int SHORTEST_LINE = 16;
    private static final Pattern HEADERS = Pattern.compile("OTEL_EXPORTER_OTLP_(\\w+_)?HEADERS");

    /** Longest first, so that a value that holds another one goes as a whole. */
    private final List<String> values;

    private KnownSecrets(Collection<String> values) {
        List<String> sorted = new ArrayList<>(values);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        this.values = List.copyOf(sorted);
    }

    /** Knows the values of the variables with a secret's name, also as they look in a URL, on one line, and line by line. */
    public static KnownSecrets of(Map<String, String> environment) {
        Set<String> values = new LinkedHashSet<>();
        environment.forEach((name, value) -> {
            if (Secrets.isSecretName(name)) {
                add(values, value);
                if (HEADERS.matcher(name).matches()) {
                    addHeaders(values, value);
                }
            }
        });
        return new KnownSecrets(values);
    }

    /** The text without them; the same object when there was none. Takes time by the text's length. */
    public String hide(String text) {
        String rest = text;
        for (String value : values) {
            // replace() copies also where there is nothing to replace in some versions.
            rest = rest.contains(value) ? rest.replace(value, REDACTED) : rest;
        }
        return rest;
    }

    public boolean none() {
        return values.isEmpty();
    }

    /** Whether {@code text} is one of them as a whole. */
    public boolean isOne(String text) {
        return values.contains(text);
    }

    private static void add(Set<String> values, String value) {
        String bare = value.strip();
        if (bare.length() >= SHORTEST) {
            values.add(bare);
            values.add(URLEncoder.encode(bare, StandardCharsets.UTF_8));
            // Whoever passes text on may have put it on one line.
            values.add(bare.replaceAll("\\s+", " "));
            bare.lines().map(String::strip).filter(line -> line.length() >= SHORTEST_LINE).forEach(values::add);
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
