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
 * written by mocha 11.7 (with its dots 10.8), jest 30.0, vitest 3.2, node 20.20, bun 1.4, cargo 1.95, CTest 3.25, Gradle 4.4,
 * Python 3.11, minitest, RSpec 3.12 and PHPUnit 9.6, but for paths. That of dotnet was written by the TRX logger of SDK 3.1,
 * which was given the results by hand; what dotnet prints stands in the test itself, as its sources print it.
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
        "phpunit-ok.txt, 1, 0, 0", "rspec.txt, 5, 1, 2", "mocha-dot.txt, 4, 1, 1", "bun-quiet.txt, 12, 2, 4"})
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
    void bunNamesItsTestsWithTheirFiles() throws IOException {
        Map<String, Result> expected = new TreeMap<>();
        for (String file : List.of("calc.test.js", "b/calc.test.js")) {
            expected.putAll(Map.of(file + " > calc > has no sub-suite", Result.PASS, file + " > calc > pending without body", Result.SKIP,
                    file + " > calc > add() > adds two numbers: 2 + 3", Result.PASS, file + " > calc > add() > adds badly", Result.FAIL,
                    file + " > calc > add() > adds later", Result.SKIP, file + " > calc > add() > is slow", Result.PASS));
        }
        assertEquals(expected, new TreeMap<>(printed("bun.txt").results()));
    }

    @Test
    void rspecIsAskedForAFileThatNamesItsExamplesAndGoesOnPrinting() throws IOException {
        String asked = Instrumented.of(List.of("make", "test"), folder, new LiveFiles(folder, name -> false),
                Map.of("SPEC_OPTS", "--seed 1")).environment().get("SPEC_OPTS");
        assertEquals("--seed 1 --format progress --format json --out " + folder.resolve("rspec.json"), asked);
        Files.copy(REPORTS.resolve("rspec.json"), folder.resolve("rspec.json"));
        assertEquals(Map.of("calc_spec.rb > Calc#add adds two numbers: 2 + 3", Result.PASS, "calc_spec.rb > Calc#add adds badly",
                Result.FAIL, "calc_spec.rb > Calc#add adds later", Result.SKIP, "calc_spec.rb > Calc#add is pending", Result.SKIP,
                "calc_spec.rb > Calc has no sub-suite", Result.PASS), Instrumented.read(folder, folder, List.of(), "", 0).results());
    }

    @ParameterizedTest
    @CsvSource({"npm test, jest, --", "pnpm run test, vitest run, --reporter=json", "yarn run test, npx jest --ci, --json",
        "bun run test, cross-env NODE_ENV=test vitest, --reporter=json",
        "pnpm run test, node --experimental-vm-modules node_modules/jest/bin/jest.js, --json",
        "npm test, NODE_OPTIONS=--experimental-vm-modules node_modules/.bin/jest --ci, --"})
    void jestAndVitestAreAskedForAFileThroughAnyManager(String command, String script, String first) throws IOException {
        Files.writeString(folder.resolve("package.json"), "{\"scripts\": {\"test\": \"" + script + "\"}}");
        List<String> check = List.of(command.split(" "));
        List<String> words = Instrumented.of(check, folder, new LiveFiles(folder, name -> false), Map.of()).words();
        assertEquals(first, words.get(check.size()), "only npm keeps what does not stand behind --: " + words);
        assertEquals("--outputFile=" + folder.resolve("tests.json"), words.get(words.size() - 1));
    }

    @ParameterizedTest
    @CsvSource({"jest && eslint .", "node build.js; vitest", "jest-light", "my-vitest", "jest --outputFile=x.json"})
    void aScriptThatDoesMoreIsLeftAsItIs(String script) throws IOException {
        Files.writeString(folder.resolve("package.json"), "{\"scripts\": {\"test\": \"" + script + "\"}}");
        assertEquals(List.of("npm", "test"), Instrumented.of(List.of("npm", "test"), folder, new LiveFiles(folder, name -> false),
                Map.of()).words());
    }

    @Test
    void dotnetIsAskedForAFileThatNamesItsTests() throws IOException {
        List<String> words = Instrumented.of(List.of("dotnet", "test", "--nologo"), folder, new LiveFiles(folder, name -> false),
                Map.of()).words();
        assertTrue(words.containsAll(List.of("--logger", "trx", "--results-directory")), words.toString());
        Files.copy(REPORTS.resolve("dotnet.trx"), folder.resolve("user_2026-11-26.trx"));
        assertEquals(new TreeMap<>(Map.of("Calc.Tests.CalcTest.Adds", Result.PASS, "Calc.Tests.CalcTest.AddsBadly", Result.FAIL,
                "Calc.Tests.CalcTest.AddsLater", Result.SKIP, "Calc.Tests.CalcTest.AddsNever", Result.SKIP,
                "Calc.Tests.CalcTest.AddsMany(a: 1, b: 2)", Result.PASS, "Calc.Tests.CalcTest.AddsMany(a: 2, b: 2)", Result.FAIL)),
                new TreeMap<>(Instrumented.read(folder, folder, List.of(), "", 0).results()));
    }

    /** MSTest shows a test by its method alone, and the logger writes results in any order. */
    @Test
    void dotnetTestsOfOneNameAreToldApartByTheirClassesAndNeverByTheirOrder() throws IOException {
        String two = Files.readString(REPORTS.resolve("dotnet.trx")).replace("testName=\"Calc.Tests.CalcTest.", "testName=\"");
        Files.writeString(folder.resolve("a.trx"), two.replaceAll("testName=\"AddsMany\\([^)]*\\)\"", "testName=\"AddsMany\""));
        Map<String, Result> results = Instrumented.read(folder, folder, List.of(), "", 0).results();
        assertEquals(Result.FAIL, results.get("Calc.Tests.CalcTest.AddsBadly"), results.toString());
        assertEquals(Result.PASS, results.get("Calc.Tests.CalcTest.AddsMany"), results.toString());
        assertEquals(Result.FAIL, results.get("Calc.Tests.CalcTest.AddsMany#2"), results.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Passed!  - Failed:     0, Passed:     3, Skipped:     1, Total:     4 | 4 | 0 | 1",
        "Test summary: total: 4, failed: 1, succeeded: 2, skipped: 1, duration: 1.2s | 4 | 1 | 1",
        "Total tests: 4\\n     Passed: 2\\n     Failed: 1\\n    Skipped: 1\\n Total time: 1.2 Seconds | 4 | 1 | 1"})
    void whatDotnetPrintsIsCounted(String printed, int total, int failed, int skipped) {
        assertEquals(TestReport.counted(total, failed, skipped), Instrumented.printed(Printed.of(printed.replace("\\n", "\n"))));
    }

    private static TestReport printed(String file) throws IOException {
        return Instrumented.printed(Printed.of(Files.readString(REPORTS.resolve(file))));
    }
}
