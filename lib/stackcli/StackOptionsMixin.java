package stackcli;

import contract.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import services.IpAddress;
import services.StackOptions;
import services.StackPort;

/** Options of {@code up} and {@code restart}. Each has an environment variable too: see settings.properties. */
final class StackOptionsMixin {
    static final String BIND_VARIABLE = "AGENTPROXY_STACK_BIND";
    private static final int LARGEST_PORT = 65_535;

    @Mixin ContentsMixin contents;

    @Option(names = "--bind", paramLabel = "ADDR",
            description = "The address to publish ports on (default: 127.0.0.1). Everybody"
                    + " who reaches it has access without a login.")
    Optional<String> bind = Optional.empty();

    /** For the help and the shell's completion. */
    static final class PortNames extends ArrayList<String> {
        PortNames() {
            super(Arrays.stream(StackPort.values()).map(StackPort::key).toList());
        }
    }

    @Option(names = "--port", paramLabel = "NAME=NUMBER", completionCandidates = PortNames.class,
            description = "Another port: ${COMPLETION-CANDIDATES}.")
    Map<String, Integer> ports = new LinkedHashMap<>();

    @Option(names = "--wait", paramLabel = "DURATION", description = "How long to wait until all is ready (default: 2m).")
    Optional<String> wait = Optional.empty();

    /** The words in the user's spelling, for the shell's completion. */
    static final class PullWords extends ArrayList<String> {
        PullWords() {
            super(List.of("missing", "always", "never"));
        }
    }

    @Option(names = "--pull", paramLabel = "WHEN", defaultValue = "missing", completionCandidates = PullWords.class,
            description = "When to pull images: missing, always or never (default: missing).")
    StackOptions.Pull pull;

    @Option(names = "--retain", description = "Keep the containers of a failed start, to examine them.")
    boolean retain;

    StackOptions options(Map<String, String> environment, boolean dryRun) {
        ports.forEach((name, number) -> {
            if (StackPort.of(name).isEmpty() && !name.equals("page")) {
                throw Failure.usage("unknown port name: " + name, "known: " + String.join(", ", new PortNames()));
            }
            if (number < 1 || number > LARGEST_PORT) {
                throw Failure.usage("--port " + name + "=" + number + ": not a port", "use 1 to " + LARGEST_PORT);
            }
        });
        String address = bind.or(() -> Optional.ofNullable(environment.get(BIND_VARIABLE)).filter(a -> !a.isBlank()))
                .orElse(StackOptions.LOOPBACK);
        if (!IpAddress.is(address)) {
            throw Failure.usage("--bind " + address + ": not an IP address", "for instance 127.0.0.1, or 0.0.0.0 for all");
        }
        return new StackOptions(contents.lasting(environment, address, ports),
                wait.map(w -> ContentsMixin.duration("--wait", w)).orElse(StackOptions.PATIENCE), pull, retain, dryRun,
                StackOptions.Senders.NONE);
    }
}
