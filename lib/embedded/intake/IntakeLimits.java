package embedded.intake;

/** How much one request may hold, and how long it may take; what all together may hold is in {@link embedded.Memory}. */
final class IntakeLimits {
    /** Of one request on the wire and after decompression: a prompt of some megabytes in a batch fits, a bomb does not. */
    static final int REQUEST_BYTES = 32 << 20;
    /** Of one text in JSON. */
    static final int TEXT_CHARS = 16 << 20;
    /** Of a resource or a scope, which stand for who sends; they are compared and remembered. */
    static final int SENDER_BYTES = 1 << 20;
    /** Of all attributes of one data point: they make a series, and stand in every line of it. */
    static final int SERIES_CHARS = 64 << 10;
    /** Of what a metric says of itself. */
    static final int DESCRIPTION_CHARS = 4000;
    /** That are kept of one data point; an SDK keeps one for each bucket. */
    static final int EXEMPLARS = 200;
    /** What a client that finds us busy is asked to wait. */
    static final int RETRY_AFTER_SECONDS = 1;
    /** In which a body must have come whole: one that never ends would hold its memory for ever. */
    static final long BODY_MILLIS = 60_000;

    private IntakeLimits() {}
}
