package verdict.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Suspicion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that end the process with success are found; a program's own entry, and ends with failure, are not. */
class ProcessExitRuleTest extends RuleLab {
    ProcessExitRuleTest() {
        super("process-exit");
    }

    @Test
    void theLineIsNamedAndNoModelMayLiftIt() {
        List<Suspicion> found = onNew("calc.py", "import os", "def add(a, b):", "    os._exit(0)");
        assertEquals(List.of(3), lines(found));
        assertTrue(found.get(0).hard());
        assertEquals("ends the process with success: os._exit(0)", found.get(0).reason());
        assertEquals("calc.py", found.get(0).file());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "a.py | sys.exit()", "a.py | sys.exit(0)", "a.py | exit(False)", "a.py | raise SystemExit", "a.py | sys.exit(5 - 5)",
        "a.py | from os import _exit", "a.py | getattr(os, name)(0)", "a.js | process.exit(0)", "a.ts | process.exitCode = 0",
        "a.go | os.Exit(0)", "a.rs | std::process::exit(0)", "A.java | System.exit(0);", "a.kt | exitProcess(0)", "a.rb | exit",
        "a.rb | exit 0 if ENV['X']", "a.php | die('bye');", "a.php | exit;", "a.pl | exit 0;", "a.sh | exit 0",
        "a.sh | if true; then exit; fi", "A.cs | Environment.Exit(0);"})
    void waysToEndWithSuccess(String path, String line) {
        assertEquals(List.of(2), lines(onNew(path, "first = 1", line)), line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "a.py | sys.exit(1)", "a.py | sys.exit(5 - 4)", "a.py | # sys.exit(0)", "a.js | // process.exit(0)", "a.rb | exit 1",
        "a.rb | exits = 0", "a.php | echo 'exit';", "a.sh | exit 1", "a.sh | exit $code", "notes.md | sys.exit(0)", "a.py | obj.exit(0)",
        "a.rb | puts exit_code"})
    void whatIsNone(String path, String line) {
        assertEquals(List.of(), onNew(path, "first = 1", line), line);
    }

    @Test
    void aNameThatHoldsZeroIsLookedUp() {
        assertEquals(List.of(2), lines(onNew("a.py", "OK = 0", "sys.exit(OK)")));
        assertEquals(List.of(3), lines(onNew("a.go", "package a", "code := 0", "func f() { os.Exit(code) }")));
        assertEquals(List.of(), onNew("a.py", "BAD = 1", "sys.exit(BAD)"));
        assertEquals(List.of(2), lines(onNew("a.py", "OK = 0", "sys.exit(BAD) or sys.exit(OK)")), "the second name on the line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"def main():", "def print_help():", "if __name__ == '__main__':"})
    void aProgramsOwnEntryMayEndIt(String entry) {
        assertEquals(List.of(), onNew("tool.py", "import sys", "", entry, "    work()", "", "    sys.exit(0)"));
    }

    @Test
    void insideAnyOtherFunctionItMayNot() {
        assertEquals(List.of(2), lines(onNew("tool.py", "def add(a, b):", "    sys.exit(0)")));
        assertEquals(List.of(5), lines(onNew("tool.py", "def main():", "    add(1, 2)", "", "def add(a, b):", "    sys.exit(0)")),
                "the function that the line is in, not one above it");
        assertEquals(List.of(3), lines(onNew("tool.py", "if __name__ == '__main__':", "    main()", "sys.exit(0)")),
                "behind the question, and outside of it");
        assertEquals(List.of(3), lines(onNew("a.js", "const add = (a, b) => {", "  work();", "  process.exit(0);", "};")));
        assertEquals(List.of(), onNew("a.js", "const main = async () => {", "  work();", "  process.exit(0);", "};"));
        assertEquals(List.of(), onNew("a.js", "if (require.main === module) {", "process.exit(0);", "}"));
    }

    @Test
    void aScriptOfItsOwnMayEndItself() {
        assertEquals(List.of(), onNew("tool.py", "#!/usr/bin/env python3", "sys.exit(0)"));
        assertEquals(List.of(), onNew("bin/tool.py", "import sys", "sys.exit(0)"));
        assertEquals(List.of(), onNew("project/scripts/tool.py", "import sys", "sys.exit(0)"));
        assertEquals(List.of(2), lines(onNew("binary/tool.py", "import sys", "sys.exit(0)")));
    }

    @Test
    void noProgramOfItsOwnHidesAWayThatSkipsEverything() {
        assertEquals(List.of(3), lines(onNew("tool.py", "#!/usr/bin/env python3", "def main():", "    os._exit(0)")));
    }

    @Test
    void aTestThatEndsTheProcessIsFoundAlsoInItsEntry() {
        assertEquals(List.of(3), lines(onNew("tests/test_a.py", "import unittest", "def main():", "    sys.exit(0)")));
    }

    @Test
    void aPageThatRedirectsEndsItself() {
        assertEquals(List.of(), onNew("a.php", "header('Location: /');", "exit;"));
        assertEquals(List.of(), onNew("a.php", "header('Location: /'); exit;"));
        assertEquals(List.of(3), lines(onNew("a.php", "header('Location: /');", "work();", "exit;")));
    }

    @Test
    void whatWasThereBeforeIsNoChange() {
        assertEquals(List.of(), onChange("a.py", "sys.exit(0)\n", "sys.exit(0)", "more = 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"# exit", "// exit", "* exit", "/* exit", "-- exit", "   # exit"})
    void aCommentIsOne(String line) {
        assertTrue(Line.comment(line), line);
    }

    @Test
    void anAttributeOfRustIsNoComment() {
        assertEquals(false, Line.comment("#[ignore]"));
        assertEquals(false, Line.comment("exit # so"));
    }

    /** In one file only where its text is decoded behind the call that runs it. */
    @Test
    void aTextThatIsDecodedAndRunIsAWayOut() {
        assertEquals(List.of(1), lines(onNew("a.py", "exec(base64.b64decode('b3MuX2V4aXQoMCk='))")));
        assertEquals(List.of(), onNew("a.py", "exec(text)"));
        assertEquals(List.of(), onNew("a.py", "text = base64.b64decode(x); run(text)"));
        assertEquals(List.of(), onNew("a.py", "x = y.decode('utf-8'); exec(text)"), "it is decoded before, and not for this");
    }

    @Test
    void eachFileIsLookedThroughToFiveFindings() {
        java.util.Map<String, String> now = new java.util.TreeMap<>(TESTS);
        now.put("a.py", "sys.exit(0)\n".repeat(4));
        now.put("b.py", "sys.exit(0)\n".repeat(7));
        assertEquals(List.of(1, 2, 3, 4, 1, 2, 3, 4, 5), lines(only(verdict.MapFiles.suspicions(TESTS, now, List.of()))));
    }

    @Test
    void aFunctionIndentedLikeTheLineIsNotTheOneAroundIt() {
        assertEquals(List.of(2), lines(onNew("tool.py", "def main(): pass", "sys.exit(0)")));
    }
}
