package embedded.daemon;

import contract.Failure;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Load;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import services.Progress;

/**
 * The embedded engine's part of {@code make bench ONLY=steady}: killed 300 times under load, and a hundred clients that each
 * send the largest requests of every shape. {@code BENCH_KILLS} and {@code BENCH_CLIENTS} make it shorter.
 */
public final class SteadyBench {
    private static final int SENDERS = 4;

    private final PrintStream out;
    private final Map<String, String> environment;
    private final EmbeddedEngine engine;
    private final Random random = new Random(4711);

    private SteadyBench(PrintStream out, Path home) {
        this.out = out;
        environment = Map.of("HOME", home.toString());
        engine = new EmbeddedEngine(environment);
    }

    public static void run(PrintStream out) throws Exception {
        Path home = Files.createTempDirectory("embedded-steady");
        SteadyBench bench = new SteadyBench(out, home);
        try {
            out.println("embedded engine, steady                                      figure          goal");
            bench.kills(number("BENCH_KILLS", 300));
            bench.siege(number("BENCH_CLIENTS", 100));
        } finally {
            bench.engine.down(true, Progress.silent());
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
        engine.up(DaemonTest.options(Map.of()), Progress.silent());
        return DaemonState.read(Folders.of(environment).daemon()).orElseThrow();
    }

    private void kills(int kills) throws Exception {
        DaemonState state = up();
        AtomicLong next = new AtomicLong();
        AtomicLong port = new AtomicLong(state.settings().port(PortName.OTLP_HTTP));
        AtomicBoolean enough = new AtomicBoolean();
        ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();
        Load.Templates templates = new Load.Templates(8, System.currentTimeMillis() * 1_000_000);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Thread thread = new Thread(() -> {
                while (!enough.get()) {
                    try (Load.Sender sender = new Load.Sender((int) port.get())) {
                        while (!enough.get()) {
                            long number = next.getAndIncrement();
                            if (sender.post(templates.body(number)) == 200) {
                                acknowledged.add(number);
                            }
                        }
                    } catch (IOException | RuntimeException killed) {
                        Thread.yield();
                    }
                }
            });
            senders.add(thread);
            thread.start();
        }
        int failed = 0;
        long slowest = 0;
        for (int i = 0; i < kills; i++) {
            int before = acknowledged.size();
            for (int wait = 0; acknowledged.size() == before && wait < 2000; wait++) {
                Thread.sleep(5); // the new one has to be found first
            }
            Thread.sleep(random.nextInt(300));
            state.process().orElseThrow().destroyForcibly();
            long begin = System.nanoTime();
            try {
                state = up();
                port.set(state.settings().port(PortName.OTLP_HTTP));
            } catch (Failure e) {
                failed++;
                out.println("start " + i + " failed: " + e.getMessage());
                state = up();
            }
            slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
        }
        enough.set(true);
        for (Thread thread : senders) {
            thread.join();
        }
        engine.down(false, Progress.silent());
        row("killed under load, starts that failed", failed + " of " + kills, "0");
        row("slowest start right after a kill", slowest + " ms", "");
        row("acknowledged spans that are missing", missing(acknowledged) + " of "
                + String.format("%,d", (long) acknowledged.size() * Load.SPANS_PER_REQUEST), "0");
    }

    private long missing(Iterable<Long> acknowledged) throws SQLException {
        long missing = 0;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + Folders.of(environment).data()
                .resolve("store.db"));
                var index = connection.createStatement();
                var sum = connection.prepareStatement("SELECT coalesce(sum(spans), 0) FROM trace WHERE trace_id >= ?"
                + " AND trace_id < ?")) {
            index.execute("PRAGMA query_only=ON");
            for (long number : acknowledged) {
                sum.setBytes(1, ByteBuffer.allocate(8).putLong(number + 1).array());
                sum.setBytes(2, ByteBuffer.allocate(8).putLong(number + 2).array());
                try (var row = sum.executeQuery()) {
                    row.next();
                    missing += Load.SPANS_PER_REQUEST - row.getInt(1);
                }
            }
        }
        return missing;
    }

    private void siege(int clients) throws Exception {
        DaemonState state = up();
        Siege siege = new Siege(state.settings().port(PortName.OTLP_HTTP));
        long begin = System.nanoTime();
        siege.lay(clients, clients);
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        boolean lives = state.process().isPresent();
        row(clients + " clients with the largest requests, the process", lives ? "lives" : "DIED:"
                + " " + engine.status().get(0).detail(), "lives");
        row("took", seconds + " s", "");
        long[] resident = Siege.residentMib(state.pid());
        row("resident memory, highest", resident[1] + " MB", "");
        siege.answers.forEach((shape, answers) -> row("  " + shape, answers.toString(), ""));
    }

    private void row(String what, String figure, String goal) {
        out.printf("  %-56s %-24s %s%n", what, figure, goal);
        out.flush();
    }
}
