package display;

import console.Format;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the lines of a failed check that name the failure: the assertion, the compiler's error, the name of the test. Runners end
 * with advice, sums and stack traces, so the last lines alone are often useless.
 */
final class DecisiveLines {
    /** Lines that do not name the failure: advice, sums, paths of reports. */
    private static final Pattern BOILERPLATE = Pattern.compile(String.join("|",
            "\\[ERROR\\]\\s*(-> \\[Help \\d+\\]|\\[Help \\d+\\].*|Re-run Maven.*|To see the full stack trace.*|For more information.*"
                    + "|Please refer to .*|See .*\\.dump.*|Failed to execute goal .*|Tests run:.*|(Failures|Errors):\\s*|After correcting.*"
                    + "|mvn <args>.*)?\\s*",
            "\\[INFO\\].*", "make(\\[\\d+\\])?: \\*\\*\\* .*", "npm (ERR!|error).*", "error: could not compile .*",
            "note: run with `RUST_BACKTRACE.*", "For more information about this error.*", "error: test failed, to rerun.*",
            "FAIL(\\s+\\S+)?(\\s+[\\d.]+s)?", "exit status \\d+", "=+ .*(failed|passed|short test summary info|FAILURES|ERRORS).* ?=+",
            "FAILED \\(.*\\)", "Ran \\d+ tests? in .*", "[-=_*~]{3,}( .* [-=_*~]{3,})?", "\\* Try:", "> Run with --.*", "BUILD FAILED.*",
            "\\s+at [\\w.$/@:]+\\(.*\\)", "\\s+at .*node:internal.*", "\\s+\\.\\.\\. \\d+ more", "Traceback \\(most recent call last\\):",
            "test result: .*", "failures:", "Tests:.*", "Test Suites:.*", "Snapshots:.*", "Time:.*", "# (tests|suites|pass|fail|cancelled"
                    + "|skipped|todo|duration_ms) .*"));
    /** Lines that name the failure: assertions, expected and actual values, compilers' errors, names of failed tests. */
    private static final Pattern DECISIVE = Pattern.compile(String.join("|",
            "\\[ERROR\\].*\\.(java|kt|scala|groovy):.*", "\\[ERROR\\]\\s+\\S+.*(:\\d+|»|expected).*",
            ".*\\b(AssertionError|AssertionFailedError|ComparisonFailure)\\b.*", "E\\s{2,}\\S.*", "FAILED \\S+::.*", "(FAIL|ERROR): \\S.*",
            ".*\\b\\w*(Error|Exception): .*", "\\s*--- FAIL: .*", "\\s+\\S+_test\\.go:\\d+: .*", ".*\\.go:\\d+:\\d+: .*",
            "error(\\[E\\d+\\])?: .*", "\\s*--> .*:\\d+:\\d+", "thread '.*' .*panicked at.*", "\\s*(left|right): .*",
            "\\s*● .*", "\\s*(Expected|Received|expected|actual|got|want)\\b.*:.*", "\\s*[✕✖✗✘×] .*", "not ok .*", "FAIL[:\\s]+\\S.*",
            ".*\\b(expected|but was|but got)\\b.*", "[^\\s:]+:\\d+(:\\d+)?: (fatal )?error:? .*", "\\S+\\(\\d+,\\d+\\): error .*",
            "\\S+ > .* FAILED", "\\s*Caused by: .*", ".*: (not found|command not found|No such file or directory)"));

    /** A line's first characters are enough; patterns need too long for longer lines. */
    private static final int BEGINNING = 300;

    private DecisiveLines() {}

    private static String beginning(String line) {
        return line.length() > BEGINNING ? line.substring(0, BEGINNING) : line;
    }

    /**
     * At most {@code count} lines in the order of the output, with their indentation, but without control characters. If no line is
     * recognized, the last lines that are not advice or sums.
     */
    static List<String> of(String output, int count) {
        List<String> lines = Format.printable(output).lines().map(String::stripTrailing).filter(l -> !l.isBlank()).toList();
        List<String> speaking = lines.stream().filter(l -> !BOILERPLATE.matcher(beginning(l)).matches()).toList();
        List<String> decisive = new ArrayList<>();
        for (String line : speaking) {
            // Many outputs contain the same words twice: at the failure, and in a summary.
            if (DECISIVE.matcher(beginning(line)).matches() && decisive.stream().noneMatch(d -> d.strip().equals(line.strip()))) {
                decisive.add(line);
            }
        }
        if (decisive.size() > count) {
            return decisive.subList(0, count);
        }
        if (!decisive.isEmpty()) {
            return decisive;
        }
        List<String> rest = speaking.isEmpty() ? lines : speaking;
        return rest.subList(Math.max(0, rest.size() - count), rest.size());
    }
}
