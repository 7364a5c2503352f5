package checks;

import java.util.List;
import java.util.Optional;
import process.Completed;

/**
 * A test runner with output that PA understands. So PA can tell a success from a run that tested nothing, and a failure from a runner
 * that is not installed. Both count as skipped, not as passed: a check that did not happen proves nothing.
 */
public interface TestRunner {
    /** An unknown runner: only its exit code counts. */
    TestRunner UNKNOWN = run -> Optional.empty();

    /** The reason why a run proves nothing although it may have succeeded. */
    Optional<String> testedNothing(Completed run);

    /** The reason why a failed run is no verdict on the work. */
    default Optional<String> isMissing(Completed run) {
        return Optional.empty();
    }

    /** The runner that a command starts, judged by its words. */
    static TestRunner of(List<String> words) {
        String program = Names.of(words.get(0));
        List<String> arguments = words.subList(1, words.size());
        if (program.equals("sh")) {
            return arguments.isEmpty() || arguments.get(0).startsWith("-") ? UNKNOWN : of(arguments);
        }
        return Ecosystems.all().stream().flatMap(kind -> kind.runner(program, arguments).stream()).findFirst().orElse(UNKNOWN);
    }
}
