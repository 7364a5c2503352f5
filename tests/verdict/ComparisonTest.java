package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Runs are compared test by test, or by exit code where a runner names no tests. */
class ComparisonTest {
    @Test
    void aRedTestThatPassesWithTheCheckAsItWasIsIndependent() {
        CheckRun now = named(Map.of("a", Result.PASS, "b", Result.PASS));
        Comparison found = compare(named(Map.of("a", Result.FAIL, "b", Result.PASS)), now, null, now);
        assertEquals(List.of("a"), found.independent());
        assertEquals(1, found.passToPass());
    }

    @Test
    void aNewTestThatFailsOnTheOldSourcesIsOfTheRunsOwn() {
        CheckRun base = named(Map.of("a", Result.PASS));
        Comparison found = compare(base, base, named(Map.of("a", Result.PASS, "b", Result.FAIL)),
                named(Map.of("a", Result.PASS, "b", Result.PASS)));
        assertEquals(List.of(), found.independent());
        assertEquals(List.of("b"), found.own());
    }

    @Test
    void aNewTestThatPassesOnTheOldSourcesTooShowsNothing() {
        CheckRun base = named(Map.of("a", Result.PASS));
        CheckRun both = named(Map.of("a", Result.PASS, "b", Result.PASS));
        assertEquals(List.of(), compare(base, base, both, both).own());
    }

    @Test
    void aRedTestThatIsGoneOrSkippedIsWithdrawn() {
        CheckRun base = named(Map.of("a", Result.FAIL, "b", Result.PASS));
        assertEquals(List.of("a"), compare(base, base, base, named(Map.of("b", Result.PASS))).redWithdrawn());
        assertEquals(List.of("a"), compare(base, base, base, named(Map.of("a", Result.SKIP, "b", Result.PASS))).redWithdrawn());
    }

    @Test
    void aRedTestThatPassesInANewFormOnlyIsRewritten() {
        CheckRun base = named(Map.of("a", Result.FAIL, "b", Result.PASS));
        Comparison found = compare(base, base, base, named(Map.of("a", Result.PASS, "b", Result.PASS)));
        assertEquals(List.of("a"), found.rewritten());
        assertEquals(List.of(), found.independent());
    }

    @Test
    void aGreenTestThatIsGoneIsWithdrawnUnlessItMoved() {
        CheckRun base = named(Map.of("calc::a", Result.PASS, "calc::b", Result.PASS));
        assertEquals(List.of("calc::b"), compare(base, base, null, named(Map.of("calc::a", Result.PASS))).greenWithdrawn());
        assertEquals(List.of(), compare(base, base, null, named(Map.of("sums::a", Result.PASS, "sums::b", Result.PASS))).greenWithdrawn());
    }

    @Test
    void aFileThatCouldNotBeLoadedIsRedUntilItsTestsPass() {
        CheckRun now = named(Map.of("tests.test_a::one", Result.PASS, "tests.test_a::two", Result.PASS));
        Comparison found = compare(named(Map.of("tests.test_a", Result.FAIL)), now, null, now);
        assertEquals(List.of("tests.test_a"), found.independent());
        assertEquals(List.of(), found.redWithdrawn());
        CheckRun unittest = named(Map.of("test_add (test_calc.T.test_add)", Result.PASS));
        assertEquals(1, compare(named(Map.of("test_calc (unittest.loader._FailedTest.test_calc)", Result.FAIL)), unittest, null, unittest)
                .independent().size());
    }

    @Test
    void whatPassedAndFailsNowIsARegression() {
        CheckRun base = named(Map.of("a", Result.PASS, "b", Result.FAIL));
        CheckRun now = named(Map.of("a", Result.FAIL, "b", Result.PASS));
        assertEquals(List.of("a"), compare(base, now, null, now).regressed());
    }

    /** A report that only the last of several runners wrote, or a limit on coverage. */
    @Test
    void aCheckThatFailsWithNoTestThatFailsIsRedAsAWhole() {
        CheckRun red = run(Verdict.FAIL, named(Map.of("a", Result.PASS)).report());
        CheckRun green = named(Map.of("a", Result.PASS));
        assertEquals(List.of("the check"), compare(red, green, null, green).independent());
        Comparison changed = compare(red, red, red, green);
        assertEquals(List.of(), changed.independent());
        assertEquals(List.of("the check"), changed.rewritten());
    }

    @Test
    void withoutNamesTheExitCodeDecides() {
        assertEquals(List.of("the check"), compare(code(1), code(0), null, code(0)).independent());
        assertEquals(List.of("the check"), compare(code(1), code(1), code(1), code(0)).redWithdrawn());
        assertEquals(List.of("the check"), compare(code(0), code(0), code(1), code(0)).own());
        Comparison nothing = compare(code(0), code(0), null, code(0));
        assertEquals(List.of(), nothing.independent());
        assertEquals(1, nothing.passToPass());
    }

    @Test
    void fewerTestsOrNoneAreNoProof() {
        Comparison none = compare(counted(2, 1), counted(2, 1), counted(0, 0), counted(0, 0));
        assertEquals(List.of("the check"), none.redWithdrawn());
        Comparison fewer = compare(counted(3, 1), counted(3, 1), counted(2, 0), counted(2, 0));
        assertEquals(List.of("the check"), fewer.redWithdrawn());
        assertEquals(List.of("1 tests"), compare(counted(3, 0), counted(2, 0), null, counted(2, 0)).greenWithdrawn());
    }

    @Test
    void aRunnerThatReportsNothingAnyMoreIsNoticed() {
        assertTrue(compare(counted(2, 1), code(0), null, code(0)).vanished());
        assertTrue(compare(named(Map.of("a", Result.FAIL)), code(0), null, code(0)).vanished());
    }

    private static Comparison compare(CheckRun base, CheckRun kept, CheckRun mixed, CheckRun proof) {
        return Comparison.of(new Runs(Optional.of(base), Optional.of(kept), Optional.ofNullable(mixed), proof));
    }

    private static CheckRun named(Map<String, Result> results) {
        boolean red = results.containsValue(Result.FAIL);
        return run(red ? Verdict.FAIL : Verdict.PASS, TestReport.of(new LinkedHashMap<>(results)));
    }

    private static CheckRun code(int exit) {
        return run(exit == 0 ? Verdict.PASS : Verdict.FAIL, TestReport.NONE);
    }

    private static CheckRun counted(int total, int failed) {
        return run(failed > 0 ? Verdict.FAIL : total == 0 ? Verdict.SKIPPED : Verdict.PASS, TestReport.counted(total, failed, 0));
    }

    private static CheckRun run(Verdict verdict, TestReport report) {
        return new CheckRun(new Verification(Type.TESTS, verdict, "make test"), report, "", Duration.ofMillis(1));
    }

    @Test
    void aTestsOwnNameIsWithoutItsFileItsSuitesAndWhatUnittestPutsBehindIt() {
        assertEquals("add", Comparison.last("calc.test.js > sums > add"));
        assertEquals("test_add", Comparison.last("test_add (test_calc.T.test_add)"));
        assertEquals("add(1)", Comparison.last("calc::add(1)"));
        assertEquals("add", Comparison.last("calc::add#2"));
    }
}
