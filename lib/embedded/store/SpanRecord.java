package embedded.store;

import java.util.Optional;

/**
 * One span on its way into the store.
 *
 * @param body the span as protobuf, byte for byte as it was sent
 * @param start nanoseconds since 1970, clamped
 * @param facts what the list of runs needs of it; empty for a span that no run is made of
 */
public record SpanRecord(byte[] spanId, boolean root, String name, long start, long end, boolean error, byte[] body,
        Optional<RunFacts> facts) {}
