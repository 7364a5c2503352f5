package reasoning;

/** What one request came to: a body, or a fault. */
public sealed interface Reply permits Reply.Answer, Fault {
    /** HTTP 2xx. */
    record Answer(byte[] body) implements Reply {}
}
