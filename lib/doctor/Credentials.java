package doctor;

import contract.Variables;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Headers for authentication. Their values are secrets: a message names the variable instead.
 *
 * @param variable the environment variable with the values
 */
record Credentials(String variable, Map<String, String> headers) {
    static final Credentials NONE = new Credentials("", Map.of());

    Credentials {
        headers = Map.copyOf(headers);
    }

    /** The headers that the SDK sends with OTLP: {@code key=value} pairs, percent-encoded, separated by commas. */
    static Credentials ofOtlp(Map<String, String> environment) {
        Map<String, String> headers = new TreeMap<>();
        for (String pair : environment.getOrDefault(Variables.OTLP_HEADERS, "").split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                headers.put(pair.substring(0, equals).strip(), decoded(pair.substring(equals + 1).strip()));
            }
        }
        return new Credentials(Variables.OTLP_HEADERS, headers);
    }

    /** The token for a Grafana with a login. */
    static Credentials ofGrafana(Map<String, String> environment) {
        String token = environment.getOrDefault(Variables.GRAFANA_TOKEN, "").strip();
        return token.isEmpty() ? NONE : new Credentials(Variables.GRAFANA_TOKEN, Map.of("Authorization", "Bearer " + token));
    }

    /** A plus stays a plus, unlike in forms. A value with invalid percent-encoding is taken as it is. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
