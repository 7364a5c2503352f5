package embedded.model;

/**
 * One log record on its way into the store.
 *
 * @param time when it happened, or else when it was observed; nanoseconds since 1970, clamped; 0 when nobody says
 * @param traceId empty when the record belongs to no trace
 * @param body the record as protobuf, byte for byte as it was sent
 * @param words what the search finds it by
 */
public record LogEntry(long time, byte[] traceId, int severity, SignalSource origin, byte[] body,
        String words) {}
