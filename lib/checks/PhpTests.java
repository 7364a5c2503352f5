package checks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PHPUnit. */
final class PhpTests implements Ecosystem {
    private static final Pattern OK = Pattern.compile("(?m)^OK \\((\\d+) tests?, \\d+ assertions?\\)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Tests: (\\d+), Assertions: \\d+(.*)\\.$");

    @Override
    public Optional<TestReport> counted(Printed printed) {
        Matcher fine = OK.matcher(MeasuredText.of(printed.text()));
        if (fine.find()) {
            return Optional.of(TestReport.counted(Integer.parseInt(fine.group(1)), 0, 0));
        }
        Matcher total = TOTAL.matcher(MeasuredText.of(printed.text()));
        return !total.find() ? Optional.empty() : Optional.of(TestReport.counted(Integer.parseInt(total.group(1)),
                sum(total.group(2), "Errors|Failures"), sum(total.group(2), "Skipped|Incomplete")));
    }

    private static int sum(String figures, String names) {
        int sum = 0;
        Matcher each = Pattern.compile("(?:" + names + "): (\\d+)").matcher(MeasuredText.of(figures));
        while (each.find()) {
            sum += Integer.parseInt(each.group(1));
        }
        return sum;
    }
}
