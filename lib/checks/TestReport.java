package checks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A test runner's report of one run.
 *
 * @param results by the test's id; empty where the runner names no tests
 * @param total the number of tests, if the runner reports it
 * @param failed the number of failed tests, and {@code skipped} the number of skipped ones
 */
public record TestReport(Map<String, Result> results, OptionalInt total, int failed, int skipped) {
    /** For a runner that reported no tests, only an exit code. */
    public static final TestReport NONE = new TestReport(Map.of(), OptionalInt.empty(), 0, 0);

    /** The result of one test. */
    public enum Result { PASS, FAIL, SKIP }

    /** From the tests' ids. */
    public static TestReport of(Map<String, Result> results) {
        int failed = (int) results.values().stream().filter(Result.FAIL::equals).count();
        int skipped = (int) results.values().stream().filter(Result.SKIP::equals).count();
        return new TestReport(new LinkedHashMap<>(results), OptionalInt.of(results.size()), failed, skipped);
    }

    /** From figures alone. */
    public static TestReport counted(int total, int failed, int skipped) {
        return new TestReport(Map.of(), OptionalInt.of(total), failed, skipped);
    }

    public boolean named() {
        return !results.isEmpty();
    }

    public boolean counts() {
        return total.isPresent();
    }
}
