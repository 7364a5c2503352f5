package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import functions.tree.ShadowTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PA runs the user's check, or the one that the project had; for everything else it needs a yes. */
class NothingUnaskedTest {
    @TempDir
    Path folder;

    private Project project;
    private DefaultFunctions functions;
    private final List<String> asked = new ArrayList<>();
    private boolean answer;

    @BeforeEach
    void project() throws Exception {
        project = new Project(folder);
        project.options = Options.consenting(project.options, (command, why) -> {
            asked.add(command);
            return answer;
        });
    }

    @Test
    void aScriptThatChangedIsParsedAndNotRun() throws Exception {
        begin();
        project.file("rotate-keys.sh", "#!/bin/sh", "touch ran");
        FunctionResult result = automatic("rotate-keys.sh");
        assertEquals(Verdict.SKIPPED, verdict(result), "right syntax proves nothing");
        assertTrue(result.output().contains("$ sh -n ./rotate-keys.sh\n→ the syntax is correct; the file was not run"), result.output());
        assertNotRun();
        assertEquals(List.of(), asked, "nobody is asked about a file that merely changed");
    }

    @Test
    void wrongSyntaxFails() throws Exception {
        begin();
        project.file("a.sh", "if true; then");
        project.file("b.py", "def broken(:");
        assertEquals(Verdict.FAIL, verdict(automatic("a.sh")));
        FunctionResult python = automatic("b.py");
        assertEquals(Verdict.FAIL, verdict(python));
        assertTrue(python.output().contains("SyntaxError"), python.output());
    }

    @Test
    void checkingTheSyntaxRunsNothingOfTheProject() throws Exception {
        begin();
        for (String module : List.of("sys.py", "sitecustomize.py", "usercustomize.py", "encodings.py", "a.py")) {
            project.file(module, "open('ran', 'w')");
        }
        automatic("a.py", "sys.py", "sitecustomize.py");
        assertNotRun();
        assertFalse(Files.exists(project.root.resolve("__pycache__")));
    }

    @Test
    void theProjectsOwnCheckIsRunWithoutAsking() throws Exception {
        project.file("Makefile", "test:", "\ttouch ran");
        begin();
        assertEquals(Verdict.PASS, verdict(automatic("x.py")));
        assertTrue(Files.exists(project.root.resolve("ran")));
        assertEquals(List.of(), asked);
    }

    @Test
    void aCheckThatOnlyTheWorkerWroteIsNotRun() throws Exception {
        begin();
        project.file("Makefile", "test:", "\ttouch ran");
        FunctionResult result = automatic("Makefile");
        assertEquals(Verdict.SKIPPED, verdict(result));
        assertTrue(result.output().contains("--run-new-checks"), result.output());
        assertEquals(List.of("make test"), asked);
        assertNotRun();
        automatic("Makefile");
        assertEquals(1, asked.size(), "the same thing is asked once");
    }

    @Test
    void aCheckWhoseDefinitionChangedIsNotRun() throws Exception {
        project.file("Makefile", "lint:", "\ttrue", "test: prepare", "\t@grep -q good a.txt", "prepare:", "\t@true");
        begin();
        project.file("Makefile", "lint:", "\tfalse", "test: prepare", "\t@grep -q good a.txt", "prepare:", "\t@true");
        assertEquals(Verdict.FAIL, verdict(automatic("Makefile")), "another target is no part of the check");
        project.file("Makefile", "lint:", "\ttrue", "test: prepare", "\t@grep -q good a.txt", "prepare:", "\ttouch ran");
        assertEquals(Verdict.SKIPPED, verdict(automatic("Makefile")), "a prerequisite is");
        assertNotRun();
    }

    @Test
    void withAYesItIsRun() throws Exception {
        answer = true;
        begin();
        project.file("Makefile", "test:", "\ttouch ran");
        assertEquals(Verdict.PASS, verdict(automatic("Makefile")));
        assertEquals(List.of("make test"), asked);
    }

    @Test
    void otherCommandsOfTheReasonerAreNotRun() throws Exception {
        project.file("Makefile", "test:", "\ttrue", "deploy:", "\ttouch ran");
        project.file("run.sh", "touch ran");
        begin();
        for (String command : List.of("make deploy", "make test deploy", "make test SHELL=./run.sh", "sh run.sh", "true")) {
            FunctionResult result = functions.execute(new Decision.RunTests(Optional.of(command)), Bounds.none());
            assertFalse(result.success(), command);
            assertEquals(Optional.empty(), result.verification(), command);
        }
        FunctionResult code = functions.execute(new Decision.VerifyCode(List.of("run.sh")), Bounds.none());
        assertEquals(Verdict.SKIPPED, verdict(code));
        FunctionResult product = functions.execute(new Decision.VerifyProduct(Optional.empty(), Optional.of("sh run.sh"),
                OptionalInt.empty(), List.of(), List.of()), Bounds.none());
        assertEquals(Verdict.SKIPPED, verdict(product));
        assertNotRun();
        assertEquals(6, asked.size(), "each was asked for: " + asked);
    }

    @Test
    void theCheckMayBeRunOnLess() throws Exception {
        project.program("check", "#!/bin/sh", "echo \"$@\" > ran");
        project.file("test_a.py", "");
        project.options = Options.verifiedBy(project.options, "./check");
        begin();
        FunctionResult less = functions.execute(new Decision.RunTests(Optional.of("./check -x test_a.py::T -k add")), Bounds.none());
        assertTrue(less.success(), less.output());
        assertTrue(less.verification().isEmpty(), "only the whole check verifies");
        for (String command : List.of("./check -p evil", "./check ../x", "./check --config=x", "./check no-such-file")) {
            assertFalse(functions.execute(new Decision.RunTests(Optional.of(command)), Bounds.none()).success(), command);
        }
    }

    @Test
    void aCheckThatTheProjectHadIsKnownAlsoWithoutGit() throws Exception {
        project.file("Makefile", "test:", "\ttouch ran");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String program : List.of("make", "touch", "sh")) {
            Files.createSymbolicLink(bin.resolve(program),
                    process.Programs.find(program, Path.of("/"), System.getenv()).orElseThrow());
        }
        java.util.Map<String, String> environment = new java.util.TreeMap<>(project.options.environment());
        environment.put("PATH", bin.toString());
        project.options = Options.defaults(environment);
        begin();
        assertEquals(Verdict.PASS, verdict(automatic("x")));
        Files.delete(project.root.resolve("ran"));
        project.file("Makefile", "test:", "\ttouch ran; true");
        assertEquals(Verdict.SKIPPED, verdict(automatic("Makefile")));
        assertNotRun();
    }

    /** The session begins: its state is seen first. */
    private void begin() throws InterruptedException {
        ShadowTree tree = project.tree();
        tree.state();
        functions = new DefaultFunctions(project.workspace(), tree, project.options, List.of());
    }

    private FunctionResult automatic(String... changed) throws InterruptedException {
        return functions.automatic(functions.automaticVerification(new Changes(List.of(changed), 1, 0)), Bounds.none());
    }

    private void assertNotRun() throws IOException {
        assertFalse(Files.exists(project.root.resolve("ran")));
    }

    private static Verdict verdict(FunctionResult result) {
        return result.verification().orElseThrow(() -> new AssertionError(result.output())).verdict();
    }
}
