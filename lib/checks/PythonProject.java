package checks;

import checks.TestReport.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tests for pytest or unittest, in the project's own environment: of uv, Poetry, PDM, Pipenv, a virtual environment, or none. */
public final class PythonProject implements Ecosystem {
    private static final Pattern TEST = Pattern.compile("test_.*\\.py|.*_test\\.py");

    private static final Pattern GUARDED = Pattern.compile("test_.*\\.py|.*_test\\.py|tests?\\.py|conftest\\.py"
            + "|\\.?pytest\\.ini|tox\\.ini|noxfile\\.py|sitecustomize\\.py|usercustomize\\.py|.*\\.pth|\\.coveragerc");
    private static final Pattern UNITTEST = Pattern.compile("^(\\w+ \\([\\w.<>]+\\))(.*)$");
    /** The result is at the end of a line; a test's own output may come before it. */
    private static final Pattern UNITTEST_END =
            Pattern.compile("^.*?(ok|FAIL|ERROR|skipped ['\"].*|expected failure|unexpected success)$");
    private static final Pattern UNITTEST_TOTAL = Pattern.compile("(?m)^Ran (\\d+) tests? in ");
    private static final Pattern UNITTEST_BAD = Pattern.compile("(failures|errors|skipped)=(\\d+)");
    private static final String REPORT = "junit.xml";
    private static final Pattern TEST_SECTION =
            Pattern.compile("pytest|unittest|tox|nox|hatch|poe|scripts|taskipy|coverage|build-system");

    /** A manager of environments, recognized by its lock file. */
    private record Manager(String lock, String program) {}

    private static final List<Manager> MANAGERS =
            List.of(new Manager("uv.lock", "uv"), new Manager("poetry.lock", "poetry"), new Manager("pdm.lock", "pdm"),
                    new Manager("Pipfile.lock", "pipenv"));

    @Override
    public Optional<List<String>> find(FileView files, Predicate<String> installed) {
        List<String> tests = files.named(TEST);
        boolean configured = files.exists("pytest.ini") || files.exists(".pytest.ini") || files.exists("conftest.py")
                || files.exists("tests/conftest.py") || files.text("pyproject.toml").contains("[tool.pytest")
                || files.text("setup.cfg").contains("[tool:pytest]") || files.text("tox.ini").contains("[pytest]");
        if (tests.isEmpty() && !configured) {
            return Optional.empty();
        }
        boolean plain = !configured && tests.stream().map(files::text)
                .allMatch(text -> text.contains("unittest") && !text.contains("pytest"));
        List<String> words = new ArrayList<>();
        Optional<Manager> manager = MANAGERS.stream()
                .filter(m -> files.exists(m.lock()) && installed.test(m.program())).findFirst();
        if (manager.isPresent()) {
            words.addAll(List.of(manager.get().program(), "run"));
            // A project that only needs unittest must not depend on pytest.
            words.addAll(plain ? List.of("python", "-m") : List.of());
        } else {
            words.addAll(List.of(program(files, installed), "-m"));
        }
        words.addAll(plain ? unittest(files, tests) : List.of("pytest"));
        return Optional.of(List.copyOf(words));
    }

    @Override
    public boolean guards(String path) {
        return GUARDED.matcher(Names.of(path)).matches() || Names.inTestFolder(path);
    }

    @Override
    public Optional<String> testPart(String path, String text) {
        return Names.of(path).matches("pyproject\\.toml|setup\\.cfg")
                ? Optional.of(Sections.matching(text, TEST_SECTION)) : Optional.empty();
    }

    /** The interpreter: that of the project's own environment, if there is one. */
    public static String program(FileView files, Predicate<String> installed) {
        for (String own : List.of(".venv/bin/python", "venv/bin/python")) {
            if (files.executable(own)) {
                return "./" + own;
            }
        }
        return installed.test("python3") || !installed.test("python") ? "python3" : "python";
    }

    private static List<String> unittest(FileView files, List<String> tests) {
        List<String> words = new ArrayList<>(List.of("unittest", "discover"));
        if (tests.stream().allMatch(test -> test.startsWith("tests/"))) {
            words.addAll(List.of("-s", "tests"));
            if (files.exists("tests/__init__.py")) {
                words.addAll(List.of("-t", "."));
            }
        }
        if (tests.stream().noneMatch(test -> test.substring(test.lastIndexOf('/') + 1).startsWith("test"))) {
            words.addAll(List.of("-p", "*_test.py"));
        }
        return List.copyOf(words);
    }

    @Override
    public Optional<TestRunner> runner(String program, List<String> arguments) {
        int module = program.matches("python[0-9.]*") ? arguments.indexOf("-m") + 1 : 0;
        String run = module > 0 && module < arguments.size() ? arguments.get(module) : program;
        return switch (run) {
            case "pytest", "py.test" -> Optional.of(new Pytest());
            case "unittest" -> Optional.of(done -> done.output().contains("\nRan 0 tests")
                    ? Optional.of("unittest found no tests") : Optional.empty());
            default -> Optional.empty();
        };
    }

    @Override
    public List<String> asking(List<String> words, FileView files, Path report) {
        int unittest = words.indexOf("unittest");
        return unittest > 0 && words.get(unittest - 1).equals("-m") && !words.contains("-v") ? List.of("-v") : List.of();
    }

    @Override
    public Map<String, String> asking(Map<String, String> environment, Path report) {
        return Map.of("PYTEST_ADDOPTS", (environment.getOrDefault("PYTEST_ADDOPTS", "") + " -o junit_family=xunit1 --junitxml="
                + report.resolve(REPORT)).strip());
    }

    @Override
    public void written(Path report, List<Path> places, Map<String, Result> results) {
        if (Files.exists(report.resolve(REPORT))) {
            JunitXml.read(report.resolve(REPORT), results);
        }
    }

    @Override
    public void named(Printed printed, Map<String, Result> results) {
        String open = "";
        Result last = null;
        for (String line : printed.lines()) {
            Matcher test = UNITTEST.matcher(MeasuredText.of(line));
            boolean begins = test.matches();
            if (begins || line.startsWith("=====") || line.startsWith("-----")) {
                if (!open.isEmpty() && last != null) {
                    TestIds.add(results, open, last);
                }
                open = begins ? test.group(1) : "";
                last = null;
            }
            Matcher end = UNITTEST_END.matcher(MeasuredText.of(begins ? test.group(2) : line));
            if (!open.isEmpty() && end.matches()) {
                // After a failed part of a test (subTest) there is no result for the whole test.
                last = last == Result.FAIL ? last : result(end.group(1));
            }
        }
        if (!open.isEmpty() && last != null) {
            TestIds.add(results, open, last);
        }
    }

    private static Result result(String word) {
        return word.startsWith("skipped") ? Result.SKIP
                : word.equals("ok") || word.equals("expected failure") ? Result.PASS : Result.FAIL;
    }

    @Override
    public Optional<TestReport> counted(Printed printed) {
        Matcher unittest = UNITTEST_TOTAL.matcher(MeasuredText.of(printed.text()));
        if (unittest.find()) {
            int[] bad = new int[3];
            Matcher each = UNITTEST_BAD.matcher(MeasuredText.of(printed.text().substring(unittest.end())));
            while (each.find()) {
                bad[List.of("failures", "errors", "skipped").indexOf(each.group(1))] += Integer.parseInt(each.group(2));
            }
            return Optional.of(TestReport.counted(Integer.parseInt(unittest.group(1)), bad[0] + bad[1], bad[2]));
        }
        return Pytest.counted(printed.text());
    }
}
