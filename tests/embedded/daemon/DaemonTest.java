package embedded.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import contract.ExitCode;
import contract.Failure;
import contract.FallenEngine;
import embedded.daemon.DaemonSettings.PortName;
import embedded.intake.Load;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.Progress;
import services.ServiceStatus;
import services.StackOptions;

/** The life of the background JVM, as the commands of {@code stack} lead it. */
class DaemonTest {
    @TempDir
    Path home;
    private EmbeddedEngine engine;
    private Map<String, String> environment;
    private final Told told = new Told();

    /** Writes down what a person would be told. */
    private static final class Told implements Progress {
        private final List<String> actions = new CopyOnWriteArrayList<>();
        private final List<String> warnings = new CopyOnWriteArrayList<>();

        @Override
        public void step(String service, String what) {}

        @Override
        public void ready(String service, Duration took) {}

        @Override
        public void action(String service, String action, String cause) {
            actions.add(action + ": " + cause);
        }

        @Override
        public void warn(String text) {
            warnings.add(text);
        }
    }

    @BeforeEach
    void prepare() {
        environment = Map.of("HOME", home.toString());
        engine = new EmbeddedEngine(environment);
    }

    @AfterEach
    void end() throws Exception {
        engine.down(true, Progress.silent());
    }

    static StackOptions options(Map<String, Integer> ports) {
        Map<String, Integer> all = new HashMap<>();
        for (PortName name : PortName.values()) {
            all.put(name.key, 0);
        }
        all.putAll(ports);
        return chosen(all).build();
    }

    private static StackOptions.Builder chosen(Map<String, Integer> ports) {
        return StackOptions.builder().ports(ports).patience(Duration.ofSeconds(60));
    }

    private DaemonState state() throws IOException {
        return DaemonState.read(Folders.of(environment).daemon()).orElseThrow();
    }

    private int port(PortName name) throws IOException {
        return state().settings().port(name);
    }

    @Test
    void startsIsFoundAgainAndStops() throws Exception {
        assertEquals(ServiceStatus.State.ABSENT, engine.status().get(0).state());
        ServiceStatus status = engine.up(options(Map.of()), told).get(0);
        assertEquals(ServiceStatus.State.READY, status.state());
        assertEquals(List.of("OTLP gRPC", "OTLP/HTTP", "Prometheus text", "page"), List.copyOf(status.urls().keySet()));
        long pid = state().pid();
        // another shell
        EmbeddedEngine other = new EmbeddedEngine(environment);
        assertEquals(status, other.status().get(0));
        assertEquals(status, other.up(options(Map.of()), told).get(0), "nothing to do");
        assertEquals(pid, state().pid());
        assertTrue(told.actions.get(told.actions.size() - 1).startsWith("keep"), told.actions.toString());
        List<String> lines = new ArrayList<>();
        other.logs(List.of(), 10, false, line -> lines.add(line.text()));
        assertTrue(lines.get(0).contains("ready"), lines.toString());
        assertTrue(other.data().stream().anyMatch(file -> file.endsWith("store.db")), other.data().toString());

        other.down(false, told);
        assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
        assertEquals(ServiceStatus.State.STOPPED, other.status().get(0).state());
        assertTrue(Files.exists(Folders.of(environment).data().resolve("store.db")), "data is kept");
        other.down(false, told); // nothing to stop is no error

        other.down(true, told);
        assertFalse(Files.exists(Folders.of(environment).data()));
        assertFalse(Files.exists(Folders.of(environment).state()));
        assertEquals(ServiceStatus.State.ABSENT, other.status().get(0).state());
    }

    /** XDG_STATE_HOME and XDG_DATA_HOME may name the same folder: its files must have names of their own. */
    @Test
    void stateAndDataMayShareAFolder() throws Exception {
        Map<String, String> shared = new HashMap<>(environment);
        shared.put("XDG_STATE_HOME", home.resolve("both").toString());
        shared.put("XDG_DATA_HOME", home.resolve("both").toString());
        assertEquals(Folders.of(shared).state(), Folders.of(shared).data());
        EmbeddedEngine one = new EmbeddedEngine(shared);
        try {
            assertEquals(ServiceStatus.State.READY, one.up(options(Map.of()), told).get(0).state());
            one.down(false, told);
            assertTrue(Files.exists(Folders.of(shared).data().resolve("store.db")), "data is kept");
            assertEquals(ServiceStatus.State.READY, one.up(options(Map.of()), told).get(0).state());
        } finally {
            one.down(true, told);
        }
    }

    @Test
    void belongsToNoTerminal() throws Exception {
        engine.up(options(Map.of()), told);
        Path stat = Path.of("/proc/" + state().pid() + "/stat");
        assumeTrue(Files.exists(stat), "sessions are looked up in /proc");
        String[] fields = Files.readString(stat).replaceAll("^.*\\) ", "").split(" ");
        assertEquals(Long.toString(state().pid()), fields[3], "a session of its own");
        assertEquals("0", fields[4], "no terminal");
    }

    @Test
    void twoAtOnceStartOne() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        Callable<Integer> up = () -> {
            new EmbeddedEngine(environment).up(options(Map.of()), Progress.silent());
            return (int) state().pid();
        };
        List<Integer> pids = new ArrayList<>();
        for (Future<Integer> one : pool.invokeAll(List.of(up, up, up))) {
            pids.add(one.get());
        }
        pool.shutdown();
        assertEquals(1, pids.stream().distinct().count(), pids.toString());
    }

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
    void restartsForOtherSettingsAndDoesNothingInADryRun() throws Exception {
        engine.up(options(Map.of()), told);
        long pid = state().pid();
        StackOptions.Builder month = chosen(options(Map.of()).ports()).retention(Optional.of(Duration.ofDays(30)));
        StackOptions longer = month.build();
        StackOptions dry = month.dryRun(true).build();
        engine.up(dry, told);
        assertEquals(pid, state().pid());
        engine.up(longer, told);
        assertFalse(pid == state().pid());
        assertEquals(Duration.ofDays(30), state().settings().retention());
    }

    @Test
    void takesPortsFromTheEnvironmentAndKeepsThemInARestart() throws Exception {
        Map<String, String> variables = new HashMap<>(environment);
        // Held at once, so that no two are the same.
        try (ServerSocket one = new ServerSocket(0); ServerSocket two = new ServerSocket(0);
                ServerSocket three = new ServerSocket(0); ServerSocket four = new ServerSocket(0)) {
            variables.put("AGENTPROXY_STACK_PORT_OTLP_GRPC", Integer.toString(one.getLocalPort()));
            variables.put("AGENTPROXY_STACK_PORT_OTLP_HTTP", Integer.toString(two.getLocalPort()));
            variables.put("AGENTPROXY_STACK_PORT_METRICS", Integer.toString(three.getLocalPort()));
            variables.put("AGENTPROXY_STACK_PORT_GRAFANA", Integer.toString(four.getLocalPort()));
        }
        EmbeddedEngine configured = new EmbeddedEngine(variables);
        Map<String, String> urls = configured.up(StackOptions.defaults(), told).get(0).urls();
        assertEquals("http://127.0.0.1:" + variables.get("AGENTPROXY_STACK_PORT_OTLP_GRPC"), urls.get("OTLP gRPC"));
        // Whoever restarts it need not have the variables.
        assertEquals(urls, engine.restart(List.of(), StackOptions.defaults(), told).get(0).urls());

        variables.put("AGENTPROXY_STACK_PORT_METRICS", "many");
        Failure failure = assertThrows(Failure.class, () -> new EmbeddedEngine(variables).up(StackOptions.defaults(), told));
        assertEquals(ExitCode.USAGE, failure.exitCode());
        assertTrue(failure.getMessage().contains("AGENTPROXY_STACK_PORT_METRICS is 'many'"), failure.getMessage());
    }

    @Test
    void tellsAStalePidFromAForeignProcess() throws Exception {
        engine.up(options(Map.of()), told);
        DaemonState real = state();
        real.process().orElseThrow().destroyForcibly();
        real.process().ifPresent(process -> process.onExit().join());
        assertEquals(ServiceStatus.State.STOPPED, engine.status().get(0).state());
        // The number belongs to somebody else now: here, to this very process.
        new DaemonState(ProcessHandle.current().pid(), Instant.EPOCH, real.token(), real.version(), real.settings(),
                List.of())
                .write(Folders.of(environment).daemon());
        assertEquals(ServiceStatus.State.STOPPED, engine.status().get(0).state());
        engine.down(false, told); // must not end us
        assertEquals(ServiceStatus.State.READY, engine.up(options(Map.of()), told).get(0).state());
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
            Instant started = handle.info().startInstant().orElseThrow();
            handle.destroyForcibly();
            while (!Files.readString(Path.of("/proc/" + child + "/stat")).contains(") Z ")) {
                Thread.onSpinWait();
            }
            assertTrue(handle.isAlive(), "Java calls it alive");
            ProcessHandle daemon = real.process().orElseThrow();
            daemon.destroyForcibly();
            daemon.onExit().join();
            new DaemonState(child, started, real.token(), real.version(), real.settings(), List.of())
                    .write(Folders.of(environment).daemon());
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
        StackOptions impatient = chosen(options(Map.of()).ports()).patience(Duration.ofSeconds(1)).dryRun(true).build();
        engine.up(impatient, told); // a dry run only says it
        assertEquals("restart: it does not answer", told.actions.get(told.actions.size() - 1));
        assertTrue(FallenEngine.lives(hung.process().orElseThrow()));
        new ProcessBuilder("kill", "-CONT", Long.toString(hung.pid())).start().waitFor();
        assertEquals(ServiceStatus.State.READY, engine.up(options(Map.of()), told).get(0).state());
        assertEquals(hung.pid(), state().pid(), "it answers again");
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

    @Test
    void warnsWhenEverybodyCanReachIt() throws Exception {
        StackOptions open = chosen(options(Map.of()).ports()).bind("0.0.0.0").dryRun(true).build();
        engine.up(open, told);
        assertTrue(told.warnings.get(0).contains("no login"), told.warnings.toString());
    }

    @Test
    void leavesNothingReadableByOthers() throws Exception {
        engine.up(options(Map.of()), told);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String permissions =
                        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                boolean empty = Files.size(file) == 0;
                assertTrue(empty || permissions.endsWith("------"), file + " " + permissions);
            }
        }
        for (Path folder : List.of(Folders.of(environment).data(), Folders.of(environment).state())) {
            assertEquals("rwx------",
                    java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
    }
}
