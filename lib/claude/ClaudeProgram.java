package claude;

import contract.Variables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workers.Version;
import workers.WorkerProgram;

/** Finds Claude Code and asks for its version. */
public final class ClaudeProgram {
    static final String HINT = "install Claude Code (npm i -g @anthropic-ai/claude-code), name it with --claude-bin"
            + " or CLAUDE_BIN, use another worker with --worker-cmd CMD, or see how it works with --rehearse";

    private ClaudeProgram() {}

    /** Claude Code from {@code CLAUDE_BIN} or the PATH, if it is there and executable. */
    public static Optional<Path> find(Map<String, String> environment) {
        return WorkerProgram.find(name(environment), environment);
    }

    /** {@code CLAUDE_BIN}, or the usual name of the program. */
    public static String name(Map<String, String> environment) {
        String configured = environment.getOrDefault(Variables.CLAUDE_BIN, "");
        return configured.isBlank() ? ClaudeOptions.PROGRAM : configured;
    }

    /**
     * The answer to {@code --version}; empty when it contains no version.
     *
     * @throws contract.Failure of the self-check when the program cannot be run, fails, or does not answer
     */
    public static Optional<String> version(List<String> command, Map<String, String> environment) {
        return WorkerProgram.version(command, environment, WorkerProgram.VERSION_LIMIT, HINT).map(Version::toString);
    }
}
