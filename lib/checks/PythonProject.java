package checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Tests for pytest or unittest, in the project's own environment: uv's, Poetry's, PDM's, Pipenv's, a virtual one, or none. */
public final class PythonProject implements Ecosystem {
    private static final Pattern TEST = Pattern.compile("test_.*\\.py|.*_test\\.py");

    private static final Pattern GUARDED = Pattern.compile("test_.*\\.py|.*_test\\.py|tests?\\.py|conftest\\.py"
            + "|\\.?pytest\\.ini|tox\\.ini|noxfile\\.py|sitecustomize\\.py|usercustomize\\.py|.*\\.pth|\\.coveragerc");
    private static final Pattern TEST_SECTION =
            Pattern.compile("pytest|unittest|tox|nox|hatch|poe|scripts|taskipy|coverage|build-system");

    /** A manager of environments, by the lock file that it leaves. */
    private record Manager(String lock, String program) {}

    private static final List<Manager> MANAGERS =
            List.of(new Manager("uv.lock", "uv"), new Manager("poetry.lock", "poetry"), new Manager("pdm.lock", "pdm"),
                    new Manager("Pipfile.lock", "pipenv"));

    @Override
    public String name() {
        return "python";
    }

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
            // What only needs unittest is not made to depend on pytest.
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

    /** The interpreter: the project's own environment first. */
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
}
