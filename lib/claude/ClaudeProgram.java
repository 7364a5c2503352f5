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

    /** Claude Code as {@code CLAUDE_BIN} or the PATH name it, where it is there and executable. */
    public static Optional<Path> find(Map<String, String> environment) {
        return WorkerProgram.find(name(environment), environment);
    }

    /** {@code CLAUDE_BIN}, or the name under which it is installed. */
    public static String name(Map<String, String> environment) {
        String configured = environment.getOrDefault(Variables.CLAUDE_BIN, "");
        return configured.isBlank() ? ClaudeOptions.PROGRAM : configured;
    }

    /**
     * What {@code --version} says; empty when it names no version.
     *
     * @throws contract.Failure of the self-check when the program cannot be run, fails, or does not answer
     */
    public static Optional<String> version(List<String> command, Map<String, String> environment) {
        return WorkerProgram.version(command, environment, WorkerProgram.VERSION_LIMIT, HINT).map(Version::toString);
    }
}
