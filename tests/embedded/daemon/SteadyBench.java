package embedded.daemon;

import contract.Failure;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.HostileRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import runner.Figures;
import services.Silent;

/**
 * The embedded engine's part of {@code make bench ONLY=steady}: a hundred clients that each send the largest requests of every
 * shape, and 300 kills under load. {@code BENCH_KILLS} and {@code BENCH_CLIENTS} make it shorter, {@code BENCH_SEED} repeats it.
 */
public final class SteadyBench {
    private static final int SENDERS = 4;
    private static final int MOST_MILLIS_UP = 300;

    private final Figures figures;
    private final Map<String, String> environment;
    private final EmbeddedEngine engine;

    private SteadyBench(Figures figures, Path home) {
        this.figures = figures;
        environment = Map.of("HOME", home.toString());
        engine = new EmbeddedEngine(environment);
    }

    public static void run(Figures figures) throws Exception {
        in(figures, bench -> bench.siege(number("BENCH_CLIENTS", 100)));
        in(figures, bench -> bench.kills(number("BENCH_KILLS", 300), number("BENCH_SEED", (int) System.nanoTime())));
    }

    @FunctionalInterface
    private interface Part {
        void run(SteadyBench bench) throws Exception;
    }

    private static void in(Figures figures, Part part) throws Exception {
        Path home = Files.createTempDirectory("embedded-steady");
        SteadyBench bench = new SteadyBench(figures, home);
        try {
            part.run(bench);
        } finally {
            bench.engine.down(true, new Silent());
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static int number(String variable, int usual) {
        String value = System.getenv(variable);
        return value == null ? usual : Integer.parseInt(value);
    }

    private DaemonState up() throws Exception {
        engine.up(DaemonLab.options(Map.of()), new Silent());
        return state();
    }

    private DaemonState state() throws IOException {
        return DaemonState.read(Folders.of(environment).daemon()).orElseThrow();
    }

    private int port() {
        try {
            return state().settings().port(PortName.OTLP_HTTP);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path store() {
        return Folders.of(environment).data().resolve("store.db");
    }

    private void siege(int clients) throws Exception {
        figures.table("Siege: " + clients + " clients, each sends the largest request of every shape; " + clients
                + " more begin one of 32 MB and do not finish; two send ordinary traces");
        DaemonState state = up();
        long idle = Siege.residentMib(state.pid())[0];
        long begin = System.nanoTime();
        try (Siege siege = new Siege(state.settings()); OrdinarySenders ordinary = new OrdinarySenders(2, this::port)) {
            siege.lay(clients, clients);
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            long[] resident = Siege.residentMib(state.pid());
            boolean lives = state.process().isPresent() && state().pid() == state.pid();
            figures.row("the process", lives ? "lives" : "died: " + engine.status().get(0).detail(), "lives");
            figures.row("took", seconds + " s", "");
            figures.row("resident memory: idle, highest, after", idle + ", " + resident[1] + ", " + resident[0] + " MB",
                    "");
            ordinary.close();
            engine.down(false, new Silent());
            figures.row("ordinary spans acknowledged, of these missing", String.format("%,d, %d", ordinary.acknowledgedSpans(),
                    ordinary.missing(store())), "0 missing");
            stored(siege);
            siege.answers.forEach((shape, answers) -> figures.row("  " + shape, answers.toString(), ""));
        }
    }

    /** Of the largest requests too what was acknowledged is there. */
    private void stored(Siege siege) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store());
                var logs = connection.createStatement().executeQuery("SELECT count(*) FROM log");
                var spans = connection.prepareStatement("SELECT coalesce(sum(spans), 0) FROM trace WHERE trace_id = ?")) {
            logs.next();
            figures.row("large log records acknowledged, stored", siege.acknowledgedLogs() + ", " + logs.getLong(1),
                    "no fewer stored");
            spans.setBytes(1, HexFormat.of().parseHex(HostileRequests.TRACE));
            try (var row = spans.executeQuery()) {
                row.next();
                figures.row("spans of the trace of 20 MB acknowledged, stored", siege.acknowledgedSpansOfTheTrace() + ", "
                        + row.getLong(1), "the same");
            }
        }
    }

    private void kills(int kills, int seed) throws Exception {
        figures.table("The engine killed " + kills + " times under load (BENCH_SEED=" + seed + "), 'up' right after each");
        Random random = new Random(seed);
        DaemonState state = up();
        int failed = 0;
        long slowest = 0;
        try (OrdinarySenders senders = new OrdinarySenders(SENDERS, this::port)) {
            for (int i = 0; i < kills; i++) {
                long before = senders.acknowledged();
                for (int wait = 0; senders.acknowledged() == before && wait < 2000; wait++) {
                    Thread.sleep(5); // the new one has to be found first
                }
                Thread.sleep(random.nextInt(MOST_MILLIS_UP));
                state.process().orElseThrow().destroyForcibly();
                long begin = System.nanoTime();
                try {
                    state = up();
                } catch (Failure e) {
                    failed++;
                    figures.note("start " + i + " failed: " + e.getMessage());
                    state = up();
                }
                slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
            }
            senders.close();
            engine.down(false, new Silent());
            figures.row("starts that failed", failed + " of " + kills, "0");
            figures.row("slowest start right after a kill", slowest + " ms", "");
            figures.row("spans acknowledged, of these missing", String.format("%,d, %d", senders.acknowledgedSpans(),
                    senders.missing(store())), "0 missing");
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store());
                var row = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            row.next();
            figures.row("the store's file, by SQLite's integrity check", row.getString(1), "ok");
        }
    }
}
