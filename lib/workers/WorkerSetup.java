package workers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings for making a worker. A worker ignores those that it cannot use.
 *
 * @param directory the working directory, absolute
 * @param environment the base of the child's environment; PA's own secrets are removed
 * @param standIn the program to run instead of the worker's own, with its first arguments
 * @param permissionMode in the worker's own words; if empty, the worker's package decides
 * @param maxTurns of one round
 * @param allowedCheck the check's exact command line, which the worker may run
 * @param settingSources the worker's own settings that it shall read, in its own words; if empty, the worker decides
 */
public record WorkerSetup(Path directory, Map<String, String> environment, WorkerLimits limits,
        Optional<List<String>> standIn, Optional<String> permissionMode, OptionalInt maxTurns,
        Optional<String> allowedCheck, Optional<String> settingSources) {}
