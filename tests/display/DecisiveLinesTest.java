package display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The shown lines of a failed check name the failure, whatever else the runner prints. */
class DecisiveLinesTest {
    private static void shows(String output, String... lines) {
        assertEquals(List.of(lines), DecisiveLines.of(output, 6));
    }

    @Test
    void ofMaven() {
        shows("""
                [INFO] Running GreeterTest
                [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.05 s <<< FAILURE! -- in GreeterTest
                [ERROR] GreeterTest.german -- Time elapsed: 0.01 s <<< FAILURE!
                org.opentest4j.AssertionFailedError: expected: <Hallo, Ada!> but was: <Hello, Ada!>
                \tat org.junit.jupiter.api.AssertionUtils.fail(AssertionUtils.java:55)
                [ERROR] Failures:
                [ERROR]   GreeterTest.german:12 expected: <Hallo, Ada!> but was: <Hello, Ada!>
                [INFO]
                [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0
                [INFO] BUILD FAILURE
                [ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.2.5:test (default-test) on project x
                [ERROR]
                [ERROR] See /x/target/surefire-reports for the individual test results.
                [ERROR] See dump files (if any exist) [date].dump, [date]-jvmRun[N].dump and [date].dumpstream.
                [ERROR] -> [Help 1]
                [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
                [ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoFailureException
                """,
                "org.opentest4j.AssertionFailedError: expected: <Hallo, Ada!> but was: <Hello, Ada!>",
                "[ERROR]   GreeterTest.german:12 expected: <Hallo, Ada!> but was: <Hello, Ada!>");
    }

    @Test
    void ofMavensCompiler() {
        shows("""
                [INFO] -------------------------------------------------------------
                [ERROR] COMPILATION ERROR :
                [ERROR] /x/src/main/java/A.java:[3,5] cannot find symbol
                  symbol:   class Missing
                [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11.0:compile (default-compile)
                [ERROR] -> [Help 1]
                """, "[ERROR] /x/src/main/java/A.java:[3,5] cannot find symbol");
    }

    @Test
    void ofPytest() {
        shows("""
                ============================= test session starts ==============================
                test_a.py F                                                              [100%]
                =================================== FAILURES ===================================
                ___________________________________ test_add ___________________________________

                    def test_add():
                >       assert add(1, 2) == 3
                E       assert -1 == 3
                E        +  where -1 = add(1, 2)

                test_a.py:5: AssertionError
                =========================== short test summary info ============================
                FAILED test_a.py::test_add - assert -1 == 3
                ============================== 1 failed in 0.02s ===============================
                """, "E       assert -1 == 3", "E        +  where -1 = add(1, 2)", "test_a.py:5: AssertionError",
                "FAILED test_a.py::test_add - assert -1 == 3");
    }

    @Test
    void ofUnittest() {
        shows("""
                F
                ======================================================================
                FAIL: test_add (test_a.T)
                ----------------------------------------------------------------------
                Traceback (most recent call last):
                  File "/x/test_a.py", line 5, in test_add
                    self.assertEqual(add(1, 2), 3)
                AssertionError: -1 != 3

                ----------------------------------------------------------------------
                Ran 1 test in 0.000s

                FAILED (failures=1)
                """, "FAIL: test_add (test_a.T)", "AssertionError: -1 != 3");
    }

    @Test
    void ofGo() {
        shows("""
                --- FAIL: TestAdd (0.00s)
                    --- FAIL: TestAdd/small (0.00s)
                        add_test.go:9: got -1, want 3
                FAIL
                FAIL\texample.com/add\t0.002s
                FAIL
                """, "--- FAIL: TestAdd (0.00s)", "    --- FAIL: TestAdd/small (0.00s)", "        add_test.go:9: got -1, want 3");
    }

    @Test
    void ofCargo() {
        shows("""
                running 1 test
                test tests::adds ... FAILED

                failures:

                ---- tests::adds stdout ----
                thread 'tests::adds' panicked at src/lib.rs:9:9:
                assertion `left == right` failed
                  left: -1
                 right: 3
                note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace

                test result: FAILED. 0 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

                error: test failed, to rerun pass `--lib`
                """, "thread 'tests::adds' panicked at src/lib.rs:9:9:", "  left: -1", " right: 3");
    }

    @Test
    void ofJest() {
        shows("""
                FAIL ./add.test.js
                  ● adds

                    expect(received).toBe(expected) // Object.is equality

                    Expected: 3
                    Received: -1

                      at Object.toBe (add.test.js:3:21)

                Test Suites: 1 failed, 1 total
                Tests:       1 failed, 1 total
                Time:        0.5 s
                npm ERR! Test failed.  See above for more details.
                """, "  ● adds", "    expect(received).toBe(expected) // Object.is equality", "    Expected: 3", "    Received: -1");
    }

    @Test
    void ofNodesOwnRunner() {
        shows("""
                not ok 1 - adds
                  ---
                  error: 'Expected values to be strictly equal:'
                  code: 'ERR_ASSERTION'
                # tests 1
                # pass 0
                # fail 1
                """, "not ok 1 - adds");
    }

    @Test
    void ofMakeAndACompilerOfC() {
        shows("""
                cc -c a.c
                a.c:3:5: error: unknown type name 'foo'
                    3 |     foo x;
                make: *** [Makefile:2: test] Error 1
                """, "a.c:3:5: error: unknown type name 'foo'");
    }

    @Test
    void whatNobodyKnowsIsShownFromItsEnd() {
        shows("one\n\n  two\nmake: *** [Makefile:2: test] Error 1\n", "one", "  two");
        shows("make: *** [Makefile:2: test] Error 1\n", "make: *** [Makefile:2: test] Error 1");
        shows("");
    }

    @Test
    void fewLinesAndNoneTwice() {
        StringBuilder output = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            output.append("AssertionError: ").append(i).append("\nAssertionError: 0\n");
        }
        assertEquals(6, DecisiveLines.of(output.toString(), 6).size());
        assertEquals("AssertionError: 1", DecisiveLines.of(output.toString(), 6).get(1));
    }

    @Test
    void aLineThatWouldMoveTheCursorCannot() {
        shows("\u001b[31mAssertionError:\u001b[0m \u001b[2Jgone", "AssertionError: gone");
    }

    @Test
    void ofWhatNobodyKnowsTheLastLines() {
        shows("1\n2\n3\n4\n5\n6\n7\n8\n", "3", "4", "5", "6", "7", "8");
    }

    /** A pattern over a long line would take long. */
    @Test
    void aLineIsKnownByItsFirstThreeHundredCharacters() {
        String word = " AssertionError";
        String known = "x".repeat(300 - word.length()) + word;
        String unknown = "x" + known;
        shows(known + "\nlast", known);
        shows(known + " " + "y".repeat(300) + "\nlast", known + " " + "y".repeat(300));
        shows(unknown + "\nlast", unknown, "last");
    }
}
