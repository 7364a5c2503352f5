package checks;

import checks.TestReport.Result;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CMake's test runner. */
final class CTests implements Ecosystem {
    private static final Pattern TEST =
            Pattern.compile("^\\s*\\d+/\\d+ Test\\s+#\\d+: (.+?) \\.*\\s*(Passed|\\*\\*\\*.*?)\\s+\\d+\\.\\d+ sec.*$");

    @Override
    public void named(Printed printed, Map<String, Result> results) {
        for (String line : printed.lines()) {
            Matcher test = TEST.matcher(MeasuredText.of(line));
            if (test.matches()) {
                String said = test.group(2);
                TestIds.add(results, test.group(1), said.equals("Passed") ? Result.PASS
                        : said.contains("Disabled") || said.contains("Skipped") ? Result.SKIP : Result.FAIL);
            }
        }
    }
}
