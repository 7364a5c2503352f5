package checks;

import checks.TestReport.Result;
import java.util.Map;

/** Makes ids from names of tests. Tests with the same name get different ids by their order. */
final class TestIds {
    private TestIds() {}

    static void add(Map<String, Result> results, String id, Result result) {
        String free = id;
        for (int i = 2; results.containsKey(free); i++) {
            free = id + "#" + i;
        }
        results.put(free, result);
    }

    /** The id of the test that was added last under {@code id}. */
    static String latest(Map<String, Result> results, String id) {
        String latest = id;
        for (int i = 2; results.containsKey(id + "#" + i); i++) {
            latest = id + "#" + i;
        }
        return latest;
    }
}
