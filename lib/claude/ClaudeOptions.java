package claude;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import workers.WorkerLimits;
import workers.WorkerSetup;

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
    static final String PROGRAM = "claude";
    /** Edits inside the working directory are allowed; other tools only if the settings allow them. */
    private static final String DEFAULT_PERMISSION_MODE = "acceptEdits";

    /** {@code CLAUDE_BIN} or {@code claude}, when nothing stands in for it, and Claude Code's own model. */
    public static ClaudeOptions of(WorkerSetup setup) {
        String mode = setup.permissionMode().orElse(DEFAULT_PERMISSION_MODE);
        return new ClaudeOptions(setup.standIn().orElse(List.of(ClaudeProgram.name(setup.environment()))), setup.directory(),
                setup.environment(), mode, setup.maxTurns(), setup.limits(),
                setup.allowedCheck().filter(check -> !mode.equals("plan")), setup.settingSources());
    }
}
