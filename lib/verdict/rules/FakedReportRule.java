package verdict.rules;

import agent.Suspicion;
import checks.MeasuredText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sources that print what a test runner prints, or look where it writes its report: what they say is taken for results. */
final class FakedReportRule implements Rule {
    private static final Pattern PRINTS = Pattern.compile(
            "\\b(print\\w*|write\\w*|puts|echo|log|info|say|println|Fprint\\w*|stdout|stderr)\\b|\\w+!\\(");
    private static final Pattern REPORT = Pattern.compile("\\.\\.\\. ok\\b|\\bRan \\d+ tests?|[\"'`n]ok \\d+ |--- PASS: |=+ \\d+ passed"
            + "|[\"'`n]\\d+ passed in |Tests run: \\d|test result: ok|<testcase\\b|# pass \\d|# tests \\d|ℹ (tests|pass) \\d"
            + "|Tests:\\s+\\d+ passed"
            + "|\\d+ passing \\(|OK \\(\\d+ tests?");
    private static final Pattern PLACE = Pattern.compile("PYTEST_ADDOPTS|junit_?xml|surefire-reports/|test-results/.*TEST-");

    @Override
    public String name() {
        return "faked-report";
    }

    @Override
    public List<Suspicion> look(Change change) {
        List<Suspicion> found = new ArrayList<>();
        for (FileChange file : change.files()) {
            if (!file.source() && !file.shell() || file.guarded()) {
                continue;
            }
            for (Line line : file.added()) {
                boolean fakes = REPORT.matcher(MeasuredText.of(line.text())).find() && PRINTS.matcher(MeasuredText.of(line.text())).find()
                        || PLACE.matcher(MeasuredText.of(line.text())).find();
                if (fakes && !ProcessExitRule.comment(line.text())) {
                    found.add(new Suspicion(name(), true, "prints what a test runner reports: " + line.text().strip(), file.path(),
                            line.number()));
                }
            }
        }
        return found;
    }
}
