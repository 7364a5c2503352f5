package checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verdict.MapFiles;

/** Malicious output of checks and files of projects: patterns would take very long, or numbers are out of range. */
class CostlyOutputTest {
    private static final int OUTPUT = 16 << 10;
    private static final int FILE = 16 << 10;
    private static final Duration LONG = Duration.ofMinutes(3);

    @ParameterizedTest
    @ValueSource(strings = {"0", "\n", " ", "Tests: 0", "skipped '", "1/1 Test #1: ", " ***", "ok 1 - ", "# skip ", "test a ... ",
            "Tests run: 1, Failures: 0, ", "skipped ", "1 passed, ", "✔ a (1", "(1.2ms", "--- PASS: a\n", "  ", "a (b)"})
    void oneWordAgainAndAgainIsReadInSeconds(String word) {
        for (String beginning : List.of("", "1/1 Test #1: ", "Tests: ", "1 passing\n  ✔ ")) {
            for (String end : List.of("", "   ".repeat(5_000) + "x")) {
                assertTimeoutPreemptively(LONG, () ->
                        Instrumented.printed(Printed.of(beginning + word.repeat(OUTPUT / word.length()) + end)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ran 99999999999 tests in 1s", "Tests: 99999999999 total", "# tests 99999999999\n# pass 1",
            "OK (99999999999 tests, 1 assertions)", "99999999999 examples, 0 failures", "=== 99999999999 passed in 0.1s ===",
            "Tests run: 99999999999, Failures: 0, Errors: 0, Skipped: 0"})
    void aCountThatNoNumberHoldsIsNone(String output) {
        assertEquals(TestReport.NONE, Instrumented.printed(Printed.of(output)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"test ", "a ", " ", "\n", "export ", "include a ", "a = $(a)$(a)\n", "version ", "dependencies{", "<!--",
            "<dependencies>", "#[a::", "a::", "[tool.", "x: $(y) $(y)\n", "\t$(y)\n", "-", "{", "[", "\"a\":", "'''"})
    void oneWordAgainAndAgainInAFileOfAProjectIsReadInSeconds(String word) {
        String text = word.repeat(FILE / word.length());
        for (String name : List.of("Makefile", "pom.xml", "build.gradle", "Cargo.toml", "src/lib.rs", "package.json", "pyproject.toml",
                "setup.cfg", "tox.ini", "go.mod", "noxfile.py", "a.csproj", "CMakeLists.txt")) {
            for (String beginning : List.of("", "test: ")) {
                MapFiles files = new MapFiles(Map.of(name, beginning + text));
                assertTimeoutPreemptively(LONG, () -> {
                    Ecosystems.check(files, program -> true);
                    Ecosystems.definition(files);
                    Ecosystems.testPart(name, files.text(name));
                    Ecosystems.guards(name);
                });
            }
        }
    }

    @Test
    void variablesThatGrowWithoutAnEndAreNotReplacedForEver() {
        StringBuilder makefile = new StringBuilder("test: $(a)\n\techo $(a)\n");
        for (char name = 'a'; name < 'f'; name++) {
            makefile.append(name).append(" = ").append(("$(" + (char) (name + 1) + ")").repeat(5_000)).append('\n');
        }
        assertTimeoutPreemptively(LONG, () -> assertEquals(Optional.of("test"), new MakeRules(makefile.toString()).first()));
        assertTimeoutPreemptively(LONG, () -> new MakeRules(makefile.toString()).commands("test"));
    }

    @Test
    void aTargetAmongOthersIsFoundAndOneThatOnlyContainsTheWordIsNot() {
        assertTrue(found("all test : x\n\ttrue\n"));
        assertTrue(found("test:: x\n\ttrue\n"));
        assertTrue(!found("latest:\n\ttrue\ntest := 5\ntests other:\n\ttrue\n"));
    }

    private static boolean found(String makefile) {
        return new MakeProject().find(new MapFiles(Map.of("Makefile", makefile)), program -> true).isPresent();
    }
}
