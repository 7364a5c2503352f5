package doctor;

import contract.Product;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A test span, gauge and log record with ids of their own, as OTLP/JSON
 * (<a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">the specification's encoding</a>: ids in
 * hexadecimal, 64-bit integers as strings).
 */
final class Canary {
    /** The service name of these signals. It is not pa's, so that nobody mistakes them for a run. */
    static final String SERVICE = "stack-doctor";
    static final String METRIC = "stack_doctor_canary";
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String traceId = hex(16);
    private final String spanId = hex(8);
    private final long sentMillis;

    Canary(long nowMillis) {
        sentMillis = nowMillis;
    }

    String traceId() {
        return traceId;
    }

    /** The gauge's value: the time of sending in milliseconds. It tells this canary from earlier ones. */
    long value() {
        return sentMillis;
    }

    String trace() {
        return """
                {"resourceSpans":[{"resource":%s,"scopeSpans":[{"scope":%s,"spans":[{"traceId":"%s","spanId":"%s",\
                "name":"stack doctor","kind":1,"startTimeUnixNano":"%d","endTimeUnixNano":"%d","status":{"code":1}}]}]}]}"""
                .formatted(resource(), scope(), traceId, spanId, nanos() - NANOS_PER_MILLI, nanos());
    }

    String metric() {
        return """
                {"resourceMetrics":[{"resource":%s,"scopeMetrics":[{"scope":%s,"metrics":[{"name":"%s",\
                "description":"Time of the last stack doctor, in milliseconds since 1970",\
                "gauge":{"dataPoints":[{"timeUnixNano":"%d","asInt":"%d"}]}}]}]}]}"""
                .formatted(resource(), scope(), METRIC, nanos(), sentMillis);
    }

    String log() {
        return """
                {"resourceLogs":[{"resource":%s,"scopeLogs":[{"scope":%s,"logRecords":[{"timeUnixNano":"%d",\
                "observedTimeUnixNano":"%d","severityNumber":9,"severityText":"INFO","body":{"stringValue":"stack doctor"},\
                "traceId":"%s","spanId":"%s"}]}]}]}"""
                .formatted(resource(), scope(), nanos(), nanos(), traceId, spanId);
    }

    private long nanos() {
        return sentMillis * NANOS_PER_MILLI;
    }

    private static String resource() {
        return "{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"" + SERVICE + "\"}}]}";
    }

    private static String scope() {
        return "{\"name\":\"stack.doctor\",\"version\":\"" + Product.VERSION + "\"}";
    }

    private static String hex(int bytes) {
        byte[] id = new byte[bytes];
        RANDOM.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
