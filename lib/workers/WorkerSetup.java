package workers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a worker can be made of. A worker takes what it has a use for.
 *
 * @param directory the working directory, absolute
 * @param environment what the child's is made of; PA's own secrets are taken out
 * @param standIn the program to run in the place of the worker's own, and what stands before its arguments
 * @param permissionMode in the worker's own words; empty leaves it to the worker's package
 * @param maxTurns of one round
 * @param allowedCheck the check's command line, exactly, which the worker may run without being denied
 * @param settingSources which of its own settings the worker is to read, in its own words; empty leaves it to the worker
 */
public record WorkerSetup(Path directory, Map<String, String> environment, WorkerLimits limits,
        Optional<List<String>> standIn, Optional<String> permissionMode, OptionalInt maxTurns,
        Optional<String> allowedCheck, Optional<String> settingSources) {}
