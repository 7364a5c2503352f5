package verdict;

import checks.TestReport.Result;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the runs say when they are compared test by test, or by their exit codes where a runner names no tests. Terms are
 * SWE-bench's: FAIL_TO_PASS, PASS_TO_PASS.
 *
 * @param independent failed on the old sources and pass on the new ones, in a check that is as it was
 * @param own came in the run, fail on the old sources and pass on the new ones
 * @param passToPass passed before and still do
 * @param regressed passed before and fail now
 * @param redWithdrawn failed before, and are gone, skipped, or pass in a new form only
 * @param greenWithdrawn passed before and are gone
 * @param skipped passed before and are skipped now
 * @param rewritten failed before and pass now, but in their old form they still fail
 * @param keptBroken whether something that passed before fails in its old form
 * @param hidden fail now, and the check succeeds all the same, which it did not before
 * @param vanished whether the runner named or counted tests before, and does not now
 */
record Comparison(List<String> independent, List<String> own, int passToPass, List<String> regressed, List<String> redWithdrawn,
        List<String> greenWithdrawn, List<String> skipped, List<String> rewritten, List<String> hidden, boolean keptBroken,
        boolean vanished) {
    /** How a check is called that names no tests. */
    static final String WHOLE = "the check";

    static Comparison of(Runs runs) {
        boolean named = runs.proof().report().named();
        boolean wasNamed = runs.base().filter(b -> b.report().named()).isPresent();
        if (named) {
            return byTest(runs);
        }
        return byExitCode(runs, wasNamed || lost(runs));
    }

    private static boolean lost(Runs runs) {
        return runs.base().filter(b -> b.report().counts()).isPresent() && !runs.proof().report().counts();
    }

    private static Comparison byExitCode(Runs runs, boolean vanished) {
        boolean red = runs.base().filter(CheckRun::failed).isPresent();
        boolean green = runs.base().filter(CheckRun::passed).isPresent();
        CheckRun kept = runs.kept().orElse(runs.proof());
        boolean nowGreen = runs.proof().passed();
        int fewer = fewer(runs);
        boolean skips = runs.base().map(b -> b.report().skipped()).orElse(0) < runs.proof().report().skipped();
        List<String> whole = List.of(WHOLE);
        boolean gone = fewer > 0 || skips;
        boolean independent = red && kept.passed() && nowGreen && !vanished && !gone;
        boolean own = !red && nowGreen && runs.mixed().filter(CheckRun::failed).isPresent() && !vanished;
        return new Comparison(independent ? whole : List.of(), own ? whole : List.of(), green && nowGreen ? 1 : 0,
                green && runs.proof().failed() ? whole : List.of(),
                red && (nowGreen && (!kept.passed() || gone) || runs.proof().empty()) ? whole : List.of(),
                green && fewer > 0 ? List.of(fewer + " tests") : List.of(), green && skips ? whole : List.of(), List.of(),
                hides(runs) ? whole : List.of(), green && kept.failed(), vanished);
    }

    private static int fewer(Runs runs) {
        if (runs.base().isEmpty() || !runs.base().get().report().counts() || !runs.proof().report().counts()) {
            return 0;
        }
        return Math.max(0, runs.base().get().report().total().getAsInt() - runs.proof().report().total().getAsInt());
    }

    private static Comparison byTest(Runs runs) {
        Map<String, Result> now = runs.proof().report().results();
        Map<String, Result> before = runs.base().map(b -> b.report().results()).orElse(Map.of());
        Optional<CheckRun> kept = runs.kept();
        Set<String> independent = new LinkedHashSet<>();
        List<String> redWithdrawn = new ArrayList<>();
        List<String> rewritten = new ArrayList<>();
        List<String> regressed = new ArrayList<>();
        List<String> greenWithdrawn = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        int passToPass = 0;
        boolean keptBroken = false;
        for (Map.Entry<String, Result> test : before.entrySet()) {
            String id = test.getKey();
            Result then = test.getValue();
            Result today = whole(now, id);
            Result inOldForm = kept.map(k -> whole(k.report().results(), id)).orElse(today);
            if (then == Result.FAIL) {
                if (inOldForm == Result.PASS && today != Result.FAIL) {
                    independent.add(id);
                } else if (today == Result.PASS) {
                    rewritten.add(id);
                } else if (today == null || today == Result.SKIP) {
                    redWithdrawn.add(id);
                }
            } else if (then == Result.PASS) {
                keptBroken |= inOldForm == Result.FAIL || inOldForm == null && kept.filter(CheckRun::failed).isPresent();
                if (today == Result.PASS) {
                    passToPass++;
                } else if (today == Result.FAIL) {
                    regressed.add(id);
                } else if (today == Result.SKIP) {
                    skipped.add(id);
                } else {
                    greenWithdrawn.add(id);
                }
            }
        }
        moved(greenWithdrawn, before, now);
        // A check that fails with no test that fails is red as a whole: it broke off before, or does more than its tests.
        boolean redAsWhole = !before.containsValue(Result.FAIL) && runs.base().filter(CheckRun::failed).isPresent();
        if (redAsWhole && kept.orElse(runs.proof()).passed()) {
            independent.add(WHOLE);
        } else if (redAsWhole) {
            rewritten.add(WHOLE);
        }
        return new Comparison(List.copyOf(independent), own(runs, before, now), passToPass, regressed, redWithdrawn, greenWithdrawn,
                skipped, rewritten, hides(runs) ? failed(now) : List.of(), keptBroken, false);
    }

    /** A check that tolerates failures did so before. */
    private static boolean hides(Runs runs) {
        return runs.proof().passed() && runs.proof().report().failed() > 0
                && runs.base().filter(b -> b.passed() && b.report().failed() > 0).isEmpty();
    }

    private static List<String> failed(Map<String, Result> results) {
        List<String> failed = new ArrayList<>();
        results.forEach((id, result) -> {
            if (result == Result.FAIL) {
                failed.add(id);
            }
        });
        return failed;
    }

    private static List<String> own(Runs runs, Map<String, Result> before, Map<String, Result> now) {
        List<String> own = new ArrayList<>();
        if (runs.mixed().filter(CheckRun::failed).isPresent()) {
            Map<String, Result> old = runs.mixed().get().report().results();
            now.forEach((id, result) -> {
                if (result == Result.PASS && !before.containsKey(id) && old.get(id) != Result.PASS) {
                    own.add(id);
                }
            });
        }
        return own;
    }

    /**
     * The result of a test, or, where the id is that of a file or package that could not be loaded, of all tests in it: a
     * failure if there is one, null if there is none of them.
     */
    private static Result whole(Map<String, Result> results, String id) {
        if (results.containsKey(id)) {
            return results.get(id);
        }
        String inside = id.replaceFirst("^(\\S+) \\(unittest\\.loader\\._FailedTest\\.\\1\\)$", "$1");
        Result found = null;
        for (Map.Entry<String, Result> each : results.entrySet()) {
            String other = each.getKey();
            boolean within = other.startsWith(inside + "::") || other.startsWith(inside + ".") || other.startsWith(inside + " > ")
                    || other.contains("(" + inside + ".");
            if (within && found != Result.FAIL) {
                found = each.getValue() == Result.FAIL ? Result.FAIL : found == Result.PASS ? Result.PASS : each.getValue();
            }
        }
        return found;
    }

    /** A test that has the same name elsewhere now was moved, not withdrawn. */
    private static void moved(List<String> gone, Map<String, Result> before, Map<String, Result> now) {
        List<String> fresh = new ArrayList<>();
        now.forEach((id, result) -> {
            if (result == Result.PASS && !before.containsKey(id)) {
                fresh.add(last(id));
            }
        });
        gone.removeIf(id -> fresh.remove(last(id)));
    }

    /** A test's own name, without those of its file and its suites. */
    static String last(String id) {
        int parameters = id.endsWith(")") ? id.indexOf(" (") : -1;
        String plain = (parameters < 0 ? id : id.substring(0, parameters)).replaceFirst("#\\d+$", "");
        String[] parts = plain.split("::|\\.| > ");
        return parts.length == 0 ? plain : parts[parts.length - 1];
    }
}
