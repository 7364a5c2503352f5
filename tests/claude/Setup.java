package claude;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import workers.WorkerLimits;
import workers.WorkerSetup;

/** Claude Code's options for a test; options that the test does not set have their defaults. */
public final class Setup {
    private final Path directory;
    private final WorkerLimits limits;
    private Map<String, String> environment;
    private Optional<List<String>> command = Optional.empty();
    private Optional<String> permissionMode = Optional.empty();
    private OptionalInt maxTurns = OptionalInt.empty();
    private Optional<String> check = Optional.empty();
    private Optional<String> settingSources = Optional.empty();

    public Setup(Path directory, Map<String, String> environment, WorkerLimits limits) {
        this.directory = directory;
        this.environment = environment;
        this.limits = limits;
    }

    public Setup command(List<String> words) {
        command = Optional.of(words);
        return this;
    }

    Setup environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    Setup permissionMode(String mode) {
        permissionMode = Optional.of(mode);
        return this;
    }

    Setup maxTurns(int turns) {
        maxTurns = OptionalInt.of(turns);
        return this;
    }

    Setup allowing(String commandLine) {
        check = Optional.of(commandLine);
        return this;
    }

    Setup settingSources(String sources) {
        settingSources = Optional.of(sources);
        return this;
    }

    public ClaudeOptions options() {
        return ClaudeOptions.of(new WorkerSetup(directory, environment, limits, command, permissionMode, maxTurns, check,
                settingSources));
    }
}
