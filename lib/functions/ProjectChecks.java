package functions;

import agent.Changes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds out how a project is tested, by the files in its working directory, anew each time: the worker may just have made
 * it. In this order: a Makefile with a target {@code test}, Maven, Gradle, npm and its like, pytest or unittest, Cargo, Go.
 * The first that is there counts, also when its tool is not installed: another one's success would prove less.
 */
final class ProjectChecks {
    private static final Pattern MAKE_TEST =
            Pattern.compile("(?m)^(?![.#\\t ])(?:[^:=#\\n]*[\\s])?test(?:\\s[^:=#\\n]*)?:(?!=)");
    private static final Pattern PYTHON_TEST = Pattern.compile("test_.*\\.py|.*_test\\.py");
    private static final Pattern RUST_TEST = Pattern.compile("#\\[(\\w+::)*test\\b|^\\s*///\\s*```", Pattern.MULTILINE);
    private static final int DEEPEST = 6;
    private static final int MOST_FILES = 20_000;

    private final Commands commands;
    private final Runners runners;
    private final Path root;

    ProjectChecks(Commands commands, Runners runners) {
        this.commands = commands;
        this.runners = runners;
        this.root = commands.workspace().root();
    }

    /** The command that runs the project's own tests, in words. */
    Optional<List<String>> tests() {
        return make().or(this::maven).or(this::gradle).or(() -> PackageScripts.test(root)).or(this::python)
                .or(this::cargo).or(this::go);
    }

    /**
     * The programs among what changed, as paths relative to the working directory: those that clearly are some, or else all
     * that can be run. Nothing that did not change is ever run by itself.
     */
    List<String> changedPrograms(Changes changes) {
        List<Path> runnable = existing(changes).stream().filter(runners::mayRunByItself).collect(Collectors.toList());
        List<Path> programs = runnable.stream().filter(runners::isProgram).collect(Collectors.toList());
        return (programs.isEmpty() ? runnable : programs).stream().map(commands.workspace()::relative)
                .collect(Collectors.toList());
    }

    private List<Path> existing(Changes changes) {
        List<Path> files = new ArrayList<>();
        for (String path : changes.paths()) {
            try {
                Path file = commands.workspace().existing(path);
                if (Files.isRegularFile(file) && !files.contains(file)) {
                    files.add(file);
                }
            } catch (Refused | InvalidPathException e) {
                // Deleted, or a link that leads out: nothing to run.
                continue;
            }
        }
        return files;
    }

    private Optional<List<String>> make() {
        for (String name : List.of("GNUmakefile", "makefile", "Makefile")) {
            if (MAKE_TEST.matcher(text(name)).find()) {
                return Optional.of(List.of("make", "test"));
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> maven() {
        return exists("pom.xml") ? Optional.of(wrapped("mvnw", "mvn", "-B", "test")) : Optional.empty();
    }

    private Optional<List<String>> gradle() {
        boolean there = List.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts").stream()
                .anyMatch(this::exists);
        // No daemon: it would outlive the check, and everything that does is ended.
        return there ? Optional.of(wrapped("gradlew", "gradle", "test", "--no-daemon", "--console=plain"))
                : Optional.empty();
    }

    /** A wrapper pins the version that the project wants; one that lost its permission still is a shell script. */
    private List<String> wrapped(String wrapper, String program, String... arguments) {
        List<String> words = new ArrayList<>();
        if (!exists(wrapper)) {
            words.add(program);
        } else {
            if (!Files.isExecutable(root.resolve(wrapper))) {
                words.add("sh");
            }
            words.add("./" + wrapper);
        }
        words.addAll(List.of(arguments));
        return List.copyOf(words);
    }

    private Optional<List<String>> python() {
        List<Path> tests = find(PYTHON_TEST);
        boolean configured = exists("pytest.ini") || exists(".pytest.ini") || exists("conftest.py")
                || exists("tests/conftest.py") || text("pyproject.toml").contains("[tool.pytest")
                || text("setup.cfg").contains("[tool:pytest]") || text("tox.ini").contains("[pytest]");
        if (tests.isEmpty() && !configured) {
            return Optional.empty();
        }
        String python = runners.pythonProgram();
        boolean plain = !configured && tests.stream().map(ProjectChecks::read)
                .allMatch(text -> text.contains("unittest") && !text.contains("pytest"));
        // What only needs unittest is not made to depend on pytest.
        return Optional.of(plain ? unittest(python, tests) : List.of(python, "-m", "pytest"));
    }

    private List<String> unittest(String python, List<Path> tests) {
        List<String> words = new ArrayList<>(List.of(python, "-m", "unittest", "discover"));
        Path folder = root.resolve("tests");
        if (tests.stream().allMatch(test -> test.startsWith(folder))) {
            words.addAll(List.of("-s", "tests"));
            if (exists("tests/__init__.py")) {
                words.addAll(List.of("-t", "."));
            }
        }
        if (tests.stream().noneMatch(test -> test.getFileName().toString().startsWith("test"))) {
            words.addAll(List.of("-p", "*_test.py"));
        }
        return List.copyOf(words);
    }

    private Optional<List<String>> cargo() {
        if (!exists("Cargo.toml")) {
            return Optional.empty();
        }
        boolean tests = find(Pattern.compile(".*\\.rs")).stream().map(ProjectChecks::read)
                .anyMatch(text -> RUST_TEST.matcher(text).find());
        return tests ? Optional.of(List.of("cargo", "test")) : Optional.empty();
    }

    private Optional<List<String>> go() {
        return exists("go.mod") && !find(Pattern.compile(".*_test\\.go")).isEmpty()
                ? Optional.of(List.of("go", "test", "./...")) : Optional.empty();
    }

    private boolean exists(String name) {
        return Files.isRegularFile(root.resolve(name));
    }

    private String text(String name) {
        return exists(name) ? read(root.resolve(name)) : "";
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Cannot be read, so it says nothing about how the project is tested.
            return "";
        }
    }

    /** Files of this name, not too deep, outside of build output and hidden folders; bounded in a huge tree. */
    private List<Path> find(Pattern name) {
        List<Path> found = new ArrayList<>();
        int[] seen = {0};
        try {
            Files.walkFileTree(root, java.util.Set.of(), DEEPEST, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    String own = folder.getFileName().toString();
                    boolean skip = !folder.equals(root) && (own.startsWith(".") || Exclusions.output(own));
                    return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && name.matcher(file.getFileName().toString()).matches()) {
                        found.add(file);
                    }
                    return ++seen[0] > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return found;
        }
        return found;
    }
}
