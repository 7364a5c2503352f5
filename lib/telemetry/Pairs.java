package telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code key=value,key=value}, values percent-encoded: how resource attributes and headers are written in a variable. */
final class Pairs {
    private Pairs() {}

    /** What can be read of it; later pairs win. */
    static Map<String, String> of(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(decoded(pair.substring(0, equals).strip()), decoded(pair.substring(equals + 1).strip()));
            }
        }
        return pairs;
    }

    /** Whether each part is a pair whose escapes can be read. */
    static boolean readable(String text) {
        for (String pair : text.split(",")) {
            if (pair.isBlank()) {
                continue;
            }
            try {
                if (pair.indexOf('=') <= 0 || pair.substring(0, pair.indexOf('=')).isBlank()) {
                    return false;
                }
                decode(pair);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String text) {
        try {
            return decode(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A plus is a plus here, and no blank. */
    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
