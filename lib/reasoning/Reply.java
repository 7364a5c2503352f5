package reasoning;

import java.util.Map;

/** What one request came to: a body, or a fault. */
public sealed interface Reply permits Reply.Answer, Fault {
    /**
     * HTTP 2xx.
     *
     * @param headers by their names in lower case, of those with several values the last
     */
    record Answer(byte[] body, Map<String, String> headers) implements Reply {}
}
