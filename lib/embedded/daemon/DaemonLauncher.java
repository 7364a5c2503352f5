package embedded.daemon;

import console.Format;
import console.ProgramName;
import contract.ExitCode;
import contract.Failure;
import contract.Variables;
import embedded.Log;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Starts the background JVM with the class path of this one, detached from the terminal, and waits until it serves or says
 * why it does not.
 */
record DaemonLauncher(Folders folders) {
    private static final long POLL_MILLIS = 15;
    /** How often it is looked what it says; a usual start is over before the first look. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /**
     * A small process that starts fast: one compiler, one collector, and memory that goes back when it is not needed. The
     * optimising compiler stays on, since a long-lived receiver gains from it.
     */
    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xms48m", "-Xmn32m", "-Xmx512m",
            "-Xss512k", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40", "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:CICompilerCount=2", "-Xshare:auto", "-Dfile.encoding=UTF-8", "-Djava.awt.headless=true",
            "-Dvertx.logger-delegate-factory-class-name=io.vertx.core.logging.JULLogDelegateFactory",
            "-Dio.netty.allocator.numDirectArenas=2", "-Dio.netty.allocator.numHeapArenas=2",
            "--enable-native-access=ALL-UNNAMED");
    /** Where glibc is the C library: fewer arenas that each keep what was freed. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");
    /** What the JVM would print on its own start, or load into it, is for the launching program. */
    private static final Set<String> NOT_INHERITED = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /**
     * Whoever is interrupted meanwhile leaves no process behind.
     *
     * @param saying told what it says meanwhile, when that takes longer than usual
     * @throws Failure with the daemon's own reason; or {@link ExitCode#NOT_READY} when it does not serve in time, and it is
     *     ended then
     */
    DaemonState start(DaemonSettings settings, Duration patience, Consumer<String> saying) throws IOException,
            InterruptedException {
        String token = UUID.randomUUID().toString();
        Properties wanted = new Properties();
        settings.writeTo(wanted);
        wanted.setProperty(Daemon.TOKEN, token);
        DaemonState.store(wanted, folders.wanted());
        Files.deleteIfExists(folders.failure());
        NewestLine log = new NewestLine(Log.file(folders.state()));
        Process process = launch();
        try {
            return await(process, token, log, patience, saying);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        } catch (ClosedByInterruptException e) {
            // Interrupted while a file was read.
            process.destroyForcibly();
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }

    private DaemonState await(Process process, String token, NewestLine log, Duration patience, Consumer<String> saying)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long nextLook = System.nanoTime() + LOOK.toNanos();
        while (true) {
            Optional<DaemonState> state = DaemonState.read(folders.daemon()).filter(found -> found.token().equals(token));
            if (state.isPresent()) {
                return state.get();
            }
            if (!process.isAlive()) {
                throw failure(token, process.exitValue());
            }
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new Failure("the engine was not ready after " + Format.duration(patience)
                        + log.text().map(last -> "; the last that it said: " + last).orElse(""),
                        "give it more time: stack up --wait 10m, or look at all that it said: " + Log.file(folders.state()),
                        ExitCode.NOT_READY);
            }
            if (System.nanoTime() > nextLook) {
                log.text().ifPresent(saying);
                nextLook += LOOK.toNanos();
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(detaching());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.addAll(Daemon.mainAndArguments(folders.state()));
        Files.deleteIfExists(folders.console());
        Files.createFile(folders.console(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folders.state().toFile()) // a folder that may be unmounted or deleted is not held
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folders.console().toFile()));
        builder.environment().putAll(ENVIRONMENT);
        // Its page prints commands, which are pasted in any folder.
        builder.environment().put(Variables.PROGRAM_FORM, ProgramName.anywhere(System.getenv()));
        builder.environment().keySet().removeAll(NOT_INHERITED);
        return builder.start();
    }

    /** {@code setsid} gives it a session of its own; without it, {@code nohup} at least lets it survive the terminal. */
    private static List<String> detaching() {
        for (String tool : List.of("setsid", "nohup")) {
            for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
                Path path = Path.of(folder, tool);
                if (Files.isExecutable(path)) {
                    return List.of(path.toString());
                }
            }
        }
        return List.of();
    }

    private Failure failure(String token, int exitValue) throws IOException {
        if (Files.exists(folders.failure())) {
            Properties failure = DaemonState.load(folders.failure());
            Files.delete(folders.failure());
            if (token.equals(failure.getProperty(Daemon.TOKEN))) {
                return new Failure(failure.getProperty(Daemon.FAILURE_MESSAGE), failure.getProperty(Daemon.FAILURE_HINT),
                        Integer.parseInt(failure.getProperty(Daemon.FAILURE_EXIT_CODE)));
            }
        }
        List<String> said = Files.readAllLines(folders.console());
        String last = said.isEmpty() ? "" : ": " + said.get(said.size() - 1);
        return new Failure("the engine's JVM ended with exit code " + exitValue + last,
                "See " + folders.console() + " and " + Log.file(folders.state()), ExitCode.ERROR);
    }

    /**
     * Whether somebody starts or stops is told by a lock on a file, which ends with its holder. Such locks are of processes:
     * threads of this one wait for each other beside it.
     */
    <T> T locked(Locked<T> work) throws IOException, InterruptedException {
        synchronized (DaemonLauncher.class) {
            try (var channel = FileChannel.open(folders.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("lost the lock on " + folders.lock());
                }
                return work.run();
            }
        }
    }

    /** What is done while no other start or stop is. */
    @FunctionalInterface
    interface Locked<T> {
        T run() throws IOException, InterruptedException;
    }
}
