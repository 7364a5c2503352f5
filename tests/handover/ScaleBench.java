package handover;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import runner.Figures;

/**
 * The exported gateway and Collectors under the load of a hundred developers: 200 runs at once and two new ones a second, each
 * exporting every five seconds. Are the sums what was sent, and does the number of series stay the same? Then one Collector is
 * killed with SIGKILL while traces come in: is each of them in the end where Tempo would be?
 */
public final class ScaleBench {
    private static final int LIVE = Integer.getInteger("live", 200);
    private static final int SECONDS = Integer.getInteger("seconds", 600);
    private static final int PERIOD = 5;
    /** Two new ones a second for 200 at once. */
    private static final int EXPORTS = 20;
    private static final int SENDERS = 4;

    private final Figures figures;
    private final Path folder;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> arrived = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Double> sent = new TreeMap<>();
    private final List<Long> series = new ArrayList<>();
    private int exports;
    private int refused;
    private int number;

    private ScaleBench(Figures figures, Path folder) {
        this.figures = figures;
        this.folder = folder;
    }

    /** Prints its tables, one for raw series and one for those that are added up, or why there is none. */
    public static void run(Figures figures) throws Exception {
        for (boolean shared : new boolean[] {true, false}) {
            Path folder = Files.createTempDirectory("scale-bench").toRealPath();
            try {
                new ScaleBench(figures, folder).measure(shared);
            } catch (IOException e) {
                figures.table("scale: skipped, " + e.getMessage());
            } finally {
                try (var files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
                }
            }
        }
    }

    private void measure(boolean shared) throws Exception {
        HttpServer tempo = tempo();
        try (ExportedCollectors collectors = new ExportedCollectors(folder, shared,
                "http://127.0.0.1:" + tempo.getAddress().getPort())) {
            collectors.start();
            // Series of runs by themselves come and go within three minutes: more shows nothing new.
            int seconds = shared ? SECONDS : Math.min(SECONDS, 180);
            figures.table(String.format(Locale.ROOT, "gateway and two Collectors as exported, %s: %d runs at once, %.1f new a second,"
                    + " %d s", shared ? "added up (--shared)" : "each run by itself", LIVE, LIVE / (double) (EXPORTS * PERIOD),
                    seconds));
            load(collectors, seconds);
            TimeUnit.SECONDS.sleep(PERIOD);
            show(collectors, shared);
            if (shared) {
                kill(collectors);
            }
        } finally {
            tempo.stop(0);
        }
    }

    /** Runs come and go; at the end each that lives says its last. */
    private void load(ExportedCollectors collectors, int seconds) throws Exception {
        List<LiveRun> live = new ArrayList<>();
        for (int i = 0; i < LIVE; i++) {
            LiveRun run = new LiveRun(number++, EXPORTS, System.currentTimeMillis() * 1_000_000);
            // As if they had begun one after the other.
            live.add(run);
        }
        long begun = System.nanoTime();
        long nextPage = begun;
        for (int tick = 0; System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds); tick++) {
            // A fifth of them each second.
            List<LiveRun> turn = new ArrayList<>();
            for (int i = tick % PERIOD; i < live.size(); i += PERIOD) {
                turn.add(live.get(i));
            }
            export(collectors, turn);
            for (int i = 0; i < live.size(); i++) {
                boolean replaced = live.get(i).ended() || tick < EXPORTS * PERIOD && i == tick * 2 % LIVE && tick > 0;
                if (replaced && turn.contains(live.get(i))) {
                    if (!live.get(i).ended()) {
                        live.get(i).finish();
                        export(collectors, List.of(live.get(i)));
                    }
                    live.set(i, new LiveRun(number++, EXPORTS, System.currentTimeMillis() * 1_000_000));
                }
            }
            if (System.nanoTime() >= nextPage) {
                series.add(lines(collectors).values().stream().mapToLong(List::size).sum());
                nextPage += TimeUnit.SECONDS.toNanos(30);
            }
            long wait = begun + TimeUnit.SECONDS.toNanos(tick + 1) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
        }
        live.forEach(LiveRun::finish);
        export(collectors, live);
    }

    private void export(ExportedCollectors collectors, List<LiveRun> runs) throws Exception {
        var pool = Executors.newFixedThreadPool(SENDERS);
        try {
            List<java.util.concurrent.Future<?>> all = new ArrayList<>();
            for (LiveRun run : runs) {
                ExportMetricsServiceRequest request = run.next(System.currentTimeMillis() * 1_000_000);
                if (run.ended()) {
                    count(request);
                }
                all.add(pool.submit(() -> {
                    boolean taken = post(collectors, "/v1/metrics", request.toByteArray());
                    synchronized (this) {
                        exports++;
                        refused += taken ? 0 : 1;
                    }
                    if (run.ended() && post(collectors, "/v1/traces", run.traces().toByteArray())) {
                        acknowledged.add(run.traceId());
                    }
                    return null;
                }));
            }
            for (java.util.concurrent.Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    /** The last values of a run, by counter. */
    private void count(ExportMetricsServiceRequest request) {
        request.getResourceMetricsList().forEach(resource -> resource.getScopeMetricsList().forEach(scope ->
                scope.getMetricsList().stream().filter(metric -> metric.hasSum() && metric.getSum().getIsMonotonic())
                        .forEach(metric -> metric.getSum().getDataPointsList().forEach(point -> sent.merge(metric.getName(),
                                point.hasAsDouble() ? point.getAsDouble() : point.getAsInt(), Double::sum)))));
    }

    private boolean post(ExportedCollectors collectors, String path, byte[] body) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collectors.gatewayHttp + path))
                    .header("Content-Type", "application/x-protobuf")
                    .header("Authorization", "Bearer " + ExportedCollectors.TOKEN)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The samples of both Collectors, by page. */
    private Map<String, List<String>> lines(ExportedCollectors collectors) throws InterruptedException {
        Map<String, List<String>> lines = new TreeMap<>();
        for (int i = 0; i < 2; i++) {
            for (String page : collectors.pages(i)) {
                try {
                    lines.put(page, http.send(HttpRequest.newBuilder(URI.create(page)).build(),
                            HttpResponse.BodyHandlers.ofString()).body().lines()
                            .filter(line -> line.startsWith("agentproxy_")).toList());
                } catch (IOException absent) {
                    // There is no second page where nothing is added up.
                    continue;
                }
            }
        }
        return lines;
    }

    private void show(ExportedCollectors collectors, boolean shared) throws Exception {
        Map<String, List<String>> lines = lines(collectors);
        figures.row("runs, exports, refused", number + ", " + exports + ", " + refused, "0 refused");
        figures.row("series on the Collectors' pages, every 30 s", series.size() < 3 ? series.toString()
                : series.subList(2, series.size()).stream().mapToLong(n -> n).min().orElse(0) + "–"
                + series.subList(2, series.size()).stream().mapToLong(n -> n).max().orElse(0), "");
        figures.note("  one after the other: " + series);
        for (Map.Entry<String, List<String>> page : lines.entrySet()) {
            long bytes = page.getValue().stream().mapToLong(String::length).sum();
            figures.row("  " + page.getKey(), page.getValue().size() + " series, " + bytes / 1024 + " KiB", "");
        }
        int right = 0;
        for (Map.Entry<String, Double> counter : sent.entrySet()) {
            double there = lines.values().stream().flatMap(List::stream).filter(line -> line.startsWith(
                    prometheusName(counter.getKey()) + "{")).mapToDouble(line -> Double.parseDouble(line.split("} ")[1].split(" ")[0]))
                    .sum();
            boolean same = Math.abs(there - counter.getValue()) <= 1e-6 * Math.abs(counter.getValue());
            right += same ? 1 : 0;
            if (!same || counter.getKey().equals("agentproxy.tasks.started")) {
                figures.row("  " + counter.getKey() + ", sent and found", String.format(Locale.ROOT, "%.4f, %.4f",
                        counter.getValue(), there), "");
            }
        }
        // A run's own series are gone a minute after its end, so only what is added up can be compared here.
        figures.row("counters whose sum is what was sent", right + " of " + sent.size(), shared ? sent.size() + "" : "");
        for (String name : List.of("gateway", "collector-0", "collector-1")) {
            figures.row("  " + name, String.format(Locale.ROOT, "%d MB, %.0f s of processor", collectors.resident(name),
                    collectors.cpuSeconds(name)), "");
        }
        figures.row("traces acknowledged, arrived, missing", acknowledged.size() + ", " + arrived.size() + ", " + missing(), "0 missing");
    }

    private static String prometheusName(String name) {
        return contract.Prometheus.name(contract.Metrics.all().stream().filter(metric -> metric.name().equals(name)).findFirst()
                .orElseThrow());
    }

    private long missing() {
        return acknowledged.stream().filter(id -> !arrived.contains(id)).count();
    }

    private void kill(ExportedCollectors collectors) throws Exception {
        int before = acknowledged.size();
        for (int round = 0; round < 4; round++) {
            String name = "collector-" + round % 2;
            for (int i = 0; i < 40; i++) {
                LiveRun run = new LiveRun(number++, 1, System.currentTimeMillis() * 1_000_000);
                if (i == 15) {
                    collectors.kill(name);
                } else if (i == 30) {
                    collectors.start(name);
                }
                export(collectors, List.of(run));
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (missing() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        figures.row("a Collector killed 4 times: traces acknowledged, missing", acknowledged.size() - before + ", " + missing(),
                "0 missing");
    }

    /** Stands for Tempo: takes traces in and remembers their ids. */
    private HttpServer tempo() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(SENDERS));
        server.createContext("/v1/traces", exchange -> {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            try (var body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
                ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(resource ->
                        resource.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span ->
                                arrived.add(HexFormat.of().formatHex(span.getTraceId().toByteArray())))));
                exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                exchange.sendResponseHeaders(200, -1);
            } finally {
                exchange.close();
            }
        });
        server.start();
        return server;
    }
}
