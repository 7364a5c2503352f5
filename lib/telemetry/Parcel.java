package telemetry;

/**
 * An OTLP export request on its way.
 *
 * @param items the spans, metrics or log records in it
 * @param body the request as protobuf, not compressed
 */
record Parcel(Signal signal, int items, byte[] body) {}
