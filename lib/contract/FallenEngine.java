package contract;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is left of an embedded engine that did not end in order. Its state file says where it listened and which process it was,
 * so that whoever does not reach it can say why: {@code stack}, and {@code pa} with its telemetry. Nothing is started here.
 */
public final class FallenEngine {
    /** Keys of the state file; the others are the daemon's own business. */
    public static final String PID = "pid";
    public static final String STARTED = "started";
    public static final String PORT_PREFIX = "port.";
    /** Below {@link StateFolders#state}: the engine's own state. */
    public static final String FOLDER = "embedded";
    /** There while it runs, and after it was killed. */
    public static final String STATE_FILE = "daemon.properties";
    /** What the JVM itself says before, or instead of, logging. */
    public static final String CONSOLE_FILE = "embedded.console.log";

    /** Clocks of {@code /proc} tick in hundredths; two readings of one process differ by less than this. */
    private static final long SAME_START_MILLIS = 1500;
    private static final List<String> OTLP_PORTS = List.of("otlp-grpc", "otlp-http");

    private FallenEngine() {}

    /**
     * A sentence for somebody who got no answer from this endpoint; empty when it was not the embedded engine's, when that still
     * runs, and when it was stopped in order.
     */
    public static Optional<String> at(String endpoint, Map<String, String> environment) {
        // Sessions may be kept elsewhere than where the engine was started.
        Map<String, String> usual = new TreeMap<>(environment);
        usual.remove(Variables.STATE_DIR);
        return Stream.of(environment, usual).map(StateFolders::state).distinct()
                .flatMap(state -> fallen(state.resolve(FOLDER), endpoint).stream()).findFirst();
    }

    /** Whether one runs, or ended without stopping in order: its state file is there. */
    public static boolean isLeft(Map<String, String> environment) {
        return Files.exists(StateFolders.state(environment).resolve(FOLDER).resolve(STATE_FILE));
    }

    private static Optional<String> fallen(Path folder, String endpoint) {
        Properties state = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(STATE_FILE))) {
            state.load(reader);
            URI uri = URI.create(endpoint);
            boolean its = OTLP_PORTS.stream().anyMatch(name -> Integer.toString(uri.getPort()).equals(
                    state.getProperty(PORT_PREFIX + name))) && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
            long pid = Long.parseLong(state.getProperty(PID));
            return its && process(pid, Instant.parse(state.getProperty(STARTED))).isEmpty()
                    ? Optional.of("the embedded engine that listened there did not stop in order: "
                            + death(folder.resolve(CONSOLE_FILE), pid) + "; 'stack up' starts it again") : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty(); // not of this machine
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // there is none, or its file is of another version: nothing is known
        }
    }

    /**
     * A process, if it is still the one that began then: numbers are given again. What is left of one that has ended does not
     * count.
     */
    public static Optional<ProcessHandle> process(long pid, Instant started) {
        return ProcessHandle.of(pid).filter(FallenEngine::lives).filter(process -> process.info().startInstant()
                .map(start -> Math.abs(start.toEpochMilli() - started.toEpochMilli()) < SAME_START_MILLIS).orElse(true));
    }

    /**
     * Whether a process still runs. Java also calls one alive that has ended and that its parent has not asked about: in a
     * container without an init nobody ever asks. While threads of it remain it may still hold ports and locks, and counts.
     */
    public static boolean lives(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path entry = Path.of("/proc", Long.toString(process.pid()));
        try {
            String stat = Files.readString(entry.resolve("stat"));
            // The name stands in parentheses and may hold any character; the state is the letter behind them.
            boolean ended = "ZXx".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
            return !ended || threads(entry) > 1;
        } catch (NoSuchFileException e) {
            return !Files.isDirectory(Path.of("/proc/self"));
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return process.isAlive(); // no Linux, or it ended while we looked
        }
    }

    private static long threads(Path process) throws IOException {
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            return threads.count();
        }
    }

    /** How a process ended that had no time to say so itself, as far as its JVM has said it. */
    public static String death(Path console, long pid) {
        String killed = "it was killed (pid " + pid + ")";
        try (Stream<String> lines = Files.lines(console)) {
            return lines.filter(line -> line.startsWith("Terminating due to") || line.startsWith("# A fatal error"))
                    .findFirst().map(line -> "it died (pid " + pid + "): " + line.replaceFirst("^# ", ""))
                    .orElse(killed);
        } catch (IOException | UncheckedIOException e) {
            return killed;
        }
    }
}
