package fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import runner.Figures;

/**
 * Gives readers inputs that are almost right: none may throw, none may take long, none may keep memory. The seed is printed; the
 * same seed gives the same inputs.
 */
public final class Fuzz {
    /** Some thousand times what an input takes. */
    private static final long SLOW_MILLIS = 20_000;
    private static final int SHOWN = 300;

    private Fuzz() {}

    /** What came of a target. {@code problem} holds the input as text, cut. */
    public record Result(String target, int inputs, long millis, long slowestMillis, long grownKib, Optional<String> problem) {}

    /** For {@code make bench ONLY=fuzz}. */
    public static void bench(Figures figures) throws Exception {
        int inputs = Integer.getInteger("inputs", 100_000);
        long seed = Long.getLong("seed", System.nanoTime());
        figures.table("Mutated inputs, " + inputs + " for each reader (-Dseed=" + seed + ")");
        Path folder = Files.createTempDirectory("fuzz");
        for (Target target : targets(folder)) {
            Result result = run(target, inputs, seed);
            figures.row(target.name(), result.inputs() + " inputs in " + result.millis() / 1000 + " s, slowest "
                    + result.slowestMillis() + " ms, heap grew " + result.grownKib() + " KiB", "no crash, no hang, no growth");
            result.problem().ifPresent(figures::note);
        }
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    /** @param folder an empty one, for readers of files */
    public static List<Target> targets(Path folder) throws IOException {
        List<Target> targets = new ArrayList<>(journal.FuzzTargets.all(folder));
        targets.addAll(cli.FuzzTargets.all(folder));
        targets.addAll(claude.FuzzTargets.all());
        targets.addAll(gemini.FuzzTargets.all());
        targets.addAll(codex.FuzzTargets.all());
        targets.addAll(openai.FuzzTargets.all());
        targets.addAll(embedded.intake.FuzzTargets.all());
        return targets;
    }

    /** Ends with the first problem. */
    public static Result run(Target target, int inputs, long seed) throws InterruptedException {
        Mutator mutator = new Mutator(seed);
        AtomicReference<byte[]> now = new AtomicReference<>(new byte[0]);
        AtomicLong begunAt = new AtomicLong(System.nanoTime());
        AtomicLong slowest = new AtomicLong();
        AtomicReference<String> problem = new AtomicReference<>();
        AtomicLong done = new AtomicLong();
        long[] heap = new long[2];
        long begun = System.nanoTime();
        Thread thread = new Thread(() -> {
            for (int i = 0; i < inputs && problem.get() == null; i++) {
                if (i == inputs / 10) {
                    heap[0] = used();
                }
                now.set(mutator.next(target.seeds()));
                begunAt.set(System.nanoTime());
                try {
                    target.body().read(now.get());
                } catch (Throwable e) { // Whatever it is, an input caused it.
                    problem.set(e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?"));
                }
                slowest.accumulateAndGet(System.nanoTime() - begunAt.get(), Math::max);
                done.incrementAndGet();
            }
        }, "fuzz");
        thread.setDaemon(true);
        thread.start();
        while (thread.isAlive()) {
            thread.join(100);
            if (System.nanoTime() - begunAt.get() > TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS) && thread.isAlive()) {
                problem.set("no end within " + SLOW_MILLIS + " ms");
                break;
            }
        }
        heap[1] = used();
        String text = new String(now.get(), StandardCharsets.UTF_8);
        return new Result(target.name(), (int) done.get(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                TimeUnit.NANOSECONDS.toMillis(slowest.get()), Math.max(0, heap[1] - heap[0]) / 1024,
                Optional.ofNullable(problem.get()).map(p -> target.name() + ": " + p + ", input " + done.get() + ": "
                        + text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\p{Cntrl}", "?")));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
