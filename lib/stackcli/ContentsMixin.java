package stackcli;

import console.Format;
import contract.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import services.StackOptions;

/** Options for the contents of a stack on any engine. Each has an environment variable too: see settings.properties. */
final class ContentsMixin {
    private static final String CONFIG_VARIABLE = "AGENTPROXY_STACK_CONFIG_DIR";

    @Option(names = "--config-dir", paramLabel = "DIR", description = "Your own configuration, which replaces built-in files"
            + " (stack config --eject DIR makes one).")
    Optional<Path> configDir = Optional.empty();

    @Option(names = "--image", paramLabel = "SERVICE=IMAGE", description = "Another image for a service.")
    Map<String, String> images = new LinkedHashMap<>();

    @Option(names = "--retention", paramLabel = "DURATION", description = "How long to keep data, for instance 24h or 30d.")
    Optional<String> retention = Optional.empty();

    /** Beside where it is reached. */
    StackOptions.Lasting lasting(Map<String, String> environment, String bind, Map<String, Integer> ports) {
        return new StackOptions.Lasting(bind, ports, images, folder(configDir, environment),
                retention.map(r -> duration("--retention", r)));
    }

    /** The folder from the option, otherwise from the environment. */
    static Optional<Path> folder(Optional<Path> named, Map<String, String> environment) {
        return named.or(() -> Optional.ofNullable(environment.get(CONFIG_VARIABLE)).filter(f -> !f.isBlank()).map(Path::of));
    }

    static Duration duration(String option, String text) {
        return Format.parseDuration(text).orElseThrow(() -> Failure.usage(option + " " + text + ": not a duration",
                "write for instance 90s, 10m, 24h or 30d"));
    }
}
