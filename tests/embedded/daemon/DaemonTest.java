package embedded.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import contract.EngineProcess;
import contract.ExitCode;
import contract.Failure;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import services.ServiceStatus;
import services.Silent;
import services.StackOptions;
import services.TestOptions;

/** The background process: started, found again, started anew, ended. */
class DaemonTest extends DaemonLab {
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
        // Not the first line: with a loopback interface alone, Netty says before that it found no hardware address.
        assertTrue(lines.stream().anyMatch(line -> line.contains("ready")), lines.toString());
        assertTrue(other.data().stream().anyMatch(file -> file.endsWith("store.db")), other.data().toString());

        other.down(false, told);
        // It is dead; this JVM, its parent, may still have to take note of that.
        ProcessHandle.of(pid).ifPresent(left -> left.onExit().orTimeout(1, TimeUnit.MINUTES).join());
        assertEquals(ServiceStatus.State.STOPPED, other.status().get(0).state());
        assertTrue(Files.exists(Folders.of(environment).data().resolve("store.db")), "data is kept");
        other.down(false, told); // nothing to stop is no error

        other.down(true, told);
        assertFalse(Files.exists(Folders.of(environment).data()));
        assertFalse(Files.exists(Folders.of(environment).state()));
        assertEquals(ServiceStatus.State.ABSENT, other.status().get(0).state());
    }

    /** Where the engine is looked for without its classes. */
    @Test
    void itsCommandLineNamesItsClass() {
        assertEquals(EngineProcess.MAIN_CLASS, Daemon.class.getName());
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
            assertEquals(one.data().stream().distinct().toList(), one.data(), "each is named once");
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
            new EmbeddedEngine(environment).up(options(Map.of()), new Silent());
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
    void restartsForOtherSettingsAndDoesNothingInADryRun() throws Exception {
        engine.up(options(Map.of()), told);
        long pid = state().pid();
        TestOptions month = chosen(options(Map.of()).lasting().ports()).retention(Optional.of(Duration.ofDays(30)));
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
    void warnsWhenEverybodyCanReachIt() throws Exception {
        StackOptions open = chosen(options(Map.of()).lasting().ports()).bind("0.0.0.0").dryRun(true).build();
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
