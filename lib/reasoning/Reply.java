package reasoning;

import java.util.Map;

/** The result of one request: a body, or a fault. */
public sealed interface Reply permits Reply.Answer, Fault {
    /**
     * HTTP 2xx.
     *
     * @param headers by their names in lower case; of a header with several values, the last one
     */
    record Answer(byte[] body, Map<String, String> headers) implements Reply {}
}
