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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** The largest requests that are allowed, in the shapes that cost the most to take. */
public final class HostileRequests {
    /** As much as one request may have, with some room for what is around it. */
    private static final int FULL = IntakeLimits.REQUEST_BYTES - (1 << 16);

    private static final int JSON_SPANS = 85_000;
    private static final int DEPTH = 40;
    private static final int DEEP_RECORDS = 29_000;

    private HostileRequests() {}

    /** The one trace of the shapes that have one, and the place of its number in those that are another each time. */
    public static final String TRACE = "0123456789abcdef0123456789abcdef";
    private static final String SALT = "#salt#00";

    /**
     * @param gzip whether the body is compressed already
     * @param items how many spans of {@link #TRACE}, or log records, one of it holds; 0 where nobody counts
     * @param saltAt where eight letters stand that are others with each sending, or -1
     */
    public record Shape(String name, Signal signal, byte[] body, boolean json, boolean gzip, int items, int saltAt) {
        Shape(String name, Signal signal, byte[] body, boolean json, boolean gzip, int items) {
            this(name, signal, body, json, gzip, items, -1);
        }
    }

    public static List<Shape> all() throws IOException {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Shape("30 MB of JSON in 29 kB", Signal.TRACES,
                Files.readAllBytes(Path.of("tests/embedded/cases/kill-daemon.json.gz")), true, true, 0));
        byte[] json = json();
        shapes.add(new Shape("20 MB of JSON, one trace", Signal.TRACES, json, true, false, JSON_SPANS));
        shapes.add(new Shape("20 MB of JSON, one trace, zipped", Signal.TRACES, gzip(json), true, true, JSON_SPANS));
        shapes.add(new Shape("JSON, 40 lists within each other, again and again", Signal.LOGS, deepJson(), true, false, DEEP_RECORDS));
        shapes.add(new Shape("JSON, three million fields nobody knows", Signal.TRACES, unknownFields(), true, false, 0));
        shapes.add(new Shape("JSON, one text of 16 MB, zipped", Signal.LOGS, gzip(textJson()), true, true, 1));
        shapes.add(new Shape("nothing but brackets", Signal.LOGS, gzip("[".repeat(FULL).getBytes(StandardCharsets.UTF_8)),
                true, true, 0));
        byte[] tiny = tinySpans();
        shapes.add(new Shape("a million spans of a trace each", Signal.TRACES, tiny, false, false, 0));
        shapes.add(new Shape("a million spans of a trace each, zipped", Signal.TRACES, gzip(tiny), false, true, 0));
        shapes.add(new Shape("sixteen million empty attributes", Signal.TRACES, emptyAttributes(), false, false, 0));
        shapes.add(new Shape("three million points", Signal.METRICS, points(), false, false, 0));
        byte[] series = largeSeries();
        shapes.add(new Shape("four hundred series of 60 kB, others each time", Signal.METRICS, series, false, false, 0,
                find(series, SALT.getBytes(StandardCharsets.US_ASCII))));
        byte[] resource = largeResource();
        shapes.add(new Shape("a resource of 900 kB, another each time", Signal.LOGS, resource, false, false, 1,
                find(resource, SALT.getBytes(StandardCharsets.US_ASCII))));
        shapes.add(new Shape("one text of 16 MB", Signal.LOGS, text(), false, false, 1));
        shapes.add(new Shape("garbage", Signal.TRACES, garbage(), false, false, 0));
        shapes.add(new Shape("messages within messages", Signal.LOGS, nested(), false, false, 0));
        shapes.add(new Shape("zeros that inflate for ever", Signal.METRICS, gzip(new byte[FULL * 3]), false, true, 0));
        return shapes;
    }

    private static byte[] json() {
        StringBuilder json = new StringBuilder("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[");
        for (int i = 0; i < JSON_SPANS; i++) {
            json.append(i == 0 ? "" : ",").append("{\"traceId\":\"" + TRACE + "\",\"spanId\":\"")
                    .append(String.format("%016x", i + 1)).append("\",\"name\":\"span ").append(i)
                    .append("\",\"startTimeUnixNano\":\"1760000000000000000\",\"endTimeUnixNano\":\"1760000000000000001\","
                    + "\"attributes\":[{\"key\":\"a\",\"value\":{\"intValue\":\"").append(i).append("\"}}]}");
        }
        return json.append("]}]}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A text of nearly all the depth that is allowed, as often as fits. */
    private static byte[] deepJson() {
        String open = "{\"arrayValue\":{\"values\":[";
        String value = open.repeat(DEPTH) + "{\"stringValue\":\"bottom\"}" + "]}}".repeat(DEPTH);
        StringBuilder json = new StringBuilder("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[");
        for (int i = 0; i < DEEP_RECORDS; i++) {
            json.append(i == 0 ? "" : ",").append("{\"body\":").append(value).append('}');
        }
        if (json.length() > FULL) {
            throw new IllegalStateException(json.length() + " is more than a request may have");
        }
        return json.append("]}]}]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] unknownFields() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; json.length() < FULL - 30; i++) {
            json.append(i == 0 ? "" : ",").append('"').append(Integer.toString(i * 7919, 36)).append("\":1");
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] textJson() {
        return ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\""
                + "x".repeat(IntakeLimits.TEXT_CHARS - 1) + "\"}}]}]}]}").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] largeSeries() {
        return bytes(request -> request.writeByteArray(1, bytes(resource -> {
            resource.writeByteArray(1, salted(0));
            resource.writeByteArray(2, bytes(scope -> scope.writeByteArray(2, bytes(metric -> {
                metric.writeString(1, "large.series");
                metric.writeByteArray(5, bytes(gauge -> {
                    for (int i = 0; i < 400; i++) {
                        byte[] text = ("series " + i + "x".repeat(60_000)).getBytes(StandardCharsets.US_ASCII);
                        gauge.writeByteArray(1, bytes(point -> {
                            point.writeSFixed64(6, 1);
                            point.writeByteArray(7, attribute("long", text));
                        }));
                    }
                }));
            }))));
        })));
    }

    private static byte[] largeResource() {
        return bytes(request -> request.writeByteArray(1, bytes(resource -> {
            resource.writeByteArray(1, salted(900_000));
            resource.writeByteArray(2, bytes(scope -> scope.writeByteArray(2, bytes(log -> log.writeString(3, "INFO")))));
        })));
    }

    /** A resource that is another each time, with a text of so many letters. */
    private static byte[] salted(int letters) {
        return bytes(resource -> {
            resource.writeByteArray(1, attribute("service.instance.id", SALT.getBytes(StandardCharsets.US_ASCII)));
            resource.writeByteArray(1, attribute("long", "x".repeat(letters).getBytes(StandardCharsets.US_ASCII)));
        });
    }

    private static byte[] attribute(String key, byte[] text) {
        return bytes(attribute -> {
            attribute.writeString(1, key);
            attribute.writeByteArray(2, bytes(value -> value.writeByteArray(1, text)));
        });
    }

    private static byte[] garbage() {
        byte[] garbage = new byte[FULL];
        new Random(4711).nextBytes(garbage);
        return garbage;
    }

    /** Attribute values in lists of one, ten thousand deep: each list is a few bytes more. */
    private static byte[] nested() {
        byte[] value = bytes(any -> any.writeString(1, "bottom"));
        for (int depth = 0; depth < 10_000; depth++) {
            byte[] inner = value;
            value = bytes(any -> any.writeByteArray(5, bytes(list -> list.writeByteArray(1, inner))));
        }
        byte[] whole = value;
        return envelope(out -> {
            while (out.getTotalBytesWritten() < FULL - 2 * whole.length) {
                out.writeByteArray(2, bytes(log -> log.writeByteArray(5, whole)));
            }
        });
    }

    private static int find(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not in it");
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
