package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Changes;
import agent.Instruction;
import agent.Problem;
import agent.Reasoning;
import agent.RunEvent;
import agent.Task;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.Verification.Verdict;
import contract.ErrorType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reasons that refuse a claim whatever its evidence is, and the instruction for the next round. */
class DoneGateTest {
    private final History history = new History();

    private Optional<String> refusal() {
        return DoneGate.refusal(history, "1", true);
    }

    private void round(WorkerReport report) {
        history.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
        history.on(new RunEvent.WorkerEnded(1, report, Duration.ZERO));
        history.on(new RunEvent.TreeObserved("1", new Changes(List.of("a"), 1, 0)));
    }

    private void checked(Verdict verdict) {
        history.on(new RunEvent.FunctionEnded(1, new Decision.RunTests(Optional.empty()), Fakes.check(verdict, ""), true, Duration.ZERO));
    }

    @Test
    void nothingIsDoneBeforeTheWorkerDidAnything() {
        assertEquals(Optional.of("the worker has not done anything yet"), refusal());
    }

    @Test
    void whatTheWorkerWasToldMustBeCarriedOutFirst() {
        String open = "the worker has an instruction that it has not carried out yet";
        round(Fakes.clean("x"));
        checked(Verdict.PASS);
        assertEquals(Optional.empty(), refusal());
        history.on(new RunEvent.ReasoningEnded(1, Optional.of(Reasoning.of(new Decision.SendToWorker("more", Optional.empty()), "")),
                Optional.empty(), Duration.ZERO));
        assertEquals(Optional.of(open), refusal());
        history.on(new RunEvent.WorkerStarted(2, new Instruction("more", Optional.empty(), Optional.empty()), false));
        assertEquals(Optional.of(open), refusal(), "its round has not ended");
    }

    @Test
    void aRoundThatDidNotEndWellIsSaidWithItsReason() {
        round(Fakes.failed(Problem.passing(ErrorType.TIMEOUT, "too slow")));
        assertEquals(Optional.of("the worker's last round was not clean (timeout: too slow). Have it go on, or solve that first"),
                refusal());
    }

    @Test
    void aCheckMustBeGreenAndAsNewAsTheFiles() {
        round(Fakes.clean("x"));
        assertEquals(Optional.of("nothing was checked in this state of the files. Use run_tests"), refusal());
        checked(Verdict.FAIL);
        assertEquals(Optional.of("a check fails in this state of the files: make test"), refusal());
        checked(Verdict.PASS);
        assertEquals(Optional.empty(), refusal());
        assertEquals(Optional.of("files changed after the last check. Run run_tests or verify_code again"),
                DoneGate.refusal(history, "2", true));
        assertEquals(Optional.empty(), DoneGate.refusal(history, "2", false), "where nothing is checked nothing can be too old");
    }

    @Test
    void theFirstInstructionHoldsAllThatBelongsToTheTask() {
        Task task = new Task("s", " make it \n", Path.of("/tmp"), List.of(new Task.ContextFile("notes.md", "Use Python.\n")),
                List.of(new Task.Screenshot(Path.of("/tmp/a.png"), "the goal", "image/png"), new Task.Screenshot(Path.of("/tmp/b.png"), "",
                        "image/png")));
        Decision check = new Decision.RunTests(Optional.of("make test"));
        String asked = "make it\n\n--- Context: notes.md ---\nUse Python.\n\nReference pictures, to be looked at with your file tool:\n"
                + "- /tmp/a.png: the goal\n- /tmp/b.png";
        assertEquals(asked, Briefing.opening(task, check, false));
        assertEquals(asked, Briefing.opening(task, new Decision.RunTests(Optional.empty()), true), "no check is known");
        assertEquals(asked + "\n\nThe work counts as done when this passes: make test\n"
                + "It is run for you after your work, so you need not run it; if you do, run exactly this command.",
                Briefing.opening(task, check, true));
        assertEquals("You were interrupted. Look at what is there already, then go on with this:\n\ngo", Briefing.again("go"));
        assertEquals("go", Briefing.original(Briefing.again("go")));
        assertEquals("go", Briefing.original("go"));
    }
}
