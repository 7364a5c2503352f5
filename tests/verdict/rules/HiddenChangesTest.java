package verdict.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Suspicion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What git ignores and no diff shows. The change begins an hour from now here, so that a file is touched only on purpose. */
class HiddenChangesTest {
    private static final Instant BEGUN = Instant.now().plus(Duration.ofHours(1));
    private static final String EDITED = "belongs to an installed test runner, and was edited in place in the run";
    private static final String START_UP = "is run by Python before anything else, and came in the run";

    @TempDir
    Path live;

    private void file(String path) throws IOException {
        Path file = live.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x");
    }

    private void touched(String path) throws IOException {
        file(path);
        Files.setLastModifiedTime(live.resolve(path), FileTime.from(BEGUN.plusSeconds(60)));
    }

    private List<Suspicion> find(String... ignored) {
        return HiddenChanges.find(live, new LinkedHashSet<>(List.of(ignored)), BEGUN.toEpochMilli());
    }

    private List<String> texts(String... ignored) {
        return find(ignored).stream().map(s -> s.file() + " " + s.reason()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"conftest.py", "a/sitecustomize.py", "pytest.ini", "Makefile", "package.json", "jest.config.js", "x_test.go",
        "tests/test_a.py", "a.test.ts", "editable.pth"})
    void aFileOfTheCheckThatCameInTheRunIsHard(String path) throws IOException {
        touched(path);
        List<Suspicion> found = find(path);
        assertEquals(List.of(path), found.stream().map(Suspicion::file).toList());
        assertTrue(found.get(0).hard() && found.get(0).rule().equals("hidden-change"), found.toString());
    }

    @Test
    void whatWasThereBeforeOrIsNoneOfTheCheckIsNot() throws IOException {
        file("conftest.py");
        touched("notes.txt");
        touched("calc.py");
        assertEquals(List.of(), texts("conftest.py", "notes.txt", "calc.py", "gone/conftest.py"));
    }

    @Test
    void theVeryMomentInWhichItBeganCounts() throws IOException {
        file("conftest.py");
        Files.setLastModifiedTime(live.resolve("conftest.py"), FileTime.from(Instant.ofEpochMilli(BEGUN.toEpochMilli())));
        assertEquals(1, find("conftest.py").size());
        Files.setLastModifiedTime(live.resolve("conftest.py"), FileTime.from(Instant.ofEpochMilli(BEGUN.toEpochMilli() - 1)));
        assertEquals(0, find("conftest.py").size());
    }

    @Test
    void aProgramThatSetsTheTimeBackIsFoundByTheTimeThatItCannotSet() throws IOException {
        file("conftest.py");
        Files.setLastModifiedTime(live.resolve("conftest.py"), FileTime.from(Instant.EPOCH));
        assertEquals(1, HiddenChanges.find(live, Set.of("conftest.py"), Instant.now().minusSeconds(600).toEpochMilli()).size());
    }

    @Test
    void whereNobodyKnowsWhenItBeganNothingIsFound() throws IOException {
        touched("conftest.py");
        assertEquals(List.of(), HiddenChanges.find(live, Set.of("conftest.py"), 0));
    }

    @Test
    void compiledPythonCountsWhereNoTextIsBesideIt() throws IOException {
        touched("calc.pyc");
        touched("other.pyc");
        file("other.py");
        touched("__pycache__/more.pyc");
        assertEquals(List.of("calc.pyc belongs to the check, came in the run, and is ignored by git, so that no diff shows it"),
                texts("calc.pyc", "other.pyc", "__pycache__/more.pyc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node_modules/jest/build/index.js", "web/node_modules/@vitest/runner/dist/a.js",
        ".venv/lib/python3.12/site-packages/_pytest/runner.py"})
    void anInstalledRunnerThatWasEditedInPlaceIsHard(String path) throws IOException {
        touched(path);
        String ignored = path.replaceFirst("(node_modules|\\.venv)/.*", "$1/");
        assertEquals(List.of(path + " " + EDITED), texts(ignored));
        assertTrue(find(ignored).get(0).hard());
    }

    @Test
    void aRunnerThatWasInstalledAnewHasANewManifest() throws IOException {
        touched("node_modules/jest/build/index.js");
        file("node_modules/jest/package.json");
        assertEquals(1, find("node_modules/").size());
        touched("node_modules/jest/package.json");
        assertEquals(List.of("node_modules/jest/package.json " + EDITED), texts("node_modules/"), "or its manifest alone was edited");
        touched("venv/lib/site-packages/_pytest/runner.py");
        file("venv/lib/site-packages/pytest-8.0.dist-info/RECORD");
        assertEquals(1, find("venv/").size());
        touched("venv/lib/site-packages/pytest-8.0.dist-info/RECORD");
        assertEquals(List.of(), texts("venv/"));
    }

    @Test
    void whatPythonRunsAtItsStartIsHard() throws IOException {
        touched("venv/lib/site-packages/evil.pth");
        touched("venv/lib/site-packages/__editable__.mine.pth");
        file("venv/lib/site-packages/old.pth");
        assertEquals(List.of("venv/lib/site-packages/evil.pth " + START_UP), texts("venv/"));
    }

    @Test
    void otherPackagesAndCachesMayChange() throws IOException {
        touched("node_modules/left-pad/index.js");
        file("node_modules/jest/old.js");
        touched("venv/lib/site-packages/pytest/__pycache__/a.py");
        touched("venv/lib/site-packages/pytest/a.pyc");
        touched("venv/lib/site-packages/requests/api.py");
        touched("dist/node_modules/jest/a.js");
        assertEquals(List.of(), texts("node_modules/", "venv/", "dist/"), "a folder that holds no packages is not looked through");
    }

    @Test
    void fiveAreEnough() throws IOException {
        for (int i = 0; i < 9; i++) {
            touched("node_modules/jest/" + i + ".js");
        }
        assertEquals(5, find("node_modules/").size());
    }
}
