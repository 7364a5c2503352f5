package verdict.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verdict.MapFiles;

/** Which files define the check, and which of them a change touched. */
class GuardedTest {
    private static final String MAKE = "all:\n\tcc a.c\ntest:\n\tsh check.sh\n";
    private final Map<String, String> before = new TreeMap<>(Map.of("Makefile", MAKE, "check.sh", "grep a b\n", "a.c", "x\n"));
    private final Map<String, String> now = new TreeMap<>(before);

    private Guarded guarded(String... check) {
        return new Guarded(new MapFiles(before), new MapFiles(now), List.of(check));
    }

    private List<String> among(String... check) {
        List<String> changed = java.util.stream.Stream.concat(before.keySet().stream(), now.keySet().stream()).distinct()
                .filter(path -> !now.getOrDefault(path, "").equals(before.getOrDefault(path, ""))).sorted().toList();
        return guarded(check).among(changed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check.sh", "tests/test_a.py", "a.test.js", "conftest.py", "src/test_helpers.py", "expected.golden",
        "lib/assertions.js"})
    void filesThatAreOfTheCheckAsAWhole(String path) {
        assertTrue(guarded("make", "test").whole(path), path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.c", "src/calc.py", "README.md", "contest.py", "latest.js"})
    void filesThatAreNot(String path) {
        assertFalse(guarded("make", "test").whole(path), path);
    }

    @Test
    void aHelperIsKnownByTheFrameworkThatItUsedBefore() {
        before.put("support/help.py", "import pytest\n");
        now.put("support/help.py", "x = 1\n");
        assertTrue(guarded("make", "test").whole("support/help.py"));
        before.put("support/mock.py", "from unittest.mock import Mock\n");
        assertFalse(guarded("make", "test").whole("support/mock.py"), "products are mocked, too");
        before.put("support/words", "import pytest\n");
        assertFalse(guarded("make", "test").whole("support/words"), "it is no source");
    }

    @Test
    void aChangedTargetIsOfTheCheckAndAnotherOneIsNot() {
        now.put("Makefile", MAKE.replace("cc a.c", "cc -O2 a.c"));
        assertEquals(List.of(), among("make", "test"));
        now.put("Makefile", MAKE.replace("sh check.sh", "true"));
        assertEquals(List.of("Makefile"), among("make", "test"));
        now.put("Makefile", MAKE);
        now.put("check.sh", "true\n");
        assertEquals(List.of("check.sh"), among("make", "test"), "what the target runs");
        now.put("check.sh", "grep a b\n");
        now.put("a.c", "y\n");
        assertEquals(List.of(), among("make", "test"));
    }

    @Test
    void aBuildFilesTestPartIsOfTheCheckAlsoWhereTheCommandDoesNotLeadThere() {
        before.put("package.json", "{\"scripts\":{\"test\":\"jest\"},\"version\":\"1\"}");
        now.put("package.json", "{\"scripts\":{\"test\":\"jest\"},\"version\":\"2\"}");
        assertEquals(List.of(), among("sh", "check.sh"));
        now.put("package.json", "{\"scripts\":{\"test\":\"true\"},\"version\":\"1\"}");
        assertEquals(List.of("package.json"), among("sh", "check.sh"));
        now.remove("package.json");
        assertEquals(List.of("package.json"), among("sh", "check.sh"), "it is gone");
    }

    @Test
    void aBuildFileThatIsNewChangesNoCheckThatWasThere() {
        now.put("sub/package.json", "{\"scripts\":{\"test\":\"jest\"}}");
        assertEquals(List.of(), among("sh", "check.sh"));
        before.remove("Makefile");
        now.put("package.json", "{\"scripts\":{\"test\":\"jest\"}}");
        now.remove("sub/package.json");
        assertEquals(List.of("package.json"), among("sh", "check.sh").stream().filter(path -> path.equals("package.json")).toList(),
                "unless the project has another check by it now");
    }

    @ParameterizedTest
    @CsvSource({"check.sh, true", "Makefile, true", "pytest.ini, true", "setup.cfg, true", "package.json, true",
            "web/jest.config.js, true", "rules.mk, true",
        "tests/test_a.py, false", "a.c, false", "src/lib.rs, false"})
    void whatSaysHowTheCheckIsRunIsToldFromWhatIsTested(String path, boolean defines) {
        before.put("src/lib.rs", "#[cfg(test)]\nmod tests {\n    #[test]\n    fn a() {}\n}\n");
        assertEquals(defines, guarded("make", "test").defines(path), path);
    }

    @Test
    void aNewFileNamedLikeATargetBlocksIt() {
        assertTrue(guarded("make", "test").blocks("test"));
        assertFalse(guarded("make", "test").blocks("other"));
        before.put("test", "");
        assertFalse(guarded("make", "test").blocks("test"), "it was there");
        before.remove("test");
        before.put("Makefile", "all:\n\ttrue\n");
        assertTrue(guarded("make", "test").blocks("test"), "also a target that came with the change");
    }

    @Test
    void theProgramTextOfTheCheckHoldsTestsAndOfRustAlsoASource() {
        now.put("src/lib.rs", "fn a() {}\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn b() {}\n}\n");
        now.put("src/main.rs", "fn main() {}\n");
        now.put("odd", "grep a b\n");
        Guarded guarded = guarded("make", "test");
        assertTrue(guarded.holdsTests("tests/test_a.py"));
        assertTrue(guarded.holdsTests("check.sh"));
        assertTrue(guarded.holdsTests("src/lib.rs"));
        assertFalse(guarded.holdsTests("src/main.rs"));
        assertFalse(guarded.holdsTests("src/calc.py"));
        assertFalse(guarded.holdsTests("expected.golden"), "it is no program");
        before.put("odd", "grep a b\n");
        assertTrue(guarded("sh", "odd").holdsTests("odd"), "the check runs it, whatever its ending");
    }

    /** The tests' own words are what the rules for literals look for. */
    @Test
    void theTextOfTheTestsIsThatOfBeforeAndOfNow() {
        before.put("tests/test_a.py", "old\n");
        now.put("tests/test_a.py", "new\n");
        now.put("check.sh", "changed\n");
        Change change = Change.of(new MapFiles(before), new MapFiles(now), List.of("check.sh", "a.c"), guarded("make", "test"));
        assertEquals("old\n\nnew\n\ngrep a b\n\nchanged\n\n", change.tests());
        assertEquals(List.of("check.sh", "a.c"), change.files().stream().map(FileChange::path).toList());
        assertEquals(List.of(true, false), change.files().stream().map(FileChange::guarded).toList());
    }

    @Test
    void aFileIsKnownByItsNameAndEnding() {
        FileChange file = new FileChange("a/b.test.py", "one\n", "one\ntwo\n", true, true, false, false);
        assertEquals("b.test.py", file.name());
        assertEquals("py", file.ending());
        assertTrue(file.source() && file.code() && !file.shell());
        assertFalse(new FileChange("a.py", "", "", true, true, true, false).source(), "it is of the check");
        assertTrue(new FileChange("a.zsh", "", "", true, true, false, false).shell());
        assertEquals(List.of(new Line(2, "two")), file.added());
        assertEquals(List.of(), file.removed());
        assertEquals(2, file.lineOf(4));
        assertEquals(1, file.lineOf(3));
    }

    @Test
    void theNamesOfAllRulesAreKnown() {
        assertTrue(Rules.names().containsAll(List.of("process-exit", "red-test-withdrawn", "test-literals", "leaves-tests-out")));
    }
}
