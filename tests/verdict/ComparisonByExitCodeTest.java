package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.TestCounts;
import agent.decision.Verification;
import agent.decision.Verification.Type;
import agent.decision.Verification.Verdict;
import checks.TestReport;
import checks.TestReport.Result;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs that count their tests or only end with a code, and what the comparison of runs leads to. */
class ComparisonByExitCodeTest {
    private static final List<String> WHOLE = List.of("the check");
    private static final CheckRun GREEN = run(Verdict.PASS, TestReport.NONE);
    private static final CheckRun RED = run(Verdict.FAIL, TestReport.NONE);

    private static CheckRun run(Verdict verdict, TestReport report) {
        return new CheckRun(new Verification(Type.TESTS, verdict, "make test"), report, "", Duration.ofMillis(1));
    }

    private static CheckRun counted(Verdict verdict, int total, int failed, int skipped) {
        return run(verdict, TestReport.counted(total, failed, skipped));
    }

    private static CheckRun named(Verdict verdict, Map<String, Result> results) {
        return run(verdict, TestReport.of(new LinkedHashMap<>(results)));
    }

    private static Comparison compare(CheckRun base, CheckRun kept, CheckRun mixed, CheckRun proof) {
        return Comparison.of(new Runs(Optional.ofNullable(base), Optional.ofNullable(kept), Optional.ofNullable(mixed), proof));
    }

    @Test
    void aGreenCheckThatIsRedNowIsARegressionAndARedOneIsNone() {
        assertEquals(WHOLE, compare(GREEN, RED, null, RED).regressed());
        assertEquals(List.of(), compare(RED, RED, null, RED).regressed());
        assertEquals(List.of(), compare(null, null, null, RED).regressed());
        assertEquals(0, compare(GREEN, RED, null, RED).passToPass());
        assertEquals(0, compare(RED, GREEN, null, GREEN).passToPass());
    }

    @Test
    void whatPassedAndFailsInItsOldFormIsBroken() {
        assertTrue(compare(GREEN, RED, null, GREEN).keptBroken());
        assertFalse(compare(RED, RED, null, GREEN).keptBroken());
        assertFalse(compare(GREEN, GREEN, null, GREEN).keptBroken());
    }

    @Test
    void aCheckThatCameWithTheChangeIsItsOwnWhereItFailsOnTheOldSources() {
        assertEquals(WHOLE, compare(null, null, RED, GREEN).own());
        assertEquals(List.of(), compare(null, null, GREEN, GREEN).own());
        assertEquals(List.of(), compare(RED, GREEN, RED, GREEN).own(), "it is independent then");
        assertEquals(List.of(), compare(null, null, RED, RED).own());
    }

    @Test
    void newlySkippedTestsProveNothing() {
        Comparison skipping = compare(counted(Verdict.FAIL, 3, 1, 0), counted(Verdict.PASS, 3, 0, 1), null, counted(Verdict.PASS, 3, 0, 1));
        assertEquals(List.of(), skipping.independent());
        assertEquals(WHOLE, skipping.redWithdrawn());
        assertEquals(List.of(), skipping.skipped(), "of a green check only");
        Comparison green = compare(counted(Verdict.PASS, 3, 0, 0), null, null, counted(Verdict.PASS, 3, 0, 1));
        assertEquals(WHOLE, green.skipped());
        assertEquals(List.of(), compare(counted(Verdict.PASS, 3, 0, 1), null, null, counted(Verdict.PASS, 3, 0, 1)).skipped());
    }

    @Test
    void moreTestsAreNoFewer() {
        Comparison more = compare(counted(Verdict.FAIL, 2, 1, 0), counted(Verdict.PASS, 3, 0, 0), null, counted(Verdict.PASS, 3, 0, 0));
        assertEquals(WHOLE, more.independent());
        assertEquals(List.of(), more.redWithdrawn());
        assertEquals(List.of(), more.greenWithdrawn());
        assertEquals(List.of(), compare(counted(Verdict.FAIL, 3, 1, 0), null, null, counted(Verdict.PASS, 2, 0, 0)).greenWithdrawn(),
                "which of them are gone nobody knows");
    }

    @Test
    void aRunnerThatNeverReportedHasNothingThatVanished() {
        assertFalse(compare(RED, GREEN, null, GREEN).vanished());
        assertFalse(compare(counted(Verdict.FAIL, 2, 1, 0), counted(Verdict.PASS, 2, 0, 0), null,
                counted(Verdict.PASS, 2, 0, 0)).vanished());
        assertEquals(List.of(), compare(counted(Verdict.FAIL, 2, 1, 0), GREEN, RED, GREEN).independent(), "vanished proves nothing");
    }

    @Test
    void aTestThatFailsWhileTheCheckPassesIsHidden() {
        CheckRun tolerant = named(Verdict.PASS, Map.of("a", Result.FAIL, "b", Result.PASS));
        assertEquals(List.of("a"), compare(named(Verdict.PASS, Map.of("a", Result.PASS, "b", Result.PASS)), null, null, tolerant).hidden());
        assertEquals(List.of(), compare(tolerant, null, null, tolerant).hidden(), "it was tolerant before");
        assertEquals(WHOLE, compare(counted(Verdict.PASS, 2, 0, 0), null, null, counted(Verdict.PASS, 2, 1, 0)).hidden());
        assertEquals(List.of(), compare(counted(Verdict.PASS, 2, 0, 0), null, null, counted(Verdict.FAIL, 2, 1, 0)).hidden());
        assertEquals(List.of("a"), compare(named(Verdict.FAIL, Map.of("a", Result.FAIL)), null, null, tolerant).hidden(),
                "it was red before, not tolerant");
    }

    @Test
    void aCheckThatBrokeOffBeforeItNamedAnythingIsRedAsAWhole() {
        CheckRun now = named(Verdict.PASS, Map.of("a", Result.PASS));
        assertEquals(WHOLE, compare(RED, now, null, now).independent());
        assertEquals(WHOLE, compare(RED, null, null, now).independent());
        assertEquals(WHOLE, compare(RED, RED, null, now).rewritten());
        assertEquals(List.of(), compare(GREEN, now, null, now).independent());
        assertEquals(List.of(), compare(GREEN, RED, null, now).rewritten());
    }

    @Test
    void aTestThatIsGoneInItsOldFormIsBrokenOnlyWhereThatFormFails() {
        CheckRun base = named(Verdict.PASS, Map.of("a", Result.PASS));
        CheckRun now = named(Verdict.PASS, Map.of("b", Result.PASS));
        assertTrue(compare(base, RED, null, now).keptBroken(), "it broke off before the test ran");
        assertFalse(compare(base, now, null, now).keptBroken());
        assertTrue(compare(base, named(Verdict.FAIL, Map.of("a", Result.FAIL)), null, base).keptBroken());
    }

    @Test
    void aTestOfAFileThatFailsMakesTheFileFail() {
        CheckRun base = named(Verdict.FAIL, Map.of("tests.test_a", Result.FAIL));
        Map<String, Result> both = new LinkedHashMap<>();
        both.put("tests.test_a::one", Result.FAIL);
        both.put("tests.test_a::two", Result.PASS);
        CheckRun now = named(Verdict.FAIL, both);
        assertEquals(List.of(), compare(base, now, null, now).independent());
        Map<String, Result> skipped = new LinkedHashMap<>();
        skipped.put("tests.test_a::one", Result.PASS);
        skipped.put("tests.test_a::two", Result.SKIP);
        CheckRun passing = named(Verdict.PASS, skipped);
        assertEquals(List.of("tests.test_a"), compare(base, passing, null, passing).independent());
    }

    @Test
    void aMovedTestIsNotGoneHoweverItsRunnerNamesIt() {
        for (String[] move : new String[][] {{"a.T > adds", "b.T > adds"}, {"test_add (test_a.T)", "test_add (test_b.T)"},
            {"pkg.ATest.adds#1", "pkg.BTest.adds#2"}}) {
            CheckRun base = named(Verdict.PASS, Map.of(move[0], Result.PASS));
            assertEquals(List.of(), compare(base, null, null, named(Verdict.PASS, Map.of(move[1], Result.PASS))).greenWithdrawn(), move[0]);
            assertEquals(List.of(move[0]),
                    compare(base, null, null, named(Verdict.PASS, Map.of("x::other", Result.PASS))).greenWithdrawn());
        }
    }

    @Test
    void whatARunCountedIsToldByItsResults() {
        assertEquals(Optional.of(new TestCounts(4, 2, 1)), counted(Verdict.FAIL, 7, 2, 1).counts());
        assertEquals(Optional.empty(), GREEN.counts());
        assertTrue(counted(Verdict.SKIPPED, 0, 0, 0).empty());
        assertFalse(GREEN.empty() || RED.empty() || run(Verdict.SKIPPED, TestReport.NONE).empty());
        assertTrue(new CheckRun(new Verification(Type.TESTS, Verdict.SKIPPED, "x"), TestReport.NONE, "", Duration.ZERO, true).empty());
    }

    @Test
    void eachThingThatTheComparisonFoundIsASuspicionOfItsOwn() {
        Comparison all = new Comparison(List.of(), List.of(), 0, List.of(), List.of("red"), List.of("green"), List.of("skipped"),
                List.of("rewritten"), List.of("hidden"), false, true);
        assertEquals(List.of("red-test-withdrawn: failed before, and does not pass in its old form: red",
                "rewritten-test: failed before and was changed; in its old form it still fails: rewritten",
                "tests-withdrawn: passed before and is gone: green",
                "hidden-failure: fails now, and the check succeeds all the same: hidden",
                "newly-skipped: passed before and is skipped now: skipped",
                "tests-vanished: the runner reported its tests before and does not now"),
                Findings.of(all).stream().map(agent.Suspicion::text).toList());
        assertEquals(List.of(true, false, false, true, false, true), Findings.of(all).stream().map(agent.Suspicion::hard).toList());
        assertEquals(List.of(), Findings.of(compare(GREEN, GREEN, null, GREEN)));
    }

    @Test
    void ofManyTestsTenAreNamed() {
        List<String> gone = java.util.stream.IntStream.range(0, 12).mapToObj(i -> "t" + i).toList();
        Comparison many = new Comparison(List.of(), List.of(), 0, List.of(), gone, List.of(), List.of(), List.of(), List.of(),
                false, false);
        assertTrue(Findings.of(many).get(0).text().endsWith("t8, t9"), Findings.of(many).toString());
    }

    @Test
    void testsThatHadNamesAndAreOnlyCountedNowHaveVanished() {
        Comparison found = compare(named(Verdict.FAIL, Map.of("a", Result.FAIL)), null, null, counted(Verdict.PASS, 1, 0, 0));
        assertTrue(found.vanished());
        assertEquals(List.of(), found.independent());
        assertFalse(compare(counted(Verdict.FAIL, 1, 1, 0), null, null, counted(Verdict.PASS, 1, 0, 0)).vanished());
    }
}
