package checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import process.CommandWords;
import process.Completed;

/** Test runners are recognized by the output of the real tools. */
class TestRunnerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "python3 -m pytest | 0 | =============== 1 passed in 0.01s ===============  | true",
        "python3 -m pytest | 0 | =============== 1 skipped in 0.00s ==============  | false",
        "pytest -q         | 0 | 1 skipped in 0.00s                                 | false",
        "pytest -q         | 0 | 2 passed, 1 skipped in 0.00s                       | true",
        "pytest            | 5 | ============ no tests ran in 0.00s ============    | false",
        "python -m pytest  | 1 | /usr/bin/python: No module named pytest            | false",
        "python3 -m unittest discover | 0 | ⏎Ran 0 tests in 0.000s⏎⏎OK              | false",
        "python3 -m unittest discover | 0 | ⏎Ran 3 tests in 0.000s⏎⏎OK              | true",
        "go test ./...     | 0 | ?   \tx\t[no test files]                            | false",
        "go test ./...     | 0 | ?   \tx\t[no test files]⏎ok  \tx/sub\t0.002s        | true",
        "go test ./...     | 0 | ok  \tx/sub\t0.003s [no tests to run]              | false",
        "cargo test        | 0 | running 0 tests⏎⏎test result: ok. 0 passed         | false",
        "cargo test        | 0 | running 0 tests⏎test result⏎running 2 tests        | true",
        "mvn -B test       | 0 | [INFO] No tests to run.⏎[INFO] BUILD SUCCESS       | false",
        "./mvnw -B verify  | 0 | [INFO] Tests run: 4, Failures: 0⏎[INFO] BUILD SUCCESS | true",
        "mvn -q test       | 0 |                                                    | true",
        "./gradlew test    | 0 | > Task :test NO-SOURCE⏎BUILD SUCCESSFUL            | false",
        "./gradlew test    | 0 | > Task :a:test NO-SOURCE⏎> Task :b:test⏎BUILD SUCCESSFUL | true",
        "sh ./gradlew test | 0 | > Task :test UP-TO-DATE⏎BUILD SUCCESSFUL           | true",
        "npm test          | 0 | 1..0⏎# tests 0⏎# pass 0                            | false",
        "npm test          | 0 | ℹ tests 7⏎ℹ pass 7                                 | true",
        "make test         | 0 | nothing to say                                     | true"})
    void aRunThatTestedNothingIsNoVerdict(String command, int code, String output, boolean verdict) {
        List<String> words = CommandWords.split(command);
        Completed run = new Completed(OptionalInt.of(code), false,
                output == null ? "" : output.replace("⏎", "\n").replace("\\t", "\t"), false, Duration.ZERO, 0);
        TestRunner runner = TestRunner.of(words);
        assertEquals(verdict, runner.isMissing(run).isEmpty() && runner.testedNothing(run).isEmpty(), command);
    }
}
