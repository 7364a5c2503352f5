package checks;

import java.util.List;
import java.util.Optional;
import process.Completed;

/**
 * A test runner whose words are understood well enough to tell a success from a run in which nothing was tested, and a
 * failure from a runner that is not installed. Both are skipped, not passed: a check that did not happen proves nothing.
 */
public interface TestRunner {
    /** One of which nothing is known but its exit code. */
    TestRunner UNKNOWN = run -> Optional.empty();

    /** Why a run proves nothing although it may have succeeded. */
    Optional<String> testedNothing(Completed run);

    /** Why a run failed without being a verdict on the work. */
    default Optional<String> isMissing(Completed run) {
        return Optional.empty();
    }

    /** The runner that a command starts, as far as its words tell. */
    static TestRunner of(List<String> words) {
        String program = Names.of(words.get(0));
        List<String> arguments = words.subList(1, words.size());
        if (program.equals("sh")) {
            return arguments.isEmpty() || arguments.get(0).startsWith("-") ? UNKNOWN : of(arguments);
        }
        return Ecosystems.all().stream().flatMap(kind -> kind.runner(program, arguments).stream()).findFirst().orElse(UNKNOWN);
    }
}
