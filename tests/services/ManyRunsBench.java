package services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import contract.Metrics;
import embedded.daemon.Running;
import embedded.page.PaRuns;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import runner.Figures;

/**
 * Ten thousand runs within thirty days, in one Prometheus and in the embedded engine: how long every panel takes, over seven
 * and over thirty days, and how much memory the two have then. Prometheus and promtool are those on the PATH, or beside the
 * one that {@code ENGINE_PROMETHEUS} names. {@code -Dpart=embedded} or {@code prometheus} measures one of the two;
 * {@code -Dkeep=true} leaves the files, and {@code -Ddata=FOLDER} asks a Prometheus over blocks that were left.
 */
public final class ManyRunsBench {
    private static final int RUNS = Integer.getInteger("runs", 10_000);
    private static final Duration SPAN = Duration.ofDays(30);
    private static final long BLOCK_MILLIS = Duration.ofHours(2).toMillis();
    private static final int HOUR_OF_RUNS = 500;
    private static final int ASKED = 3;
    private static final String GOAL = "1000 ms";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What Grafana makes of a panel with at most 60 bars, as those over time have it. */
    private static final Map<Integer, String> STEPS = Map.of(7, "3h", 30, "12h");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Figures figures;
    private final Path folder;
    private final long now = System.currentTimeMillis();

    private ManyRunsBench(Figures figures, Path folder) {
        this.figures = figures;
        this.folder = folder;
    }

    /** Prints its table, or why a part of it is missing. */
    public static void run(Figures figures) throws Exception {
        Path folder = Files.createTempDirectory("many-runs").toRealPath();
        try {
            ManyRunsBench bench = new ManyRunsBench(figures, folder);
            String part = System.getProperty("part", "");
            if (!part.equals("prometheus")) {
                bench.embedded();
            }
            if (!part.equals("embedded")) {
                bench.prometheus();
            }
        } finally {
            if (Boolean.getBoolean("keep")) {
                figures.note("kept in " + folder);
                return;
            }
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** The run of this number; they are spread evenly, the last one ended a minute ago. */
    private PaRuns pa(int number) {
        String status = number % 9 == 0 ? "verification_failed" : number % 14 == 0 ? "stalled" : "completed";
        return PaRuns.run(number, begin(number) * 1_000_000, status, 1 + number % 5, number % 4 == 0);
    }

    private long begin(int number) {
        return now - SPAN.toMillis() + (SPAN.toMillis() - 300_000) / RUNS * number;
    }

    // --- the embedded engine ----------------------------------------------------------------------------------------------

    private void embedded() throws Exception {
        figures.table(String.format(java.util.Locale.ROOT, "%,d runs of 30 days in the embedded engine", RUNS));
        // In this JVM: its memory is told by the heap that is used after a collection, and the store's own.
        try (Running engine = Running.in(folder.resolve("embedded"), Duration.ofDays(60), 8L << 30)) {
            long begun = System.nanoTime();
            for (int i = 0; i < RUNS; i++) {
                pa(i).sendTo(engine);
                if (i % HOUR_OF_RUNS == 0) {
                    // What takes a month is sent in minutes here, so what may live at once is made an hour older.
                    change("UPDATE series SET updated = updated - 3700000");
                }
            }
            long millis = (System.nanoTime() - begun) / 1_000_000;
            // When each was heard of last, as if the month had passed.
            change("UPDATE series SET updated = (SELECT max(time) FROM point WHERE series = series.id)");
            figures.row("runs taken in", RUNS * 1000L / Math.max(1, millis) + " a second", "");
            figures.row("the store on disk", Files.size(folder.resolve("embedded/store.db")) / (1 << 20) + " MB", "");
            for (int days : List.of(7, 30)) {
                Map<String, Took> took = new LinkedHashMap<>();
                long seconds = Duration.ofDays(days).toSeconds();
                List<String> questions = new ArrayList<>(List.of("/api/panels?range=" + seconds));
                long from = now - seconds * 1000;
                for (String asked : List.of("", "&sort=cost", "&sort=duration", "&sort=tokens", "&status=failed",
                        "&status=completed&sort=rounds", "&text=createsOrder")) {
                    questions.add("/api/runs?limit=50&from=" + from + asked);
                }
                questions.addAll(List.of("/api/runs/choices", "/api/trends?from=" + from + "&to=" + now, "/api/services",
                        "/api/traces?limit=50", "/api/traces?limit=50&status=error", "/api/metrics",
                        "/api/logs?limit=200&from=" + from, "/api/logs?limit=200&severity=13&from=" + from));
                Metrics.all().forEach(metric -> questions.add("/api/series?name=" + metric.name() + "&range=" + seconds));
                for (String question : questions) {
                    ask(took, question, ManyRunsBench::cpuMillis, () -> {
                        HttpResponse<String> answer = engine.get(question);
                        if (answer.statusCode() != 200) {
                            throw new IOException(question + ": " + answer.statusCode() + " " + answer.body());
                        }
                    });
                }
                show(days, took);
            }
            System.gc();
            Runtime jvm = Runtime.getRuntime();
            figures.row("heap in use afterwards, with this program's own", (jvm.totalMemory() - jvm.freeMemory()) / (1 << 20)
                    + " MB", "");
        }
    }

    private void change(String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("embedded/store.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            statement.executeUpdate(sql);
        }
    }

    // --- Prometheus -------------------------------------------------------------------------------------------------------

    private void prometheus() throws Exception {
        figures.table(String.format(java.util.Locale.ROOT, "%,d runs of 30 days in one Prometheus", RUNS));
        String program = System.getenv().getOrDefault("ENGINE_PROMETHEUS", "prometheus");
        String promtool = program.contains("/") ? Path.of(program).resolveSibling("promtool").toString() : "promtool";
        if (!works(program) || !works(promtool)) {
            figures.note("skipped: no " + program + " or no " + promtool);
            return;
        }
        Path data = Path.of(System.getProperty("data", folder.resolve("data").toString()));
        if (!Files.exists(data)) {
            Files.createDirectory(data);
            figures.row("series in all", String.format(java.util.Locale.ROOT, "%,d", fill(promtool, data)), "");
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {scrape_interval: 5s}\n");
        Process process = new ProcessBuilder(program, "--config.file=" + config, "--storage.tsdb.path=" + data,
                "--storage.tsdb.retention.time=1440h", "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=" + Catalogue.PROMETHEUS_FEATURES).redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile()).start();
        try {
            String address = "http://127.0.0.1:" + port;
            while (!ready(address)) {
                if (!process.isAlive()) {
                    throw new IOException(Files.readString(folder.resolve("prometheus.log")));
                }
                TimeUnit.MILLISECONDS.sleep(200);
            }
            // It joins the small blocks in the background; panels are measured when it has nothing else to do.
            settle(data);
            figures.row("blocks on disk", size(data) / (1 << 20) + " MB", "");
            for (int days : List.of(7, 30)) {
                Map<String, Took> took = new LinkedHashMap<>();
                for (Target target : targets()) {
                    ask(took, target.title() + ": " + target.expression(), () -> cpuMillis(process), () -> query(address, target, days));
                }
                show(days, took);
            }
            figures.row("resident memory afterwards", resident(process) + " MB", "");
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    /** Writes all runs, two hours at a time: the length of a block, so that promtool reads each file only as often as it must. */
    private long fill(String promtool, Path data) throws IOException, InterruptedException {
        long series = 0;
        int next = 0;
        while (next < RUNS) {
            long block = begin(next) / BLOCK_MILLIS;
            StringBuilder text = new StringBuilder();
            for (; next < RUNS && begin(next) / BLOCK_MILLIS == block; next++) {
                PaRuns run = pa(next);
                series += RunsAsOpenMetrics.series(run.metrics());
                RunsAsOpenMetrics.write(run.metrics(), begin(next), begin(next) + 60_000, text);
            }
            Path file = Files.writeString(folder.resolve("block.txt"), text.append("# EOF\n"));
            Process made = new ProcessBuilder(promtool, "tsdb", "create-blocks-from", "openmetrics", "--quiet", file.toString(),
                    data.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile()).start();
            if (made.waitFor() != 0) {
                throw new IOException("promtool: " + Files.readString(folder.resolve("said")));
            }
        }
        return series;
    }

    /** A query of a panel. */
    private record Target(String title, String expression, boolean instant) {}

    /** Those of all dashboards; the variables of a dashboard stand for everything. */
    private static List<Target> targets() throws IOException {
        List<Target> found = new ArrayList<>();
        for (ConfigFiles.StackText file : ConfigFiles.load(Optional.empty()).all().values()) {
            if (file.origin().startsWith("grafana/dashboards/")) {
                for (JsonNode panel : JSON.readTree(file.text()).path("panels")) {
                    panel.path("targets").forEach(target -> {
                        if (target.has("expr")) {
                            found.add(new Target(panel.path("title").asText(), target.path("expr").asText(),
                                    target.path("instant").asBoolean()));
                        }
                    });
                }
            }
        }
        return found;
    }

    private void query(String address, Target target, int days) throws Exception {
        String step = STEPS.get(days);
        String expression = target.expression().replace("$__rate_interval", step).replace("$__interval", step)
                .replace("$__range", days + "d").replaceAll("\\$\\w+", ".*");
        long end = now / 1000;
        String path = target.instant() ? "/api/v1/query?time=" + end : "/api/v1/query_range?start="
                + (end - Duration.ofDays(days).toSeconds()) + "&end=" + end + "&step=" + step;
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create(address + path + "&query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8))).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(expression + ": " + answer.body());
        }
    }

    private boolean ready(String address) throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(address + "/-/ready")).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits until the number of blocks has stayed the same for longer than Prometheus' pause between compactions, a minute. */
    private static void settle(Path data) throws IOException, InterruptedException {
        long before = -1;
        for (int same = 0; same < 10;) {
            TimeUnit.SECONDS.sleep(9);
            long blocks;
            try (var files = Files.list(data)) {
                blocks = files.count();
            }
            same = blocks == before ? same + 1 : 0;
            before = blocks;
        }
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static boolean works(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static long resident(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream().filter(l -> l.startsWith("VmRSS"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) / 1024).findFirst().orElse(-1);
    }

    // --- both -------------------------------------------------------------------------------------------------------------

    private interface Question {
        void put() throws Exception;
    }

    /** Milliseconds on the clock, and of processor time, which says what an idle machine would take. */
    private record Took(List<Long> millis, List<Long> cpu) {}

    private static void ask(Map<String, Took> took, String name, LongSupplier cpuMillis, Question question) throws Exception {
        Took each = took.computeIfAbsent(name, key -> new Took(new ArrayList<>(), new ArrayList<>()));
        for (int i = 0; i < ASKED; i++) {
            long cpu = cpuMillis.getAsLong();
            long begun = System.nanoTime();
            question.put();
            each.millis.add((System.nanoTime() - begun) / 1_000_000);
            each.cpu.add(cpuMillis.getAsLong() - cpu);
        }
    }

    /** Of this JVM, all its threads, with the one that asks. */
    private static long cpuMillis() {
        return cpuMillis(ProcessHandle.current().info());
    }

    private static long cpuMillis(Process process) {
        return cpuMillis(process.info());
    }

    private static long cpuMillis(ProcessHandle.Info info) {
        return info.totalCpuDuration().orElse(Duration.ZERO).toMillis();
    }

    private void show(int days, Map<String, Took> all) {
        Map<String, List<Long>> took = new LinkedHashMap<>();
        all.forEach((name, each) -> took.put(name, each.millis));
        List<String> slowest = took.keySet().stream().sorted(Comparator.comparing((String name) ->
                -Figures.median(took.get(name)))).toList();
        figures.row("panels asked over " + days + " days", Integer.toString(slowest.size()), "");
        figures.row("  the slowest", took.get(slowest.get(0)), GOAL);
        figures.row("  the one in the middle", took.get(slowest.get(slowest.size() / 2)), "");
        figures.row("  the most processor time", all.values().stream().map(Took::cpu)
                .max(Comparator.comparing(Figures::median)).orElseThrow(), GOAL);
        figures.row("  load of the machine", String.format(java.util.Locale.ROOT, "%.1f on %d processors",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), Runtime.getRuntime().availableProcessors()),
                "");
        slowest.stream().limit(Integer.getInteger("shown", 5)).forEach(name -> figures.note("  " + Figures.median(took.get(name))
                + " ms, processor "
                + Figures.median(all.get(name).cpu) + " ms  "
                + (name.length() > 150 ? name.substring(0, 150) + "…" : name)));
    }
}
