package checks;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import process.Completed;

/** A {@code pom.xml}. */
final class MavenProject implements Ecosystem {
    /** Elements of a pom that do not concern the build. */
    private static final Pattern OTHER = Pattern.compile("(?s)<!--.*?-->|<(dependencies|dependencyManagement|repositories"
            + "|licenses|developers|scm|description|url|issueManagement|distributionManagement)>.*?</\\1>"
            + "|<version>[^<]*</version>|\\s+");
    private static final Pattern GUARDED = Pattern.compile("(.*/)?src/(test|it|[A-Za-z]*[tT]est)/.*"
            + "|(.*/)?\\w+(Test|Tests|TestCase|IT|Spec)\\.(java|kt|groovy|scala)|\\.mvn/.*|mvnw(\\.cmd)?");
    private static final Pattern REPORTS = Pattern.compile(".*/(surefire-reports|failsafe-reports)/TEST-[^/]*\\.xml");
    private static final Pattern TESTS = Pattern.compile("Tests run: [1-9]");
    private static final Pattern TOTAL = Pattern.compile(
            "Tests run: (\\d+), Failures: (\\d+), Errors: (\\d+), Skipped: (\\d+)(?!.*Time elapsed)(?! -- in)");

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return files.exists("pom.xml") ? Optional.of(Wrapper.command(files, "mvnw", "mvn", "-B", "test")) : Optional.empty();
    }

    @Override
    public boolean guards(String path) {
        return GUARDED.matcher(path).matches();
    }

    @Override
    public Optional<String> testPart(String path, String text) {
        if (!Names.of(path).equals("pom.xml")) {
            return Optional.empty();
        }
        try {
            return Optional.of(OTHER.matcher(MeasuredText.of(text)).replaceAll(" "));
        } catch (MeasuredText.TooCostly e) {
            return Optional.of(text);
        }
    }

    @Override
    public Optional<TestRunner> runner(String program, List<String> arguments) {
        // With this option it does not say how many tests there were.
        boolean tests = program.matches("mvnw?") && !arguments.contains("-q") && !arguments.contains("--quiet")
                && arguments.stream().anyMatch(a -> a.matches("test|verify|install|package"));
        return tests ? Optional.of(MavenProject::testedNothing) : Optional.empty();
    }

    private static Optional<String> testedNothing(Completed run) {
        return run.succeeded() && run.output().contains("BUILD SUCCESS") && !TESTS.matcher(run.output()).find()
                ? Optional.of("Maven ran no tests") : Optional.empty();
    }

    @Override
    public Optional<Pattern> junitXml() {
        return Optional.of(REPORTS);
    }

    @Override
    public Optional<TestReport> counted(Printed printed) {
        Matcher figures = TOTAL.matcher(MeasuredText.of(printed.text()));
        int[] sums = new int[4];
        boolean found = false;
        while (figures.find()) {
            found = true;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Integer.parseInt(figures.group(i + 1));
            }
        }
        return found ? Optional.of(TestReport.counted(sums[0], sums[1] + sums[2], sums[3])) : Optional.empty();
    }
}
