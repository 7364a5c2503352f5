package checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import checks.TestReport.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runner.Repository;

/**
 * What real runners said of small projects: a test that passes, one that fails, one that is skipped. The files are as they were
 * written by mocha 11.7, jest 30.0, vitest 3.2, node 20.20, cargo 1.95, CTest 3.25, Gradle 4.4, Python 3.11, minitest and
 * PHPUnit 9.6, but for paths. Only the one of dotnet was written by hand, by the format's description.
 */
class RunnerReportsTest {
    private static final Path REPORTS = Repository.root().resolve("tests/checks/reports");

    @TempDir
    Path folder;

    @Test
    void mochaNamesItsTestsWithTheirSuites() throws IOException {
        assertEquals(Map.of("calc > has no sub-suite", Result.PASS, "calc > pending without body", Result.SKIP,
                "calc > add() > adds two numbers: 2 + 3", Result.PASS, "calc > add() > adds badly", Result.FAIL,
                "calc > add() > adds later", Result.SKIP, "calc > add() > is slow", Result.PASS), printed("mocha.txt").results());
    }

    @ParameterizedTest
    @CsvSource({"node-tap.txt", "node-spec.txt"})
    void nodeNamesTheSameTestsInBothOfItsReports(String file) throws IOException {
        Map<String, Result> expected = new TreeMap<>(Map.of("calc > has no sub-suite", Result.PASS, "calc > pending without body",
                Result.SKIP, "calc > add() > adds two numbers: 2 + 3", Result.PASS, "calc > add() > adds badly", Result.FAIL,
                "calc > add() > adds later", Result.SKIP, "calc > add() > is slow", Result.PASS));
        assertEquals(expected, new TreeMap<>(printed(file).results()));
    }

    @ParameterizedTest
    @CsvSource({"jest.txt, 8, 2, 2", "jest-verbose.txt, 8, 2, 2", "vitest.txt, 8, 2, 2", "minitest.txt, 3, 1, 1", "phpunit.txt, 3, 1, 1",
        "phpunit-ok.txt, 1, 0, 0"})
    void runnersThatDoNotNameAllTheirTestsAreCounted(String file, int total, int failed, int skipped) throws IOException {
        TestReport report = printed(file);
        assertFalse(report.named(), "a list that depends on what failed would be compared with another: " + report);
        assertEquals(TestReport.counted(total, failed, skipped), report);
    }

    @ParameterizedTest
    @CsvSource({"jest.json, true", "vitest.json, true"})
    void theJsonOfJestAndVitestTellsFilesOfOneNameApart(String file, boolean broken) throws IOException {
        Files.copy(REPORTS.resolve(file), folder.resolve("tests.json"));
        Map<String, Result> results = Instrumented.read(folder, folder, List.of(Path.of("/project")), "", 0).results();
        assertEquals(Result.FAIL, results.get("a/calc.test.js > calc add() adds badly"), results.toString());
        assertEquals(Result.PASS, results.get("b/calc.test.js > calc add() adds two numbers: 2 + 3"), results.toString());
        assertEquals(Result.SKIP, results.get("b/calc.test.js > calc add() adds later"), results.toString());
        assertEquals(broken ? Result.FAIL : null, results.get("b/broken.test.js"), results.toString());
    }

    @Test
    void cargoNamesUnitTestsThoseOfOtherFilesAndExamples() throws IOException {
        assertEquals(Map.of("src/lib.rs::tests::adds", Result.PASS, "src/lib.rs::tests::adds_later", Result.SKIP,
                "src/lib.rs::tests::panics", Result.PASS, "src/lib.rs::tests::adds_badly", Result.FAIL, "tests/outer.rs::works",
                Result.PASS, "doc calc::src/lib.rs - add", Result.PASS), printed("cargo.txt").results());
    }

    @Test
    void ctestNamesItsTests() throws IOException {
        assertEquals(Map.of("adds", Result.PASS, "adds badly", Result.FAIL, "later", Result.SKIP, "skips", Result.SKIP, "hangs",
                Result.FAIL), printed("ctest.txt").results());
    }

    @Test
    void unittestNamesTestsThatPrintThoseWithADocstringAndThoseWithParts() throws IOException {
        assertEquals(new TreeMap<>(Map.of("test_broken (unittest.loader._FailedTest.test_broken)", Result.FAIL,
                "test_add (test_calc.T.test_add)", Result.PASS, "test_bad (test_calc.T.test_bad)", Result.FAIL,
                "test_doc (test_calc.T.test_doc)", Result.PASS, "test_known (test_calc.T.test_known)", Result.PASS,
                "test_later (test_calc.T.test_later)", Result.SKIP, "test_sub (test_calc.T.test_sub)", Result.FAIL)),
                new TreeMap<>(printed("unittest.txt").results()));
    }

    @Test
    void gradleWritesTheXmlOfJunit() throws IOException {
        Path reports = Files.createDirectories(folder.resolve("project/build/test-results/test"));
        Files.copy(REPORTS.resolve("gradle.xml"), reports.resolve("TEST-CalcTest.xml"));
        Map<String, Result> results = Instrumented.read(folder, folder.resolve("project"), List.of(),
                Files.readString(REPORTS.resolve("gradle.txt")), 0).results();
        assertEquals(Map.of("CalcTest::adds", Result.PASS, "CalcTest::addsBadly", Result.FAIL, "CalcTest::addsLater", Result.SKIP),
                results);
    }

    @Test
    void dotnetIsAskedForAFileThatNamesItsTests() throws IOException {
        List<String> words = Instrumented.of(List.of("dotnet", "test", "--nologo"), folder, new LiveFiles(folder, name -> false),
                Map.of()).words();
        assertTrue(words.containsAll(List.of("--logger", "trx", "--results-directory")), words.toString());
        Files.copy(REPORTS.resolve("dotnet.trx"), folder.resolve("user_2026-11-26.trx"));
        assertEquals(Map.of("Calc.Tests.CalcTest.Adds", Result.PASS, "Calc.Tests.CalcTest.AddsBadly", Result.FAIL,
                "Calc.Tests.CalcTest.AddsLater", Result.SKIP), Instrumented.read(folder, folder, List.of(), "", 0).results());
    }

    private static TestReport printed(String file) throws IOException {
        return PrintedReports.read(Files.readString(REPORTS.resolve(file)));
    }
}
