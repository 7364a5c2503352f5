package embedded.daemon;

import embedded.Signal;
import embedded.intake.HostileRequests;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many clients at once that each send the largest requests there are, and many that never finish one. */
final class Siege {
    private static final int CUT_OFF = 0;

    private final int port;
    private final List<HostileRequests.Shape> shapes;
    /** How often each shape was answered how; 0 where the connection ended first, which a client takes for "come again". */
    final Map<String, Map<Integer, Integer>> answers = new TreeMap<>();

    Siege(int port) throws IOException {
        this.port = port;
        shapes = HostileRequests.all();
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
                        int status = send(shape);
                        synchronized (answers) {
                            answers.computeIfAbsent(shape.name(), name -> new TreeMap<>()).merge(status, 1, Integer::sum);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> client : pool.invokeAll(all, 10, TimeUnit.MINUTES)) {
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

    private Socket begin() {
        Socket socket = new Socket();
        byte[] much = new byte[1 << 20];
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 60_000);
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(Signal.TRACES, false, false, 32 << 20));
            for (int i = 0; i < 31; i++) {
                out.write(much);
            }
            out.flush();
        } catch (IOException e) {
            // Refused in the middle, as it should be when there is no room.
        }
        return socket;
    }

    private int send(HostileRequests.Shape shape) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(120_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(shape.signal(), shape.json(), shape.gzip(), shape.body().length));
            out.write(shape.body());
            out.flush();
            return status(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            return CUT_OFF;
        }
    }

    private static byte[] head(Signal signal, boolean json, boolean gzip, int length) {
        return ("POST " + signal.httpPath + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/"
                + (json ? "json" : "x-protobuf") + "\r\n" + (gzip ? "Content-Encoding: gzip\r\n" : "") + "Content-Length: "
                + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static int status(InputStream in) throws IOException {
        byte[] line = in.readNBytes("HTTP/1.1 200".length());
        if (line.length < "HTTP/1.1 200".length()) {
            return CUT_OFF;
        }
        return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length()));
    }

    int answered(String shape, int status) {
        return answers.getOrDefault(shape, Map.of()).getOrDefault(status, 0);
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
}
