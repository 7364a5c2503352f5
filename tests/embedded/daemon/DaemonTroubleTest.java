package embedded.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import contract.EngineProcess;
import contract.ExitCode;
import contract.Failure;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Load;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import services.ServiceStatus;
import services.StackOptions;

/** Faults around the background process: taken ports, foreign processes, kills, hangs, folders. */
class DaemonTroubleTest extends DaemonLab {
    @Test
    void namesAPortThatIsTakenAndWhoHasIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Failure failure = assertThrows(Failure.class,
                    () -> engine.up(options(Map.of("metrics", taken.getLocalPort())), told));
            assertEquals(ExitCode.PORT_TAKEN, failure.exitCode());
            assertTrue(failure.getMessage().contains("port " + taken.getLocalPort() + " (Prometheus text)"),
                    failure.getMessage());
            if (Files.exists(Path.of("/proc/net/tcp"))) {
                assertTrue(failure.getMessage().contains("the process " + ProcessHandle.current().pid()),
                        failure.getMessage());
            }
            assertTrue(failure.hint().contains("--port metrics="), failure.hint());
        }
        assertTrue(engine.status().get(0).urls().isEmpty(), "nothing half-made is left");
        engine.up(options(Map.of()), told);
    }

    @Test
    void tellsAStalePidFromAForeignProcess() throws Exception {
        engine.up(options(Map.of()), told);
        DaemonState real = state();
        real.process().orElseThrow().destroyForcibly();
        real.process().ifPresent(process -> process.onExit().join());
        assertEquals(ServiceStatus.State.STOPPED, engine.status().get(0).state());
        // The number belongs to somebody else now: here, to this very process.
        name(new EngineProcess(ProcessHandle.current().pid(), Instant.EPOCH, "", real.engine().folder()), real);
        assertEquals(ServiceStatus.State.STOPPED, engine.status().get(0).state());
        engine.down(false, told); // must not end us
        assertEquals(ServiceStatus.State.READY, engine.up(options(Map.of()), told).get(0).state());
    }

    /** Writes a state file that names another process. */
    private void name(EngineProcess process, DaemonState real) throws IOException {
        new DaemonState(process, real.token(), real.version(), real.settings(), List.of())
                .write(Folders.of(environment).daemon());
    }

    /** Also when it began at the same moment as the engine, and the state file says just that of it. */
    @Test
    void neverEndsAProcessThatIsNotTheEngine() throws Exception {
        engine.up(options(Map.of()), told);
        DaemonState real = state();
        Process foreign = new ProcessBuilder("sleep", "600").start();
        try {
            EngineProcess named = EngineProcess.of(foreign.toHandle(), real.engine().folder());
            for (EngineProcess wrong : List.of(named,
                    new EngineProcess(foreign.pid(), named.started(), "", named.folder()),
                    new EngineProcess(foreign.pid(), real.engine().started(), real.engine().birth(), named.folder()),
                    new EngineProcess(real.pid(), real.engine().started(), named.birth(), named.folder()))) {
                name(wrong, real);
                assertEquals(ServiceStatus.State.STOPPED, engine.status().get(0).state(), wrong.toString());
                engine.down(false, told);
                assertTrue(foreign.isAlive(), wrong.toString());
                assertTrue(real.process().isPresent(), wrong.toString());
            }
        } finally {
            foreign.destroyForcibly();
            real.write(Folders.of(environment).daemon());
        }
        assertEquals(ServiceStatus.State.READY, engine.status().get(0).state());
    }

    @Test
    void startsRightAfterItWasKilled() throws Exception {
        engine.up(options(Map.of()), told);
        for (int i = 0; i < 3; i++) {
            DaemonState killed = state();
            killed.process().orElseThrow().destroyForcibly(); // not waited for: it may still be dying
            ServiceStatus status = engine.up(options(Map.of()), told).get(0);
            assertEquals(ServiceStatus.State.READY, status.state(), status.detail());
            assertFalse(killed.pid() == state().pid());
        }
    }

    /** As in a container without an init: the parent of the killed process never asks about it. */
    @Test
    void whatIsLeftOfAnEndedProcessIsNotTheDaemon() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/stat")), "such remains are seen in /proc");
        engine.up(options(Map.of()), told);
        DaemonState real = state();
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; exec sleep 600").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine().strip());
            ProcessHandle handle = ProcessHandle.of(child).orElseThrow();
            // As long as it is a shell, the parent may still take notice of a child that ends.
            while (!Files.readString(Path.of("/proc/" + parent.pid() + "/comm")).equals("sleep\n")) {
                Thread.onSpinWait();
            }
            EngineProcess remains = EngineProcess.of(handle, real.engine().folder());
            handle.destroyForcibly();
            while (!Files.readString(Path.of("/proc/" + child + "/stat")).contains(") Z ")) {
                Thread.onSpinWait();
            }
            assertTrue(handle.isAlive(), "Java calls it alive");
            ProcessHandle daemon = real.process().orElseThrow();
            daemon.destroyForcibly();
            daemon.onExit().join();
            name(remains, real);
            assertEquals(ServiceStatus.State.STOPPED, engine.status().get(0).state());
            engine.down(false, told);
            assertEquals(ServiceStatus.State.READY, engine.up(options(Map.of()), told).get(0).state());
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void saysOfWhatItDied() throws Exception {
        engine.up(options(Map.of()), told);
        ProcessHandle daemon = state().process().orElseThrow();
        daemon.destroyForcibly();
        daemon.onExit().join();
        assertTrue(engine.status().get(0).detail().startsWith("it was killed"), engine.status().get(0).detail());
        // As the JVM says it with -XX:+ExitOnOutOfMemoryError, which it runs with.
        Files.writeString(Folders.of(environment).console(), "Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
        assertTrue(engine.status().get(0).detail().contains("java.lang.OutOfMemoryError: Java heap space"),
                engine.status().get(0).detail());
        engine.up(options(Map.of()), told);
        assertTrue(told.warnings.stream().anyMatch(text -> text.contains("OutOfMemoryError")), told.warnings.toString());
        assertEquals(ServiceStatus.State.READY, engine.status().get(0).state(), "forgotten");
    }

    @Test
    void aProcessThatHangsIsStartedAgain() throws Exception {
        engine.up(options(Map.of()), told);
        DaemonState hung = state();
        new ProcessBuilder("kill", "-STOP", Long.toString(hung.pid())).start().waitFor();
        StackOptions impatient = chosen(options(Map.of()).lasting().ports()).patience(Duration.ofSeconds(1)).dryRun(true).build();
        engine.up(impatient, told); // a dry run only says it
        assertEquals("restart: it does not answer", told.actions.get(told.actions.size() - 1));
        assertTrue(EngineProcess.lives(hung.process().orElseThrow()));
        new ProcessBuilder("kill", "-CONT", Long.toString(hung.pid())).start().waitFor();
        assertEquals(ServiceStatus.State.READY, engine.up(options(Map.of()), told).get(0).state());
        assertEquals(hung.pid(), state().pid(), "it answers again");
    }

    /** Such as one that brings a large store up. */
    @Test
    void aStartThatTakesTooLongSaysHowToGiveItLonger() throws Exception {
        StackOptions impatient = chosen(options(Map.of()).lasting().ports()).patience(Duration.ofMillis(1)).build();
        Failure late = assertThrows(Failure.class, () -> engine.up(impatient, told));
        assertEquals(ExitCode.NOT_READY, late.exitCode());
        assertTrue(late.getMessage().startsWith("the engine was not ready after 0.0 s"), late.getMessage());
        assertTrue(late.hint().contains("stack up --wait 10m") && late.hint().contains("embedded.0.log"), late.hint());
        assertEquals(ServiceStatus.State.READY, engine.up(options(Map.of()), told).get(0).state());
    }

    @Test
    void aStartThatIsInterruptedLeavesNoProcess() throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/cmdline")), "processes are looked for in /proc");
        Path console = Folders.of(environment).console();
        Thread user = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            // Made right before the process.
            while (Files.notExists(console)) {
                sleep();
            }
            user.interrupt();
        });
        interrupter.start();
        assertThrows(InterruptedException.class, () -> engine.up(options(Map.of()), told));
        interrupter.join();
        for (int look = 0; look < 1000 && runs(Folders.of(environment).state()); look++) {
            Thread.sleep(20);
        }
        assertFalse(runs(Folders.of(environment).state()), "it goes on without anybody");
    }

    /** Whether a process was started for this state folder; its state file may not be there yet. */
    private static boolean runs(Path state) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    if (Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1).contains(state.toString())) {
                        return true;
                    }
                } catch (IOException ended) {
                    continue;
                }
            }
        }
        return false;
    }

    @Test
    void losesNothingThatItAcknowledgedWhenKilledUnderLoad() throws Exception {
        engine.up(options(Map.of()), told);
        AtomicLong next = new AtomicLong();
        AtomicBoolean enough = new AtomicBoolean();
        List<Long> acknowledged = new CopyOnWriteArrayList<>();
        Load.Templates templates = new Load.Templates(8, System.currentTimeMillis() * 1_000_000);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                while (!enough.get()) {
                    try (Load.Sender sender = new Load.Sender(port(PortName.OTLP_HTTP))) {
                        while (!enough.get()) {
                            long number = next.getAndIncrement();
                            if (sender.post(templates.body(number)) == 200) {
                                acknowledged.add(number);
                            }
                        }
                    } catch (IOException | RuntimeException killed) {
                        sleep();
                    }
                }
            });
            senders.add(thread);
            thread.start();
        }
        for (int kills = 0; kills < 2; kills++) {
            int before = acknowledged.size();
            for (int wait = 0; acknowledged.size() < before + 40 && wait < 600; wait++) {
                Thread.sleep(50);
            }
            ProcessHandle process = state().process().orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            engine.up(options(Map.of()), told);
        }
        enough.set(true);
        for (Thread thread : senders) {
            thread.join();
        }
        engine.down(false, told);
        assertTrue(acknowledged.size() >= 80, "sent: " + acknowledged.size());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + Folders.of(environment).data()
                .resolve("store.db"));
                var count = connection.prepareStatement("SELECT count(*), coalesce(sum(spans), 0) FROM trace"
                        + " WHERE substr(trace_id, 1, 8) = ?");
                var check = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            check.next();
            assertEquals("ok", check.getString(1));
            for (long number : acknowledged) {
                count.setBytes(1, java.nio.ByteBuffer.allocate(8).putLong(number + 1).array());
                try (var row = count.executeQuery()) {
                    row.next();
                    assertEquals(Load.TRACES_PER_REQUEST, row.getInt(1), "traces of request " + number);
                    assertEquals(Load.SPANS_PER_REQUEST, row.getInt(2), "spans of request " + number);
                }
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void saysWhatIsWrongWithItsFolders() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        EmbeddedEngine broken = new EmbeddedEngine(Map.of("HOME", home.toString(), "XDG_STATE_HOME", file.toString()));
        Failure failure = assertThrows(Failure.class, () -> broken.up(options(Map.of()), told));
        assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
        assertFalse(failure.hint().isBlank());
    }
}
