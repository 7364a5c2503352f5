package telemetry.fold;

import contract.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The ids of a run's telemetry. They follow from the session, the number of the run in it and the number of the event, by
 * SHA-256: whoever reads the journal again finds the same ones, and a receiver can tell a repeat. Loads no class of the SDK.
 */
public final class Ids {
    /** W3C Trace Context, version 00: the version, the trace, the span and the flags. */
    public static final Pattern TRACEPARENT = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    /** Of a UUID's 7th byte: version 8, "custom" (RFC 9562). */
    private static final int VERSION = 0x80;
    /** Of a UUID's 9th byte: the variant of RFC 9562. */
    private static final int VARIANT = 0x80;

    private final String run;

    /** @param run the number of the run in its session, from 1 */
    public Ids(String session, int run) {
        this.run = session + "/" + run;
    }

    /** 32 hexadecimal digits. */
    public String trace() {
        return HexFormat.of().formatHex(digest("trace", TRACE_BYTES));
    }

    /** Of the span that begins with this event: 16 hexadecimal digits. */
    public String span(long event) {
        return HexFormat.of().formatHex(digest("span " + event, SPAN_BYTES));
    }

    /** {@code service.instance.id}: a UUID. */
    public String instance() {
        return uuid(digest("instance", TRACE_BYTES));
    }

    /** {@code service.instance.id} of the process that a round of the worker is, whose sums begin at 0: a UUID. */
    public String workerInstance(long event) {
        return uuid(digest("worker " + event, TRACE_BYTES));
    }

    /** {@code log.record.uid}: two records with the same one are the same record. */
    String record(long event, int index) {
        return run + "/" + event + "/" + index;
    }

    private static String uuid(byte[] bytes) {
        bytes[6] = (byte) (bytes[6] & 0x0f | VERSION);
        bytes[8] = (byte) (bytes[8] & 0x3f | VARIANT);
        String hex = HexFormat.of().formatHex(bytes);
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private byte[] digest(String what, int length) {
        return Arrays.copyOf(Sha256.of("agentproxy " + run + " " + what), length);
    }
}
