package embedded.intake;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Makes and sends many spans: requests of 16 traces of 32 spans, each span with ten attributes, three of them its own. */
public final class Load {
    public static final int TRACES_PER_REQUEST = 16;
    static final int SPANS_PER_TRACE = 32;
    public static final int SPANS_PER_REQUEST = TRACES_PER_REQUEST * SPANS_PER_TRACE;
    private static final String[] NAMES = {"GET /cart", "SELECT orders", "cache.get", "publish order", "render",
            "authorize"};
    private static final String[] METHODS = {"GET", "POST", "PUT"};

    private Load() {}

    /** A request that no other number gives; times end at {@code nowNanos}. */
    public static ExportTraceServiceRequest request(long number, long nowNanos) {
        SplittableRandom random = new SplittableRandom(number);
        Resource resource = Otlp.resource("service.name", "shop-" + number % 5, "service.instance.id", "i-" + number % 20,
                "host.name", "bench");
        List<Span> spans = new ArrayList<>(SPANS_PER_REQUEST);
        for (int t = 0; t < TRACES_PER_REQUEST; t++) {
            ByteString traceId = bytes(number + 1, random.nextLong() | 1);
            ByteString root = bytes(random.nextLong() | 1);
            for (int s = 0; s < SPANS_PER_TRACE; s++) {
                long start = nowNanos - 1_000_000_000L + s * 1_000_000L;
                Span.Builder span = Span.newBuilder().setTraceId(traceId)
                        .setSpanId(s == 0 ? root : bytes(random.nextLong() | 1)).setName(NAMES[random.nextInt(NAMES.length)])
                        .setKind(Span.SpanKind.SPAN_KIND_CLIENT).setStartTimeUnixNano(start)
                        .setEndTimeUnixNano(start + random.nextInt(50_000_000))
                        .addAttributes(Otlp.attribute("http.request.method", METHODS[random.nextInt(METHODS.length)]))
                        .addAttributes(Otlp.attribute("http.response.status_code", random.nextInt(100) == 0 ? 500 : 200))
                        .addAttributes(Otlp.attribute("url.path", "/orders/" + random.nextInt(100_000)))
                        .addAttributes(Otlp.attribute("server.address", "db-" + random.nextInt(4) + ".internal"))
                        .addAttributes(Otlp.attribute("server.port", 5432))
                        .addAttributes(Otlp.attribute("db.system.name", "postgresql"))
                        .addAttributes(Otlp.attribute("enduser.id", "user" + random.nextInt(5000)))
                        .addAttributes(Otlp.attribute("cache.hit", random.nextInt(2) == 0))
                        .addAttributes(Otlp.attribute("thread.name", "worker-" + random.nextInt(16)))
                        .addAttributes(Otlp.attribute("request.id", Long.toHexString(random.nextLong())));
                if (s > 0) {
                    span.setParentSpanId(root);
                }
                if (random.nextInt(200) == 0) {
                    span.getStatusBuilder().setCodeValue(2).setMessage("connection reset by peer");
                }
                spans.add(span.build());
            }
        }
        return Otlp.traces(resource, spans);
    }

    private static ByteString bytes(long... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(numbers.length * Long.BYTES);
        for (long number : numbers) {
            buffer.putLong(number);
        }
        return ByteString.copyFrom(buffer.array());
    }

    /**
     * Requests made once and sent again and again, each time as other traces: making half a thousand spans costs a sender
     * more than taking them costs the engine, and the engine is what is measured.
     */
    public static final class Templates {
        private final List<byte[]> bodies = new ArrayList<>();
        private final List<int[]> traceIds = new ArrayList<>();

        public Templates(int count, long nowNanos) {
            for (int i = 0; i < count; i++) {
                byte[] body = request(i, nowNanos).toByteArray();
                bodies.add(body);
                traceIds.add(offsets(body, ByteBuffer.allocate(Long.BYTES).putLong(i + 1L).array()));
            }
        }

        /** The body of the request with this number, in a new array. */
        public byte[] body(long number) {
            int template = (int) (number % bodies.size());
            byte[] body = bodies.get(template).clone();
            ByteBuffer buffer = ByteBuffer.wrap(body);
            for (int offset : traceIds.get(template)) {
                buffer.putLong(offset, number + 1);
            }
            return body;
        }

        /** Where trace ids begin: the tag of field 1, the length 16, and the number of the request. */
        private static int[] offsets(byte[] body, byte[] number) {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i + 2 + number.length < body.length; i++) {
                if (body[i] == 10 && body[i + 1] == 16
                        && Arrays.equals(body, i + 2, i + 2 + number.length, number, 0, number.length)) {
                    found.add(i + 2);
                }
            }
            if (found.size() != SPANS_PER_REQUEST) {
                throw new IllegalStateException(found.size() + " trace ids found");
            }
            return found.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    /** A connection that posts bodies and waits for each answer, with as little work of its own as possible. */
    public static final class Sender implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;
        private final InputStream in;

        public Sender(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
            out = socket.getOutputStream();
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** The status; throws when the connection ended before there was one. */
        public int post(byte[] body) throws IOException {
            byte[] head =
                    ("POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-protobuf\r\n"
                    + "Content-Length: "
                    + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] both = ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
            out.write(both);
            out.flush();
            String status = line();
            int length = 0;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            in.readNBytes(length);
            return Integer.parseInt(status.split(" ")[1]);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
