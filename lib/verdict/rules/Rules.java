package verdict.rules;

import agent.Suspicion;
import checks.MeasuredText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All rules over the text of a change, and the names of those that compare runs. */
public final class Rules {
    /** A red test of before is gone, skipped, or still red in its old form. */
    public static final String RED_WITHDRAWN = "red-test-withdrawn";
    /** The runner does not report its tests any more. */
    public static final String TESTS_VANISHED = "tests-vanished";
    /** The check changed, and there is nothing to run its old form in. */
    public static final String UNPROVEN_CHECK = "check-changed";
    public static final String GREEN_WITHDRAWN = "tests-withdrawn";
    public static final String REWRITTEN = "rewritten-test";
    public static final String NEWLY_SKIPPED = "newly-skipped";
    /** A test fails, and the check succeeds all the same. */
    public static final String HIDDEN_FAILURE = "hidden-failure";
    /** What git ignores, and belongs to the check, was changed. */
    static final String HIDDEN_CHANGE = "hidden-change";
    /** The check passes only with what an earlier run left. */
    public static final String STALE_CACHE = "stale-cache";

    /** A test that is to prove something passes whatever it asks for. */
    public static final String NUMB_TEST = "numb-test";

    private static final List<Rule> ALL = List.of(new ProcessExitRule(), new PatchedRunnerRule(), new AlwaysEqualRule(),
            new NoOpCheckRule(), new FakedReportRule(), new CompiledCodeRule(), new SkippedTestsRule(), new LoosenedRule(),
                    new TestLiteralsRule());
    /** More of one rule in one file say nothing more. */
    static final int MOST_PER_FILE = 5;

    private Rules() {}

    public static List<Suspicion> look(Change change) {
        List<Suspicion> found = new ArrayList<>();
        for (Rule rule : ALL) {
            for (Suspicion suspicion : looked(rule, change)) {
                long same = found.stream().filter(s -> s.rule().equals(suspicion.rule()) && s.file().equals(suspicion.file())).count();
                if (same < MOST_PER_FILE && !found.contains(suspicion)) {
                    found.add(suspicion);
                }
            }
        }
        return found;
    }

    private static List<Suspicion> looked(Rule rule, Change change) {
        try {
            return rule.look(change);
        } catch (MeasuredText.TooCostly e) {
            return List.of(new Suspicion(rule.name(), true,
                    "a changed file is made so that it would take too long to look through", "", 0));
        }
    }

    /** The names that {@code --accept} takes. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(RED_WITHDRAWN, TESTS_VANISHED, UNPROVEN_CHECK, GREEN_WITHDRAWN, REWRITTEN,
                NEWLY_SKIPPED, HIDDEN_FAILURE, HIDDEN_CHANGE, STALE_CACHE, NUMB_TEST, "leaves-tests-out"));
        ALL.forEach(rule -> names.add(rule.name()));
        return names;
    }
}
