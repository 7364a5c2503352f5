package embedded.daemon;

import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Load;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import services.StackOptions;

/**
 * The figures of the embedded engine: start, memory, sustained intake, answers with a million spans stored. Run by
 * {@code make bench}; {@code spans} makes it shorter.
 */
public final class Bench {
    private static final int SENDERS = 4;
    private static final int STARTS = 5;
    private static final int ASKED = 100;
    private static final int TEMPLATES = 256;

    private final PrintStream out;
    private final long spans;
    private final DaemonLauncher launcher;
    private final Folders folders;
    private Load.Templates templates;

    private Bench(PrintStream out, Path folder, long spans) throws IOException {
        this.out = out;
        this.spans = spans;
        folders = new Folders(folder.resolve("data"), folder.resolve("state"));
        folders.create();
        launcher = new DaemonLauncher(folders);
    }

    /** Prints its table to {@code out}; takes about two minutes for a million spans. */
    public static void run(PrintStream out, long spans) throws Exception {
        Path folder = Files.createTempDirectory("embedded-bench");
        try {
            new Bench(out, folder, spans).run();
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void run() throws Exception {
        out.println("embedded engine                                              figure          goal");
        DaemonState state = null;
        long[] starts = new long[STARTS];
        long[] stops = new long[STARTS - 1];
        for (int i = 0; i < STARTS; i++) {
            long begin = System.nanoTime();
            state = launcher.start(settings(), Duration.ofSeconds(30), said -> { });
            starts[i] = (System.nanoTime() - begin) / 1_000_000;
            if (i < STARTS - 1) {
                begin = System.nanoTime();
                stop(state);
                stops[i] = (System.nanoTime() - begin) / 1_000_000;
            }
        }
        row("start to ready, median of " + STARTS, median(starts) + " ms", "800 ms");
        row("stop, median of " + (STARTS - 1), median(stops) + " ms", "1000 ms");
        Thread.sleep(3000);
        row("resident memory, idle", rss(state) + " MB", "130 MB");
        intake(state);
        row("store on disk", Files.size(folders.data().resolve("store.db")) / (1 << 20) + " MB", "");
        row("resident memory after intake", rss(state) + " MB", "");
        answers(state);
        stop(state);
    }

    private void intake(DaemonState state) throws Exception {
        templates = new Load.Templates(TEMPLATES, System.currentTimeMillis() * 1_000_000);
        // Warm, as a process that runs for days is; its figures are not counted.
        long warm = send(state, 0, Math.min(spans / 5, 200_000));
        double engineBefore = cpuSeconds(state);
        long begin = System.nanoTime();
        long sent = send(state, warm, spans - warm * Load.SPANS_PER_REQUEST);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double engineSeconds = cpuSeconds(state) - engineBefore;
        long stored = stored(state);
        long expected = (warm + sent) * Load.SPANS_PER_REQUEST;
        row("sustained intake, sender on the same cores", String.format(Locale.ROOT, "%,.0f spans/s",
                sent * Load.SPANS_PER_REQUEST / seconds), "50,000 spans/s");
        row("processor time of the engine for a span", String.format(Locale.ROOT, "%.1f µs",
                engineSeconds * 1e6 / (sent * Load.SPANS_PER_REQUEST)), "");
        row("sent and not stored", expected - stored + " of " + String.format(Locale.ROOT, "%,d", expected), "0");
    }

    /** Sends at least so many spans in requests from this number on, and says how many requests. */
    private long send(DaemonState state, long firstRequest, long count) throws Exception {
        long requests = (count + Load.SPANS_PER_REQUEST - 1) / Load.SPANS_PER_REQUEST;
        AtomicLong next = new AtomicLong(firstRequest);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread thread = new Thread(() -> {
                try (Load.Sender sender = new Load.Sender(state.settings().port(PortName.OTLP_HTTP))) {
                    for (long n = next.getAndIncrement(); n < firstRequest + requests; n = next.getAndIncrement()) {
                        int status = sender.post(templates.body(n));
                        if (status != 200) {
                            throw new IOException("status " + status);
                        }
                    }
                } catch (IOException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException("a sender failed", failures.get(0));
        }
        return requests;
    }

    private long stored(DaemonState state) throws Exception {
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + folders.data().resolve("store.db"));
                var statement = connection.createStatement(); var row =
                        statement.executeQuery("SELECT count(*) FROM span")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void answers(DaemonState state) throws Exception {
        Map<String, List<String>> questions = new LinkedHashMap<>();
        questions.put("list of traces", List.of("/api/traces"));
        questions.put("search: a frequent word", List.of("/api/traces?text=postgresql"));
        questions.put("search: a rare word", ids(i -> "/api/traces?text=" + rare(i % TEMPLATES)));
        questions.put("search: two words", ids(i -> "/api/traces?text=user" + i * 37 % 5000 + "+cart"));
        questions.put("search: nothing to be found", ids(i -> "/api/traces?text=nowhere" + i));
        questions.put("search: service and errors", List.of("/api/traces?service=shop-3&status=error"));
        questions.put("search: longer than 100 ms, none", List.of("/api/traces?minMs=100000"));
        questions.put("panels of 7 days", List.of("/api/panels?range=604800"));
        questions.put("list of runs", List.of("/api/runs"));
        questions.put("the page itself", List.of("/"));
        String list = get(state, "/api/traces?limit=200");
        List<String> traces = new ArrayList<>();
        for (String part : list.split("\"traceId\":\"")) {
            if (part.length() > 32 && part.charAt(32) == '"') {
                traces.add("/api/traces/" + part.substring(0, 32));
            }
        }
        questions.put("a trace by id", traces);
        for (Map.Entry<String, List<String>> question : questions.entrySet()) {
            List<String> paths = question.getValue();
            long[] micros = new long[ASKED];
            for (int i = -10; i < ASKED; i++) {
                String path = paths.get(Math.floorMod(i, paths.size()));
                long begin = System.nanoTime();
                get(state, path);
                if (i >= 0) {
                    micros[i] = (System.nanoTime() - begin) / 1000;
                }
            }
            Arrays.sort(micros);
            row(question.getKey() + ", p50 / p95", String.format(Locale.ROOT, "%.1f / %.1f ms", micros[ASKED / 2] / 1000.0,
                    micros[ASKED * 95 / 100] / 1000.0), "100 ms");
        }
    }

    private static List<String> ids(java.util.function.LongFunction<String> path) {
        List<String> paths = new ArrayList<>();
        for (long i = 0; i < ASKED; i++) {
            paths.add(path.apply(i));
        }
        return paths;
    }

    /** A request id that stands in one span of one template. */
    private static String rare(long number) {
        return Load.request(number, 0).getResourceSpans(0).getScopeSpans(0).getSpans(7).getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("request.id")).findFirst().orElseThrow()
                .getValue().getStringValue();
    }

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private String get(DaemonState state, String path) throws Exception {
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + state.settings().port(PortName.PAGE) + path)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private DaemonSettings settings() {
        Map<PortName, Integer> ports = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            ports.put(name, 0);
        }
        return new DaemonSettings("127.0.0.1", ports, folders.data(), DaemonSettings.DEFAULT_RETENTION, DaemonSettings.DEFAULT_MAX_BYTES,
                StackOptions.Senders.NONE);
    }

    private static void stop(DaemonState state) throws InterruptedException {
        ProcessHandle process = state.process().orElseThrow();
        process.destroy();
        while (process.isAlive()) {
            Thread.sleep(5);
        }
    }

    private static long rss(DaemonState state) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + state.pid() + "/status")).stream().filter(l -> l.startsWith("VmRSS"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024).findFirst().orElse(-1);
    }

    private static double cpuSeconds(DaemonState state) {
        return state.process().orElseThrow().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void row(String what, String figure, String goal) {
        out.printf(Locale.ROOT, "  %-56s %20s  %14s%n", what, figure, goal);
        out.flush();
    }
}
