package checks;

import checks.TestReport.Result;
import java.util.Map;

/** Names of tests as ids. Two tests with the same name are told apart by their order. */
final class TestIds {
    private TestIds() {}

    static void add(Map<String, Result> results, String id, Result result) {
        String free = id;
        for (int i = 2; results.containsKey(free); i++) {
            free = id + "#" + i;
        }
        results.put(free, result);
    }

    /** The id under which {@code id} was added last. */
    static String latest(Map<String, Result> results, String id) {
        String latest = id;
        for (int i = 2; results.containsKey(id + "#" + i); i++) {
            latest = id + "#" + i;
        }
        return latest;
    }
}
