package e2e;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rehearsal.RandomScript;
import telemetry.OtlpReceiver;

/**
 * What telemetry costs a whole run: rehearsed runs of 20 rounds as processes of their own, with it and without it in turns,
 * against a receiver in this process. Not a timed test; {@code java -cp … e2e.Overhead [PAIRS]} prints the figures.
 */
public final class Overhead {
    private static final int ROUNDS = 20;

    private Overhead() {}

    /** Without arguments or with a number: measures. With {@code run}: is one run. */
    public static void main(String... arguments) throws Exception {
        if (arguments.length == 2 && arguments[0].equals("run")) {
            RehearsedRun.Result result = RehearsedRun.run(Path.of(arguments[1]), RandomScript.of(1, ROUNDS), 100,
                    System.getenv());
            // Told apart from the wall time, which on a busy machine says little.
            long cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
            Files.writeString(Path.of(arguments[1]).resolveSibling("cpu"), Long.toString(cpu));
            // Not a return: a library's thread that is no daemon would lengthen the run.
            Runtime.getRuntime().halt(result.undelivered().isPresent() ? 99 : result.outcome().exitCode());
        }
        measure(System.out, arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5);
        Runtime.getRuntime().halt(0);
    }

    /** Prints medians over so many pairs. */
    public static void measure(PrintStream out, int pairs) throws IOException, InterruptedException {
        List<Took> off = new ArrayList<>();
        List<Took> on = new ArrayList<>();
        Path archive = Files.createTempDirectory("overhead").resolve("classes.jsa");
        try (OtlpReceiver receiver = OtlpReceiver.start()) {
            Map<String, String> otlp = receiver.environment(OtlpReceiver.Protocol.GRPC);
            // As JBang's //CDS does it for people: the first run archives its classes, later ones map them.
            took("-XX:ArchiveClassesAtExit=" + archive, otlp);
            took("-XX:SharedArchiveFile=" + archive, otlp);
            int before = receiver.spans().size();
            for (int i = 0; i < pairs; i++) {
                off.add(took("-XX:SharedArchiveFile=" + archive, Map.of()));
                on.add(took("-XX:SharedArchiveFile=" + archive, otlp));
            }
            out.printf("runs of %d rounds, %d spans each, medians of %d%n", ROUNDS,
                    (receiver.spans().size() - before) / pairs, pairs);
            print(out, "wall", off, on, Took::wall);
            print(out, "cpu of pa itself", off, on, Took::cpu);
        } finally {
            Files.deleteIfExists(archive);
            Files.delete(archive.getParent());
        }
    }

    /** Both in milliseconds. */
    private record Took(long wall, long cpu) {}

    private static void print(PrintStream out, String what, List<Took> off, List<Took> on, ToLongFunction<Took> figure) {
        long without = median(off.stream().map(figure::applyAsLong).collect(Collectors.toList()));
        long with = median(on.stream().map(figure::applyAsLong).collect(Collectors.toList()));
        out.printf(Locale.ROOT, "  %-18s off %6d ms   on %6d ms   %.3f%n", what, without, with, (double) with / without);
    }

    private static Took took(String classes, Map<String, String> otlp) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("overhead").toRealPath();
        Map<String, String> environment = new TreeMap<>(otlp);
        environment.putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString(), "USER", "ada"));
        List<String> command = Arrays.asList(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xlog:disable", classes, "-cp",
                System.getProperty("java.class.path"), Overhead.class.getName(), "run",
                Files.createDirectory(folder.resolve("project")).toString());
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            long begun = System.nanoTime();
            int exit = builder.start().waitFor();
            long took = (System.nanoTime() - begun) / 1_000_000;
            if (exit != 0) {
                throw new IllegalStateException("the run ended with " + exit);
            }
            return new Took(took, Long.parseLong(Files.readString(folder.resolve("cpu"))));
        } finally {
            remove(folder);
        }
    }

    static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
