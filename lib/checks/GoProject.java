package checks;

import checks.TestReport.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import process.Completed;

/** A {@code go.mod} with tests. */
final class GoProject implements Ecosystem {
    private static final Pattern TEST = Pattern.compile(".*_test\\.go");
    private static final Pattern RESULT = Pattern.compile("^(\\s*)--- (PASS|FAIL|SKIP): (\\S+)");
    private static final Pattern PACKAGE = Pattern.compile("^(ok|FAIL|\\?)\\s+(\\S+)(?:\\s+(.*))?$");

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        return files.exists("go.mod") && !files.named(TEST).isEmpty()
                ? Optional.of(List.of("go", "test", "./...")) : Optional.empty();
    }

    @Override
    public boolean guards(String path) {
        return TEST.matcher(path).matches() || Names.inFolder(path, java.util.Set.of("testdata"));
    }

    @Override
    public Optional<TestRunner> runner(String program, List<String> arguments) {
        return program.equals("go") && arguments.contains("test") ? Optional.of(GoProject::testedNothing) : Optional.empty();
    }

    private static Optional<String> testedNothing(Completed run) {
        boolean tested = run.output().lines().anyMatch(line -> line.startsWith("PASS")
                || line.startsWith("ok") && !line.endsWith("[no tests to run]"));
        return run.succeeded() && !tested ? Optional.of("there are no Go tests") : Optional.empty();
    }

    @Override
    public Map<String, String> asking(Map<String, String> environment, Path report) {
        return Map.of("GOFLAGS", (environment.getOrDefault("GOFLAGS", "") + " -v").strip());
    }

    @Override
    public void named(Printed printed, Map<String, Result> results) {
        List<Map.Entry<String, Result>> open = new ArrayList<>();
        for (String line : printed.lines()) {
            Matcher test = RESULT.matcher(MeasuredText.of(line));
            Matcher end = PACKAGE.matcher(MeasuredText.of(line));
            if (test.find()) {
                open.add(Map.entry(test.group(3), test.group(2).equals("PASS") ? Result.PASS
                        : test.group(2).equals("SKIP") ? Result.SKIP : Result.FAIL));
            } else if (end.matches() && (end.group(3) != null || !open.isEmpty())) {
                String name = end.group(2);
                open.forEach(each -> TestIds.add(results, name + "." + each.getKey(), each.getValue()));
                if (end.group(1).equals("FAIL") && open.stream().noneMatch(e -> e.getValue() == Result.FAIL)) {
                    // The package did not compile, or its tests ended early.
                    TestIds.add(results, name, Result.FAIL);
                }
                open.clear();
            }
        }
    }
}
