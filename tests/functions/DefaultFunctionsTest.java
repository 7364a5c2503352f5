package functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Interruption;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultFunctionsTest {
    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void project() throws Exception {
        project = new Project(folder);
    }

    @Test
    void everythingButNoOpIsOffered() {
        Set<FunctionName> offered = project.functions().offered();
        assertEquals(12, offered.size());
        assertFalse(offered.contains(FunctionName.NO_OP));
    }

    @Test
    void withoutQaTwoFunctionsAreNeitherOfferedNorCarriedOut() throws Exception {
        project.options = Options.withoutQa(project.options);
        Set<FunctionName> offered = project.functions().offered();
        assertFalse(offered.contains(FunctionName.REVIEW_CHANGES) || offered.contains(FunctionName.VERIFY_PRODUCT));
        assertTrue(offered.contains(FunctionName.RUN_TESTS));
        FunctionResult result = run(new Decision.ReviewChanges(List.of(), Optional.empty()));
        assertTrue(!result.success() && result.output().contains("--no-qa"), result.output());
    }

    @Test
    void defect10_withoutVerificationNothingIsRun() throws Exception {
        project.file("Makefile", "test:", "\ttouch ran");
        project.options = Options.withoutVerification(project.options);
        assertEquals(Set.of(FunctionName.SEND_TO_WORKER, FunctionName.READ_FILE, FunctionName.REVIEW_CHANGES,
                FunctionName.CREATE_TASK, FunctionName.UPDATE_TASK, FunctionName.COMPLETE_TASK, FunctionName.MARK_DONE,
                FunctionName.SAVE_SESSION), project.functions().offered());
        Decision automatic = project.functions().automaticVerification(Project.changed("a.sh"));
        FunctionResult result = run(automatic);
        assertEquals(Verdict.SKIPPED, result.verification().orElseThrow().verdict());
        assertTrue(result.output().contains("--no-verify"));
        assertTrue(run(new Decision.RunTests(Optional.empty())).output().contains("--no-verify"));
        assertFalse(project.root.resolve("ran").toFile().exists());
    }

    @Test
    void whatTheLoopCarriesOutIsNotForThese() {
        for (Decision decision : List.of(new Decision.SendToWorker("x", Optional.empty()),
                new Decision.MarkDone("x", List.of()),
                new Decision.SaveSession("x", Optional.empty(), OptionalInt.empty()))) {
            assertThrows(IllegalArgumentException.class, () -> run(decision));
        }
    }

    @Test
    void anAnswerThatCouldNotBeUsedComesBack() throws Exception {
        FunctionResult result = run(new Decision.NoOp("no such function: fly"));
        assertEquals("no such function: fly", result.output());
        assertFalse(result.success());
    }

    @Test
    void afterAnInterruptionNothingIsCarriedOut() {
        Interruption interruption = new Interruption();
        interruption.request(2);
        assertThrows(InterruptedException.class, () -> project.functions().execute(new Decision.ReadFile("x"),
                new Bounds(interruption, Instant.MAX)));
        assertFalse(Thread.interrupted());
    }

    private FunctionResult run(Decision decision) throws InterruptedException {
        return project.functions().execute(decision, Bounds.none());
    }
}
