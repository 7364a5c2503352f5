package claude;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import workers.WorkerLimits;

/**
 * The settings for running Claude Code.
 *
 * @param command the program, a path or a name on the PATH, with its first arguments
 * @param directory the working directory, absolute
 * @param environment the base of the child's environment; PA's own secrets are removed
 * @param permissionMode as {@code --permission-mode} takes it
 * @param maxTurns of one round
 * @param allowedCommand the exact command line that may be run, whatever the permission mode is
 * @param settingSources as {@code --setting-sources} takes it; if empty, Claude Code decides
 */
public record ClaudeOptions(List<String> command, Path directory, Map<String, String> environment, String permissionMode,
        OptionalInt maxTurns, WorkerLimits limits, Optional<String> allowedCommand, Optional<String> settingSources) {
    /** The name under which Claude Code is installed. */
    public static final String PROGRAM = "claude";
    /** Edits inside the working directory are allowed; other tools only if the settings allow them. */
    public static final String DEFAULT_PERMISSION_MODE = "acceptEdits";

    /** The defaults: {@code CLAUDE_BIN} or {@code claude}, and Claude Code's own model. */
    public static ClaudeOptions defaults(Path directory, Map<String, String> environment, WorkerLimits limits) {
        return new ClaudeOptions(List.of(ClaudeProgram.name(environment)), directory, environment,
                DEFAULT_PERMISSION_MODE, OptionalInt.empty(), limits, Optional.empty(), Optional.empty());
    }

    public ClaudeOptions withCommand(List<String> program) {
        return new ClaudeOptions(program, directory, environment, permissionMode, maxTurns, limits, allowedCommand, settingSources);
    }

    public ClaudeOptions withEnvironment(Map<String, String> variables) {
        return new ClaudeOptions(command, directory, variables, permissionMode, maxTurns, limits, allowedCommand, settingSources);
    }

    public ClaudeOptions withPermissionMode(String mode) {
        return new ClaudeOptions(command, directory, environment, mode, maxTurns, limits, allowedCommand, settingSources);
    }

    public ClaudeOptions withMaxTurns(OptionalInt turns) {
        return new ClaudeOptions(command, directory, environment, permissionMode, turns, limits, allowedCommand, settingSources);
    }

    public ClaudeOptions allowing(String commandLine) {
        return new ClaudeOptions(command, directory, environment, permissionMode, maxTurns, limits, Optional.of(commandLine),
                settingSources);
    }

    public ClaudeOptions withSettingSources(String sources) {
        return new ClaudeOptions(command, directory, environment, permissionMode, maxTurns, limits, allowedCommand,
                Optional.of(sources));
    }
}
