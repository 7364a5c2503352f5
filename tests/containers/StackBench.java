package containers;

import contract.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;
import runner.Figures;
import runner.Repository;
import services.Catalogue;
import services.Service;
import services.StackOptions;

/**
 * The stack with containers beside docker compose with the same images, files and checks, in turns: the first {@code up},
 * one that has nothing to do, {@code status}, and {@code down}. Ours is the whole command by way of the launcher, which
 * remembers JBang's command line; compose's {@code up} ends when the same URLs have answered.
 */
public final class StackBench {
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1)).build();
    private final StackLab lab;
    private final List<Service> services;
    private final Path folder;
    /** Milliseconds by what took them. */
    private final Map<String, List<Long>> took = new HashMap<>();

    private StackBench(StackLab lab, Path folder) {
        this.lab = lab;
        this.folder = folder;
        services = Catalogue.services(StackOptions.defaults(), lab.environment);
    }

    /** Prints its table, or why there is none. */
    public static void run(Figures figures) throws Exception {
        Path folder = Files.createTempDirectory("stack-bench").toRealPath();
        try (StackLab lab = StackLab.open(folder)) {
            new StackBench(lab, folder).measure(figures, Compose.find());
        } catch (TestAbortedException | Failure e) {
            figures.table("stack with containers: skipped, " + e.getMessage());
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void measure(Figures figures, Optional<Compose> compose) throws Exception {
        figures.table("stack with containers, medians of " + ROUNDS);
        Path project = Files.createDirectories(folder.resolve("compose"));
        Compose.write(project, services);
        for (int i = 0; i < WARM_UP; i++) {
            // The launcher remembers its command line once an archive of classes is there.
            ours("--version");
        }
        try {
            // Once more than counts: what the machine has to read from disk first.
            for (int i = 0; i <= ROUNDS; i++) {
                ours();
                if (compose.isPresent()) {
                    theirs(compose.get(), project);
                }
                if (i == 0) {
                    took.values().forEach(List::clear);
                }
            }
            measureLate();
        } finally {
            if (compose.isPresent()) {
                theirs(compose.get(), project, "down", "-v");
            }
        }
        figures.row("first up", took("up"), "");
        figures.row("  the end of it, after the slowest service was ready", took("late"), "1000 ms");
        figures.row("up with nothing to do", took("up again"), "1000 ms");
        figures.row("status", took("status"), "");
        figures.row("down", took("down"), "");
        figures.row("the floor: launcher and JVM alone (stack --version)", took("jvm"), "");
        if (compose.isEmpty()) {
            figures.note("docker compose is not here: no comparison");
            return;
        }
        figures.table("the same with " + compose.get().version());
        figures.row("first up, and the same checks", took("their up"), "");
        figures.row("up with nothing to do, and the same checks", took("their up again"), "");
        figures.row("ps", took("their ps"), "");
        figures.row("down", took("their down"), "");
        figures.ratio("ours to theirs: first up", took("up"), took("their up"), "1.00");
        figures.ratio("ours to theirs: up with nothing to do", took("up again"), took("their up again"), "1.00");
        figures.ratio("ours to theirs: status and ps", took("status"), took("their ps"), "1.00");
        figures.ratio("ours to theirs: down", took("down"), took("their down"), "1.00");
    }

    private void ours() throws Exception {
        timed("up", () -> ours("up"));
        timed("up again", () -> ours("up"));
        timed("status", () -> ours("status"));
        timed("down", () -> ours("down"));
        ours("down", "-v", "--yes");
        timed("jvm", () -> ours("--version"));
    }

    /** How long ours still works when every service has answered. In rounds of its own: asking all the time slows a start. */
    private void measureLate() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Future<Long> ready = watch();
            ours("up");
            took("late").add((System.nanoTime() - ready.get()) / 1_000_000);
            ours("down", "-v", "--yes");
        }
    }

    private void theirs(Compose compose, Path project) throws Exception {
        timed("their up", () -> theirsUp(compose, project));
        timed("their up again", () -> theirsUp(compose, project));
        timed("their ps", () -> theirs(compose, project, "ps"));
        timed("their down", () -> theirs(compose, project, "down"));
        theirs(compose, project, "down", "-v");
    }

    private void ours(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Repository.root().resolve("jbang").toString(), "--quiet", "stack"));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(command).directory(Repository.root().toFile())
                .redirectErrorStream(true).redirectOutput(said.toFile());
        lab.environment.forEach((name, value) -> {
            // JBang keeps what it builds in the user's home: not built anew for this.
            if (!name.equals("HOME")) {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", arguments) + " has failed: " + Files.readString(said));
        }
    }

    /** With the engine that ours uses. */
    private void theirs(Compose compose, Path project, String... verb) throws IOException, InterruptedException {
        compose.run(project, lab.name, Map.of("DOCKER_HOST", lab.environment.get("DOCKER_HOST")), verb);
    }

    private void theirsUp(Compose compose, Path project) throws Exception {
        theirs(compose, project, "up", "-d");
        watch().get();
    }

    /** The moment when every check of every service has answered, by {@link System#nanoTime()}. */
    private Future<Long> watch() {
        ExecutorService one = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "watch");
            thread.setDaemon(true);
            return thread;
        });
        Future<Long> ready = one.submit(() -> {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            for (Service service : services) {
                for (Service.Probe probe : service.probes()) {
                    while (!answers(probe)) {
                        if (System.nanoTime() > deadline) {
                            throw new IOException(service.name() + ": " + probe.what() + " does not answer");
                        }
                        Thread.sleep(PAUSE.toMillis());
                    }
                }
            }
            return System.nanoTime();
        });
        one.shutdown();
        return ready;
    }

    private boolean answers(Service.Probe probe) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + lab.port(probe.port()) + probe.path());
        try {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    && probe.bodyContains().stream().allMatch(response.body().replace(" ", "")::contains);
        } catch (IOException notYet) {
            return false;
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void timed(String what, Work work) throws Exception {
        long begun = System.nanoTime();
        work.run();
        took(what).add((System.nanoTime() - begun) / 1_000_000);
    }

    private List<Long> took(String what) {
        return took.computeIfAbsent(what, key -> new ArrayList<>());
    }
}
