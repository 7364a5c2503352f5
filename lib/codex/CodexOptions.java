package codex;

import contract.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workers.WorkerLimits;
import workers.WorkerSetup;

/**
 * The settings for running Codex.
 *
 * @param command the program, a path or a name on the PATH, with its first arguments
 * @param directory the working directory, absolute
 * @param environment the base of the child's environment; PA's own secrets are removed
 * @param sandbox as {@code --sandbox} takes it
 * @param arguments further arguments of {@code codex exec}, before the prompt
 */
record CodexOptions(List<String> command, Path directory, Map<String, String> environment, String sandbox, WorkerLimits limits,
        List<String> arguments) {
    static final String PROGRAM = "codex";
    /** Names the program, as {@code CLAUDE_BIN} does for Claude Code. */
    static final String VARIABLE = "CODEX_BIN";
    private static final Set<String> SANDBOXES = Set.of("read-only", "workspace-write", "danger-full-access");

    static CodexOptions of(WorkerSetup setup) {
        String configured = setup.environment().getOrDefault(VARIABLE, "");
        List<String> program = setup.standIn().orElse(List.of(configured.isBlank() ? PROGRAM : configured));
        return new CodexOptions(program, setup.directory(), setup.environment(),
                sandbox(setup.permissionMode().orElse("acceptEdits")), setup.limits(), List.of());
    }

    /** Codex's own mode names, or the closest mode to Claude Code's name. {@code codex exec} never asks, whatever the mode is. */
    private static String sandbox(String mode) {
        return switch (mode) {
            case "plan" -> "read-only";
            case "bypassPermissions" -> "danger-full-access";
            case "acceptEdits", "default", "manual", "dontAsk", "auto" -> "workspace-write";
            default -> {
                if (!SANDBOXES.contains(mode)) {
                    throw Failure.usage("Codex has no permission mode '" + mode + "'",
                            "use one of read-only, workspace-write, danger-full-access");
                }
                yield mode;
            }
        };
    }
}
