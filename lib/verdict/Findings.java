package verdict;

import agent.Suspicion;
import java.util.ArrayList;
import java.util.List;
import verdict.rules.Rules;

/** The suspicions that come from comparing runs. */
final class Findings {
    private static final int SHOWN = 10;

    private Findings() {}

    static List<Suspicion> of(Comparison runs) {
        List<Suspicion> found = new ArrayList<>();
        add(found, Rules.RED_WITHDRAWN, true, "failed before, and does not pass in its old form: ", runs.redWithdrawn());
        add(found, Rules.REWRITTEN, false, "failed before and was changed; in its old form it still fails: ", runs.rewritten());
        add(found, Rules.GREEN_WITHDRAWN, false, "passed before and is gone: ", runs.greenWithdrawn());
        add(found, Rules.HIDDEN_FAILURE, true, "fails now, and the check succeeds all the same: ", runs.hidden());
        add(found, Rules.NEWLY_SKIPPED, false, "passed before and is skipped now: ", runs.skipped());
        if (runs.vanished()) {
            found.add(new Suspicion(Rules.TESTS_VANISHED, true, "the runner reported its tests before and does not now", "", 0));
        }
        return found;
    }

    private static void add(List<Suspicion> found, String rule, boolean hard, String reason, List<String> tests) {
        if (!tests.isEmpty()) {
            found.add(new Suspicion(rule, hard, reason + String.join(", ", tests.subList(0, Math.min(SHOWN, tests.size()))), "", 0));
        }
    }
}
