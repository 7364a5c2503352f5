package agent.loop;

import static agent.loop.Fakes.check;
import static agent.loop.Fakes.clean;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Changes;
import agent.Instruction;
import agent.Problem;
import agent.Reasoning;
import agent.RunEvent;
import agent.StallPattern;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import contract.ErrorType;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
    private final History history = new History();
    private int state;

    private void round(String said, Changes changes, FunctionResult check) {
        history.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
        history.on(new RunEvent.WorkerEnded(1, clean(said), Duration.ZERO));
        history.on(new RunEvent.TreeObserved(Integer.toString(++state), changes));
        history.on(new RunEvent.FunctionEnded(1, new Decision.RunTests(Optional.empty()), check, true, Duration.ZERO));
    }

    private void decide(Decision decision, FunctionResult result) {
        history.on(new RunEvent.ReasoningEnded(1, Optional.of(Reasoning.of(decision, "")), Optional.empty(), Duration.ZERO));
        if (!(decision instanceof Decision.SendToWorker)) {
            history.on(new RunEvent.FunctionEnded(1, decision, result, false, Duration.ZERO));
        }
    }

    private void send(String text) {
        decide(new Decision.SendToWorker(text, Optional.empty()), FunctionResult.ok(""));
    }

    private Optional<StallPattern> pattern() {
        return StallDetector.look(history, true).map(StallDetector.Stall::pattern);
    }

    private static Changes changed(int lines) {
        return new Changes(java.util.List.of("a"), lines, 0);
    }

    @Test
    void threeRoundsWithoutAChange() {
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), pattern());
            round("said " + i, Changes.NONE, check(Verdict.PASS, ""));
            send("instruction " + i);
        }
        assertEquals(Optional.of(StallPattern.NO_CHANGE), pattern());
    }

    @Test
    void theSameErrorAlsoWhenItsNumbersDiffer() {
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), pattern());
            round("said " + i, changed(i + 1), check(Verdict.FAIL, "failed after 0." + i + " s at 0x" + i));
            send("instruction " + i);
        }
        assertEquals(Optional.of(StallPattern.REPEATED_ERROR), pattern());
    }

    @Test
    void theSameActionWithTheSameResult() {
        round("x", changed(1), check(Verdict.PASS, ""));
        for (int i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), pattern());
            decide(new Decision.ReadFile("a"), FunctionResult.ok("content"));
        }
        assertEquals(Optional.of(StallPattern.REPEATED_ACTION), pattern());
    }

    @Test
    void theSameActionWithAnotherResultIsProgress() {
        round("x", changed(1), check(Verdict.PASS, ""));
        for (int i = 0; i < 5; i++) {
            decide(new Decision.ReadFile("a"), FunctionResult.ok("content " + i));
        }
        assertEquals(Optional.empty(), pattern());
    }

    @Test
    void answersThatAlternate() {
        round("x", changed(1), check(Verdict.PASS, ""));
        for (int i = 0; i < 2; i++) {
            assertEquals(Optional.empty(), pattern());
            decide(new Decision.ReadFile("a"), FunctionResult.ok("A"));
            decide(new Decision.ReadFile("b"), FunctionResult.ok("B"));
        }
        assertEquals(Optional.of(StallPattern.ALTERNATION), pattern());
    }

    @Test
    void whatWasWrongIsNamed() {
        for (int i = 0; i < 3; i++) {
            round("said " + i, changed(i + 1), check(Verdict.FAIL, "failed"));
            send("instruction " + i);
        }
        assertEquals("the same failure came 3 times in a row: the check make test fails",
                StallDetector.look(history, true).orElseThrow().message());
    }

    @Test
    void aWorkersOwnFailureIsNamedByItsMessage() {
        for (int i = 0; i < 3; i++) {
            history.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
            history.on(new RunEvent.WorkerEnded(1, Fakes.failed(Problem.passing(ErrorType.TIMEOUT, "too slow")), Duration.ZERO));
            history.on(new RunEvent.TreeObserved(Integer.toString(++state), changed(i)));
            send("instruction " + i);
        }
        assertEquals("the same failure came 3 times in a row: too slow",
                StallDetector.look(history, true).orElseThrow().message());
        assertEquals(Optional.empty(), StallDetector.look(history, false), "without a new round it is no news");
    }

    @Test
    void aCheckThatWasSkippedIsNoFailure() {
        for (int i = 0; i < 3; i++) {
            round("said " + i, changed(i + 1), check(Verdict.SKIPPED, "no check"));
            send("instruction " + i);
        }
        assertEquals(Optional.empty(), pattern());
    }

    @Test
    void theSameCheckDecidedAgainIsTheSameAlsoWhenItsTimesDiffer() {
        round("x", changed(1), check(Verdict.PASS, ""));
        for (int i = 0; i < 3; i++) {
            decide(new Decision.RunTests(Optional.empty()), check(Verdict.FAIL, "failed after 0." + i + " s"));
        }
        assertEquals(Optional.of(StallPattern.REPEATED_ACTION), pattern());
        assertEquals("run_tests was decided 3 times in a row with the same result",
                StallDetector.look(history, false).orElseThrow().message());
    }

    @Test
    void aRoundBringsProgressUnlessItsFailureWasThereBefore() {
        assertTrue(StallDetector.progress(history), "nothing happened yet");
        round("a", changed(1), check(Verdict.FAIL, "one"));
        send("fix it");
        assertTrue(StallDetector.progress(history), "a failure that is new");
        round("b", changed(1), check(Verdict.FAIL, "two"));
        send("fix that");
        assertTrue(StallDetector.progress(history));
        round("c", changed(1), check(Verdict.FAIL, "one"));
        send("again");
        assertFalse(StallDetector.progress(history), "the first failure is back");
        round("d", changed(1), check(Verdict.PASS, ""));
        send("more");
        assertTrue(StallDetector.progress(history), "nothing is wrong");
    }
}
