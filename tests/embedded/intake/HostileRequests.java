package embedded.intake;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import embedded.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The largest requests that are allowed, in the shapes that cost the most to take. */
public final class HostileRequests {
    /** As much as one request may have, with some room for what is around it. */
    private static final int FULL = IntakeLimits.REQUEST_BYTES - (1 << 16);

    private HostileRequests() {}

    /**
     * @param valid whether it is OTLP; it may be too much all the same
     * @param gzip whether the body is compressed already
     */
    public record Shape(String name, Signal signal, byte[] body, boolean json, boolean gzip, boolean valid) {}

    public static List<Shape> all() throws IOException {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Shape("30 MB of JSON in 29 kB", Signal.TRACES,
                Files.readAllBytes(Path.of("tests/embedded/cases/kill-daemon.json.gz")), true, true, true));
        byte[] json = json();
        shapes.add(new Shape("20 MB of JSON, one trace", Signal.TRACES, json, true, false, true));
        shapes.add(new Shape("the same, zipped", Signal.TRACES, gzip(json), true, true, true));
        byte[] tiny = tinySpans();
        shapes.add(new Shape("a million spans of a trace each", Signal.TRACES, tiny, false, false, true));
        shapes.add(new Shape("the same, zipped", Signal.TRACES, gzip(tiny), false, true, true));
        shapes.add(new Shape("sixteen million empty attributes", Signal.TRACES, emptyAttributes(), false, false, true));
        shapes.add(new Shape("three million points", Signal.METRICS, points(), false, false, true));
        shapes.add(new Shape("one text of 16 MB", Signal.LOGS, text(), false, false, true));
        shapes.add(new Shape("nothing but brackets", Signal.LOGS, gzip("[".repeat(FULL).getBytes(StandardCharsets.UTF_8)),
                true, true, false));
        shapes.add(new Shape("zeros that inflate for ever", Signal.METRICS, gzip(new byte[FULL * 3]), false, true, false));
        return shapes;
    }

    private static byte[] json() {
        StringBuilder json = new StringBuilder("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[");
        for (int i = 0; json.length() < 20 << 20; i++) {
            json.append(i == 0 ? "" : ",").append("{\"traceId\":\"0123456789abcdef0123456789abcdef\",\"spanId\":\"")
                    .append(String.format("%016x", i + 1)).append("\",\"name\":\"span ").append(i)
                    .append("\",\"startTimeUnixNano\":\"1760000000000000000\",\"endTimeUnixNano\":\"1760000000000000001\","
                    + "\"attributes\":[{\"key\":\"a\",\"value\":{\"intValue\":\"").append(i).append("\"}}]}");
        }
        return json.append("]}]}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] tinySpans() {
        return envelope(out -> {
            for (int i = 0; out.getTotalBytesWritten() < FULL; i++) {
                ByteString traceId = ByteString.copyFromUtf8(String.format("%016d", i));
                out.writeByteArray(2, bytes(span -> {
                    span.writeBytes(1, traceId);
                    span.writeBytes(2, traceId.substring(8));
                }));
            }
        });
    }

    private static byte[] emptyAttributes() {
        return envelope(out -> out.writeByteArray(2, bytes(span -> {
            span.writeByteArray(1, "0123456789abcdef".getBytes(StandardCharsets.UTF_8));
            span.writeByteArray(2, "01234567".getBytes(StandardCharsets.UTF_8));
            while (span.getTotalBytesWritten() < FULL) {
                span.writeByteArray(9, new byte[0]);
            }
        })));
    }

    private static byte[] points() {
        byte[] point = bytes(out -> out.writeSFixed64(6, 1));
        return envelope(out -> out.writeByteArray(2, bytes(metric -> {
            metric.writeString(1, "many");
            metric.writeByteArray(5, bytes(gauge -> {
                while (gauge.getTotalBytesWritten() < FULL) {
                    gauge.writeByteArray(1, point);
                }
            }));
        })));
    }

    private static byte[] text() {
        return envelope(out -> out.writeByteArray(2, bytes(log -> log.writeByteArray(5,
                bytes(any -> any.writeString(1, "x".repeat(16 << 20)))))));
    }

    @FunctionalInterface
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** Around what is in a scope. */
    private static byte[] envelope(Fields scope) {
        return bytes(request -> request.writeByteArray(1, bytes(resource -> resource.writeByteArray(2, bytes(scope)))));
    }

    private static byte[] bytes(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.toByteArray();
    }
}
