package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectChecksTest {
    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void project() throws Exception {
        project = new Project(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Makefile | test:                          | make test",
        "Makefile | test: build ## runs the tests  | make test",
        "makefile | lint test: build               | make test",
        "GNUmakefile | test::                      | make test",
        "pom.xml  | <project/>                     | mvn -B test",
        "build.gradle | x                          | gradle test --no-daemon --console=plain",
        "settings.gradle.kts | x                   | gradle test --no-daemon --console=plain",
        "package.json | {\"scripts\":{\"test\":\"jest\"}} | npm test",
        "package.json | {\"packageManager\":\"pnpm@9.1.0\",\"scripts\":{\"test\":\"jest\"}} | pnpm run test",
        "package.json | {broken                    | npm test",
        "pytest.ini | x                            | python3 -m pytest",
        "pyproject.toml | [tool.pytest.ini_options] | python3 -m pytest",
        "setup.cfg | [tool:pytest]                 | python3 -m pytest",
        "tests/test_a.py | def test_a(): pass      | python3 -m pytest",
        "a_test.py | def test_a(): pass            | python3 -m pytest",
        "test_a.py | import unittest               | python3 -m unittest discover",
        "tests/test_a.py | import unittest         | python3 -m unittest discover -s tests"})
    void theWayToTestIsFoundByOneFile(String file, String text, String command) throws Exception {
        project.file(file, text);
        assertEquals(new Decision.RunTests(Optional.of(command)), automatic());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Makefile | .PHONY: test",
        "Makefile | test := x",
        "Makefile | test-unit: x",
        "Makefile | unit.test: x",
        "Makefile | # test: x",
        "package.json | {\"scripts\":{\"test\":\"echo \\\"Error: no test specified\\\" && exit 1\"}}",
        "package.json | {\"scripts\":{\"start\":\"x\"}}",
        "pyproject.toml | [project]",
        "node_modules/x/test_a.py | x",
        ".hidden/test_a.py | x"})
    void whatIsNoWayToTestIsNotTaken(String file, String text) throws Exception {
        project.file(file, text);
        assertEquals(new Decision.VerifyCode(List.of()), automatic());
    }

    @Test
    void wrappersComeFirstAlsoWithoutPermission() throws Exception {
        project.file("pom.xml", "<project/>");
        project.program("mvnw", "#!/bin/sh");
        assertEquals(new Decision.RunTests(Optional.of("./mvnw -B test")), automatic());
        Files.delete(project.root.resolve("pom.xml"));
        project.file("build.gradle.kts", "");
        project.file("gradlew", "#!/bin/sh");
        assertEquals(new Decision.RunTests(Optional.of("sh ./gradlew test --no-daemon --console=plain")), automatic());
    }

    @Test
    void lockFilesTellThePackageManager() throws Exception {
        project.file("package.json", "{\"scripts\":{\"test\":\"x\"}}");
        project.file("yarn.lock", "");
        assertEquals(new Decision.RunTests(Optional.of("yarn run test")), automatic());
    }

    @Test
    void theProjectsOwnPythonComesFirst() throws Exception {
        project.file("conftest.py", "");
        project.program(".venv/bin/python", "#!/bin/sh", "echo own \"$@\"; exit 5");
        assertEquals(new Decision.RunTests(Optional.of("./.venv/bin/python -m pytest")), automatic());
    }

    @ParameterizedTest
    @CsvSource({"uv.lock, uv", "poetry.lock, poetry", "pdm.lock, pdm", "Pipfile.lock, pipenv"})
    void testsRunInTheEnvironmentOfTheLockFilesManagerWhereItIsInstalled(String lock, String manager) throws Exception {
        Map<String, String> environment = Project.environment(folder);
        environment.put("PATH", project.root.resolve("bin").toString());
        project.options = Options.consenting(Options.defaults(environment), Consent.ALWAYS);
        project.file(lock, "version = 1");
        project.file("tests/test_calc.py", "def test_add(): pass");
        project.program("bin/python3", "#!/bin/sh");
        assertEquals(new Decision.RunTests(Optional.of("python3 -m pytest")), automatic());
        project.program("bin/" + manager, "#!/bin/sh");
        assertEquals(new Decision.RunTests(Optional.of(manager + " run pytest")), automatic());
        project.file("tests/test_calc.py", "import unittest");
        assertEquals(new Decision.RunTests(Optional.of(manager + " run python -m unittest discover -s tests")), automatic());
    }

    @Test
    void cargoAndGoNeedTestsElseTheirProgramIsRun() throws Exception {
        project.file("go.mod", "module x");
        project.file("main.go", "package main", "func main() {}");
        assertEquals(new Decision.VerifyCode(List.of("main.go")), automatic("main.go", "go.mod"));
        project.file("sub/x_test.go", "package sub");
        assertEquals(new Decision.RunTests(Optional.of("go test ./...")), automatic());
        Files.delete(project.root.resolve("go.mod"));
        Files.delete(project.root.resolve("main.go"));
        project.file("Cargo.toml", "[package]");
        project.file("src/main.rs", "fn main() {}");
        assertEquals(new Decision.VerifyCode(List.of("src/main.rs")), automatic("Cargo.toml", "src/main.rs"));
        project.file("src/lib.rs", "#[test]", "fn works() {}");
        assertEquals(new Decision.RunTests(Optional.of("cargo test")), automatic());
    }

    @Test
    void theOrderIsTheDocumentedOne() throws Exception {
        project.file("go.mod", "");
        project.file("x_test.go", "");
        project.file("conftest.py", "");
        assertEquals(new Decision.RunTests(Optional.of("python3 -m pytest")), automatic());
        project.file("package.json", "{\"scripts\":{\"test\":\"x\"}}");
        assertEquals(new Decision.RunTests(Optional.of("npm test")), automatic());
        project.file("build.gradle", "");
        assertEquals(new Decision.RunTests(Optional.of("gradle test --no-daemon --console=plain")), automatic());
        project.file("pom.xml", "");
        assertEquals(new Decision.RunTests(Optional.of("mvn -B test")), automatic());
        project.file("Makefile", "test:");
        assertEquals(new Decision.RunTests(Optional.of("make test")), automatic());
        project.options = Options.verifiedBy(project.options, "mine");
        assertEquals(new Decision.RunTests(Optional.of("mine")), automatic());
        project.options = Options.withoutVerification(project.options);
        assertEquals(new Decision.VerifyCode(List.of()), automatic("a.py"));
    }

    @Test
    void defect16_onlyProgramsThatChangedInThisRunAreRunByThemselves() throws Exception {
        Path ran = folder.resolve("ran");
        project.program("old.sh", "#!/bin/sh", "touch " + ran);
        project.file("old.py", "open('" + ran + "', 'w')");
        Path outside = Files.writeString(folder.resolve("out.sh"), "touch " + ran);
        Files.createSymbolicLink(project.root.resolve("link.sh"), outside);
        project.file("new.sh", "echo hi");
        Decision decision = automatic("new.sh", "notes.md", "deleted.sh", "link.sh");
        assertEquals(new Decision.VerifyCode(List.of("new.sh")), decision);
        FunctionResult result = project.functions().execute(decision, Bounds.none());
        assertEquals(Verdict.PASS, result.verification().orElseThrow().verdict());
        assertFalse(Files.exists(ran));
        assertEquals(new Decision.VerifyCode(List.of()), automatic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup.py", "webpack.config.js", ".eslintrc.js"})
    void whatBelongsToAToolIsNotRunByItself(String name) throws Exception {
        project.program(name, "#!/bin/sh", "exit 0");
        assertEquals(new Decision.VerifyCode(List.of()), automatic(name));
    }

    @Test
    void aScriptForABrowserIsNotRunByNode() throws Exception {
        project.file("page.js", "document.title = 'x'");
        assertEquals(new Decision.VerifyCode(List.of()), automatic("page.js"));
    }

    @Test
    void programsArePreferredToTheirParts() throws Exception {
        project.file("lib.py", "def f(): pass");
        assertEquals(new Decision.VerifyCode(List.of("lib.py")), automatic("lib.py"));
        project.file("main.py", "import lib", "if __name__ == '__main__':", "    lib.f()");
        project.file("Util.java", "class Util {}");
        project.file("Main.java", "class Main { static void main(String[] a) {} }");
        project.file("part.js", "module.exports = {}");
        assertEquals(new Decision.VerifyCode(List.of("Main.java", "main.py")),
                automatic("Main.java", "Util.java", "lib.py", "main.py", "part.js"));
    }

    @Test
    void aRealPytestIsRunOrSaidToBeMissing() throws Exception {
        Assumptions.assumeTrue(Project.available("python3"), "python3 is not installed");
        project.file("calc.py", "def add(a, b): return a - b");
        project.file("test_calc.py", "from calc import add", "def test_add(): assert add(1, 2) == 3");
        FunctionResult red = project.functions().execute(automatic("calc.py"), Bounds.none());
        Verdict verdict = red.verification().orElseThrow().verdict();
        if (red.output().contains("pytest is not installed")) {
            assertEquals(Verdict.SKIPPED, verdict);
            return;
        }
        assertEquals(Verdict.FAIL, verdict, red.output());
        assertTrue(red.output().contains("assert -1 == 3"), red.output());
        project.file("calc.py", "def add(a, b): return a + b  # fixed");
        assertTrue(project.functions().execute(automatic("calc.py"), Bounds.none()).success());
    }

    @Test
    void aRealUnittestAndARealMakefileAreRun() throws Exception {
        Assumptions.assumeTrue(Project.available("python3") && Project.available("make"),
                "python3 or make is not installed");
        project.file("tests/test_a.py", "import unittest", "class A(unittest.TestCase):", "    def test(self): pass");
        FunctionResult result = project.functions().execute(automatic(), Bounds.none());
        assertEquals(Verdict.PASS, result.verification().orElseThrow().verdict(), result.output());
        assertTrue(result.output().contains("Ran 1 test"));
        project.file("tests/test_a.py", "import unittest");
        result = project.functions().execute(automatic(), Bounds.none());
        assertEquals(Verdict.SKIPPED, result.verification().orElseThrow().verdict(), result.output());
        project.file("Makefile", "test:", "\t@echo testing; exit 2");
        result = project.functions().execute(automatic(), Bounds.none());
        assertEquals(Verdict.FAIL, result.verification().orElseThrow().verdict());
        assertEquals("make test", result.verification().orElseThrow().subject());
    }

    private Decision automatic(String... changed) {
        return project.functions().automaticVerification(new Changes(List.of(changed), 0, 0));
    }
}
