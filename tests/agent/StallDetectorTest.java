package agent;

import static agent.Fakes.check;
import static agent.Fakes.clean;
import static org.junit.jupiter.api.Assertions.assertEquals;

import agent.Verification.Verdict;
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
}
