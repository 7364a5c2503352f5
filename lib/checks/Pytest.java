package checks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import process.Completed;

/** Reads pytest's output, apart from the report that it writes. */
final class Pytest implements TestRunner {
    private static final int NO_TESTS = 5;
    private static final Pattern SUMMARY = Pattern.compile("(?m)\\b(skipped|deselected|no tests ran)\\b.{0,1000}? in \\d{1,9}\\.\\d{1,9}s");
    private static final Pattern COUNTED = Pattern.compile("\\d (passed|xpassed|xfailed|failed)\\b");
    private static final Pattern END = Pattern.compile("(?m)^(?:=++ )?((?:\\d{1,9} \\w{1,20}(?:, )?){1,20}) in \\d+\\.\\d+s.*$");
    private static final Pattern TOTAL = Pattern.compile("(\\d+) (passed|failed|errors?|skipped|xfailed|xpassed)\\b");

    @Override
    public Optional<String> testedNothing(Completed run) {
        boolean none = run.exitCode().orElse(-1) == NO_TESTS
                || run.succeeded() && SUMMARY.matcher(run.output()).find() && !COUNTED.matcher(run.output()).find();
        return none ? Optional.of("pytest ran no test") : Optional.empty();
    }

    @Override
    public Optional<String> isMissing(Completed run) {
        return !run.succeeded() && run.output().strip().endsWith("No module named pytest")
                ? Optional.of("pytest is not installed") : Optional.empty();
    }

    static Optional<TestReport> counted(String output) {
        Matcher end = END.matcher(MeasuredText.of(output));
        if (end.find()) {
            return Optional.of(Printed.figures(TOTAL.matcher(MeasuredText.of(end.group(1)))));
        }
        return output.contains("no tests ran in ") ? Optional.of(TestReport.counted(0, 0, 0)) : Optional.empty();
    }
}
