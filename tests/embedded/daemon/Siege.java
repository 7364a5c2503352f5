package embedded.daemon;

import embedded.Signal;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.HostileRequests;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients at once that each send the largest requests there are, those in protobuf over HTTP and gRPC in turn, and many that
 * never finish one.
 */
final class Siege implements AutoCloseable {
    /** The connection ended before there was an answer, which a client takes for "come again". */
    static final String CUT_OFF = "cut off";
    /** Nobody listens: the process has died. */
    static final String REFUSED = "refused";
    static final String TAKEN = "200";
    static final String TAKEN_OVER_GRPC = "grpc 0";
    private static final int ANSWER_SECONDS = 240;
    private static final int GRPC_PREFIX_BYTES = 5;

    private final DaemonSettings settings;
    private final List<HostileRequests.Shape> shapes;
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient grpc;
    private final AtomicInteger salts = new AtomicInteger();
    /** How often each shape was answered how. */
    final Map<String, Map<String, Integer>> answers = new TreeMap<>();

    Siege(DaemonSettings settings) throws IOException {
        this.settings = settings;
        shapes = HostileRequests.all();
        grpc = vertx.createHttpClient(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false), new PoolOptions().setHttp2MaxSize(200));
    }

    /** Every client sends every shape, each beginning with another one; {@code unfinished} more only begin. */
    void lay(int clients, int unfinished) throws Exception {
        List<Socket> begun = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(clients + 1);
        try {
            Future<?> beginners = pool.submit(() -> {
                for (int i = 0; i < unfinished; i++) {
                    begun.add(begin());
                }
                return null;
            });
            List<Callable<Void>> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                int first = c;
                all.add(() -> {
                    for (int i = 0; i < shapes.size(); i++) {
                        HostileRequests.Shape shape = shapes.get((first + i) % shapes.size());
                        if (!shape.json() && (first + i) % 2 == 1) {
                            count(shape.name() + ", gRPC", sendOverGrpc(shape));
                        } else {
                            count(shape.name(), send(shape));
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> client : pool.invokeAll(all)) {
                client.get();
            }
            beginners.get();
        } finally {
            pool.shutdownNow();
            for (Socket socket : begun) {
                socket.close();
            }
        }
    }

    private void count(String shape, String answer) {
        synchronized (answers) {
            answers.computeIfAbsent(shape, name -> new TreeMap<>()).merge(answer, 1, Integer::sum);
        }
    }

    private Socket begin() {
        Socket socket = new Socket();
        byte[] much = new byte[1 << 20];
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", settings.port(PortName.OTLP_HTTP)), 60_000);
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(Signal.TRACES, false, false, 32 << 20));
            for (int i = 0; i < 31; i++) {
                out.write(much);
            }
            out.flush();
            count("31 MB of 32 and no more", "begun");
        } catch (ConnectException e) {
            count("31 MB of 32 and no more", REFUSED);
        } catch (IOException e) {
            count("31 MB of 32 and no more", CUT_OFF); // refused in the middle, as it should be when there is no room
        }
        return socket;
    }

    private String send(HostileRequests.Shape shape) {
        try (Socket socket = new Socket("127.0.0.1", settings.port(PortName.OTLP_HTTP))) {
            socket.setSoTimeout(ANSWER_SECONDS * 1000);
            OutputStream out = socket.getOutputStream();
            out.write(head(shape.signal(), shape.json(), shape.gzip(), shape.body().length));
            int salt = Math.max(0, shape.saltAt());
            out.write(shape.body(), 0, salt);
            byte[] salted = shape.saltAt() < 0 ? new byte[0] : salt();
            out.write(salted);
            out.write(shape.body(), salt + salted.length, shape.body().length - salt - salted.length);
            out.flush();
            return status(new BufferedInputStream(socket.getInputStream()));
        } catch (ConnectException e) {
            return REFUSED;
        } catch (IOException e) {
            return CUT_OFF;
        }
    }

    /** Eight letters that were not sent before. */
    private byte[] salt() {
        return String.format("%08d", salts.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] head(Signal signal, boolean json, boolean gzip, int length) {
        return ("POST " + signal.httpPath + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/"
                + (json ? "json" : "x-protobuf") + "\r\n" + (gzip ? "Content-Encoding: gzip\r\n" : "") + "Content-Length: "
                + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String status(InputStream in) throws IOException {
        byte[] line = in.readNBytes("HTTP/1.1 200".length());
        return line.length < "HTTP/1.1 200".length() ? CUT_OFF
                : new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
    }

    private String sendOverGrpc(HostileRequests.Shape shape) throws InterruptedException {
        RequestOptions options = new RequestOptions().setHost("127.0.0.1").setPort(settings.port(PortName.OTLP_GRPC))
                .setMethod(HttpMethod.POST).setURI(shape.signal().grpcPath).setTimeout(ANSWER_SECONDS * 1000L);
        try {
            return grpc.request(options).compose(request -> answer(request, shape)).toCompletionStage().toCompletableFuture()
                    .get(ANSWER_SECONDS * 2L, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause() instanceof ConnectException ? REFUSED : CUT_OFF;
        } catch (TimeoutException e) {
            return "no answer";
        }
    }

    private io.vertx.core.Future<String> answer(HttpClientRequest request, HostileRequests.Shape shape) {
        Buffer prefix = Buffer.buffer(GRPC_PREFIX_BYTES).appendByte((byte) (shape.gzip() ? 1 : 0))
                .appendInt(shape.body().length);
        request.putHeader("Content-Type", "application/grpc").putHeader("TE", "trailers")
                .putHeader("Content-Length", Integer.toString(GRPC_PREFIX_BYTES + shape.body().length));
        if (shape.gzip()) {
            request.putHeader("grpc-encoding", "gzip");
        }
        request.write(prefix);
        request.end(BufferInternal.buffer(Unpooled.wrappedBuffer(shape.body()))); // not copied: a hundred send it at once
        return request.response().compose(response -> {
            String early = response.getHeader("grpc-status");
            return early != null ? io.vertx.core.Future.succeededFuture("grpc " + early)
                    : response.end().map(end -> "grpc " + response.getTrailer("grpc-status"));
        });
    }

    int answered(String shape, String answer) {
        return answers.getOrDefault(shape, Map.of()).getOrDefault(answer, 0);
    }

    /** How many log records were acknowledged, and how many spans the one trace must have. */
    long acknowledgedLogs() {
        long records = 0;
        for (HostileRequests.Shape shape : shapes) {
            if (shape.signal() == Signal.LOGS) {
                records += (long) shape.items() * taken(shape);
            }
        }
        return records;
    }

    int acknowledgedSpansOfTheTrace() {
        return shapes.stream().filter(shape -> shape.signal() == Signal.TRACES && taken(shape) > 0)
                .mapToInt(HostileRequests.Shape::items).max().orElse(0);
    }

    private int taken(HostileRequests.Shape shape) {
        return answered(shape.name(), TAKEN) + answered(shape.name() + ", gRPC", TAKEN_OVER_GRPC);
    }

    /** Resident memory of a process in MiB, now and at its highest; -1 where {@code /proc} does not tell. */
    static long[] residentMib(long pid) throws IOException {
        long[] both = {-1, -1};
        Path status = Path.of("/proc/" + pid + "/status");
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmRSS:")) {
                    both[0] = Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                } else if (line.startsWith("VmHWM:")) {
                    both[1] = Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        }
        return both;
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
