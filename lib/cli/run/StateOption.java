package cli.run;

import console.Console;
import contract.Failure;
import contract.Variables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** {@code --state-dir}: the same for every command that uses sessions. */
public final class StateOption {
    @Option(names = "--state-dir", paramLabel = "DIR", description = "The folder for sessions and unsent telemetry "
            + "(default: AGENTPROXY_STATE_DIR, or agentproxy in XDG_STATE_HOME).")
    Optional<Path> folder = Optional.empty();

    /** The environment with this folder, for every part of PA. */
    public Map<String, String> in(Map<String, String> environment, Console console) {
        folder.filter(path -> path.toString().isEmpty()).ifPresent(path -> {
            throw Failure.usage("--state-dir is empty", "give it a folder");
        });
        if (folder.isEmpty()) {
            return environment;
        }
        Map<String, String> changed = new TreeMap<>(environment);
        Path place = folder.get().toAbsolutePath().normalize();
        console.stateFolder(place);
        changed.put(Variables.STATE_DIR, place.toString());
        return Map.copyOf(changed);
    }
}
