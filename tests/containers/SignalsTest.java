package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runner.Sigint;
import services.ConfigFiles;
import services.Silent;

/** {@code up} as a process of its own, ended by a signal in each of its phases, or twice at once. */
class SignalsTest {
    @TempDir Path folder;
    private StackLab lab;

    @BeforeEach
    void open() {
        lab = StackLab.open(folder);
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest(name = "SIG{0} when it says: {1}")
    @CsvSource({"INT, network: create, 130", "INT, otel-collector: creating, 130", "INT, otel-collector: starting, 130",
        "INT, prometheus ready, 130", "TERM, prometheus ready, 143"})
    void aSignalLeavesNothing(String signal, String line, int exitCode) throws Exception {
        if (signal.equals("INT")) {
            Sigint.assumeItArrives();
        }
        Path log = folder.resolve("log");
        // A Collector whose health nobody can ask: the last phase goes on until somebody ends it.
        Process up = start(log, "up", "--verbose", "--config-dir", silentCollector().toString());
        awaitLine(log, line, up);
        new ProcessBuilder("kill", "-" + signal, Long.toString(up.pid())).start().waitFor();
        assertTrue(up.waitFor(60, TimeUnit.SECONDS), () -> "still there\n" + read(log));
        assertEquals(exitCode, up.exitValue(), () -> read(log));
        assertEquals(List.of(), lab.left(), () -> read(log));
    }

    @Test
    void aKilledUpIsRepairedByTheNext() throws Exception {
        Path log = folder.resolve("log");
        Process up = start(log, "up", "--verbose");
        awaitLine(log, "otel-collector: creating", up);
        up.destroyForcibly().waitFor();
        StackLab.Result next = lab.run("up", "--verbose");
        assertEquals(0, next.code(), next::all);
        assertEquals(ConfigFiles.SERVICES.size(), lab.containers().size());
        assertEquals(0, lab.run("status").code());
    }

    @Test
    void aKilledDownIsFinishedByTheNext() throws Exception {
        assertEquals(0, lab.run("up").code());
        Path log = folder.resolve("log");
        Process down = start(log, "down", "-v", "--yes", "--verbose");
        awaitLine(log, "otel-collector: removed", down);
        down.destroyForcibly().waitFor();
        assertEquals(0, lab.run("down", "-v", "--yes").code());
        assertEquals(List.of(), lab.left());
    }

    @Test
    void twoUpsAtOnceDoNotCollide() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Process first = start(one, "up", "--verbose");
        Process second = start(two, "up", "--verbose");
        assertEquals(0, first.waitFor(), () -> read(one));
        assertEquals(0, second.waitFor(), () -> read(two));
        assertEquals(ConfigFiles.SERVICES.size(), lab.containers().size());
        assertTrue((read(one) + read(two)).contains("waiting for another command: stack up, process"), () -> read(one)
                + read(two));
        assertEquals(ConfigFiles.SERVICES.size(), (read(one) + read(two)).lines().filter(l -> l.contains("keep (as it should be)"))
                .count());
    }

    @Test
    void whoeverWaitsForTheLockCanBeInterrupted() throws Exception {
        Sigint.assumeItArrives();
        Path log = folder.resolve("log");
        StackLock lock = StackLock.take(lab.name, "test", java.time.Duration.ofSeconds(1), lab.environment,
                new Silent());
        try {
            Process up = start(log, "up", "--verbose");
            awaitLine(log, "waiting for another command: stack test", up);
            new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
            assertTrue(up.waitFor(30, TimeUnit.SECONDS));
            assertEquals(130, up.exitValue());
        } finally {
            lock.close();
        }
    }

    private Path silentCollector() throws IOException {
        lab.needsReal("otel-collector");
        return lab.config(folder, "otel-collector/collector.yaml", ConfigFiles.load(java.util.Optional.empty()).all()
                .get("otel-collector/collector.yaml").text().replace("0.0.0.0:13133", "127.0.0.1:13133"));
    }

    private Process start(Path log, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "containers.StackMain"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(lab.environment);
        return builder.start();
    }

    private static void awaitLine(Path log, String line, Process process) throws Exception {
        for (int i = 0; i < 1200; i++) {
            if (read(log).contains(line)) {
                return;
            }
            assertTrue(process.isAlive(), () -> "ended before it said '" + line + "'\n" + read(log));
            Thread.sleep(25);
        }
        throw new AssertionError("never said '" + line + "'\n" + read(log));
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }
}
