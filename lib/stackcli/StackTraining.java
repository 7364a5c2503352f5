package stackcli;

import console.ClassTraining;
import console.Console;
import containers.TrainingEngine;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The usual commands of {@code stack} for the class archive; see {@link ClassTraining}. The engine is a stand-in. */
final class StackTraining {
    private static final List<List<String>> COMMANDS = List.of(List.of("--help"), List.of("no-such-verb"),
            List.of("status", "--no-such-option"), List.of("status"), List.of("status", "--json"), List.of("up"),
            List.of("env"),
            // Reads the stack with Testcontainers' client, as every command does that changes something.
            List.of("up", "--dry-run"), List.of("status", "--engine", "embedded"));

    private StackTraining() {}

    public static void main(String... arguments) throws IOException {
        try (TrainingEngine engine = TrainingEngine.at(Path.of("engine.sock").toAbsolutePath())) {
            Map<String, String> environment = new HashMap<>(System.getenv());
            environment.putAll(engine.environment());
            // A real start calls this first; it prints nothing by itself.
            Console.system(environment);
            ClassTraining.run("stack", console -> StackCli.withBothEngines(console, environment)::run, COMMANDS);
            // The first start, and the end.
            engine.empty();
            ClassTraining.run("stack", console -> StackCli.withBothEngines(console, environment)::run,
                    List.of(List.of("up"), List.of("down")));
            // A machine with an engine that does not answer, and with the usual folders.
            environment.put("DOCKER_HOST", "unix://" + Path.of("nobody.sock").toAbsolutePath());
            ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of("nobody.sock")).close();
            environment.keySet().removeIf(name -> name.startsWith("XDG_"));
            ClassTraining.run("stack", console -> StackCli.withBothEngines(console, environment)::run,
                    List.of(List.of("status"), List.of("status", "--engine", "docker")));
        }
        System.exit(0);
    }
}
