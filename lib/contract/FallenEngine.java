package contract;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    /** Of keys of the state file, beside {@link EngineProcess}'s; the others are the daemon's own business. */
    public static final String PORT_PREFIX = "port.";
    /** Below {@link StateFolders#state}: the engine's own state. */
    public static final String FOLDER = "embedded";
    /** There while it runs, and after it was killed. */
    public static final String STATE_FILE = "daemon.properties";
    /** What the JVM itself says before, or instead of, logging. */
    public static final String CONSOLE_FILE = "embedded.console.log";

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
            EngineProcess engine = EngineProcess.readFrom(state, folder);
            return its && engine.find().isEmpty()
                    ? Optional.of("the embedded engine that listened there did not stop in order: "
                            + death(folder.resolve(CONSOLE_FILE), engine.pid()) + "; 'stack up' starts it again") : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty(); // not of this machine
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // there is none, or its file is of another version: nothing is known
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
