package functions;

import functions.tree.Refused;
import java.net.URI;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request of {@code verify_product} in the model's form: {@code /health}, {@code POST /items {"a":1}},
 * {@code GET /missing -> 404}.
 *
 * @param port from a complete URL with a port
 * @param expected the expected status; empty for any 2xx or 3xx
 */
record ProductRequest(String method, String path, OptionalInt port, String body, OptionalInt expected) {
    private static final Pattern FORM = Pattern.compile(
            "(?s)(?:(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\\s+)?(\\S+)(?:\\s+(.*?))??(?:\\s*(?:->|→|=>)\\s*(\\d{3}))?");

    static ProductRequest parse(String text) throws Refused {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new Refused("refused: not an endpoint: " + text + " (write /path, or METHOD /path body -> status)");
        }
        String path = matcher.group(2);
        OptionalInt port = OptionalInt.empty();
        if (path.matches("(?i)https?://.*")) {
            URI uri = Loopback.checked(path, false);
            port = uri.getPort() < 0 ? port : OptionalInt.of(uri.getPort());
            path = (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath())
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        }
        if (!path.startsWith("/")) {
            path = "/" + path;
        }
        return new ProductRequest(matcher.group(1) == null ? "GET" : matcher.group(1), path, port,
                matcher.group(3) == null ? "" : matcher.group(3),
                matcher.group(4) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(4))));
    }

    boolean accepts(HttpProbe.Answer answer) {
        return expected.isPresent() ? expected.getAsInt() == answer.status() : answer.good();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
