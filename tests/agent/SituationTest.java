package agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Situation.Round;
import agent.Situation.Step;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes;
import contract.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values that are computed from the loop's data. */
class SituationTest {
    private static final FunctionResult RED = Fakes.check(Verdict.FAIL, "red");
    private static final FunctionResult GREEN = Fakes.check(Verdict.PASS, "green");

    private static Situation situation(Optional<Round> opening, Step... steps) {
        return new Situation(Fakes.task(), Limits.defaults(), 1, opening, List.of(steps), List.of(), Set.of(), true, "",
                Optional.empty(), "");
    }

    private static Round round(String said, Optional<FunctionResult> check) {
        return new Round("go", Fakes.clean(said), Changes.NONE, check, List.of());
    }

    private static Step step(FunctionResult result, Optional<Round> round) {
        return new Step(Reasoning.of(new Decision.ReadFile("a"), ""), result, round);
    }

    @Test
    void theLastCheckIsTheNewestWhicheverWayItCame() {
        Optional<Round> opening = Optional.of(round("first", Optional.of(RED)));
        Step read = step(FunctionResult.ok("text"), Optional.empty());
        assertEquals(Optional.of(RED), situation(opening, read).lastVerification(), "that of the opening round");
        assertEquals(Optional.of(GREEN), situation(opening, step(GREEN, Optional.empty()), read).lastVerification(), "decided");
        Step further = step(FunctionResult.ok("sent"), Optional.of(round("second", Optional.of(GREEN))));
        assertEquals(Optional.of(GREEN), situation(opening, step(RED, Optional.empty()), further, read).lastVerification(), "automatic");
        assertEquals(Optional.empty(), situation(Optional.empty(), read).lastVerification());
    }

    @Test
    void theLastRoundIsTheNewestWhereverItStands() {
        Optional<Round> opening = Optional.of(round("first", Optional.empty()));
        Step read = step(FunctionResult.ok("text"), Optional.empty());
        assertEquals(opening, situation(opening, read).lastRound());
        Optional<Round> second = Optional.of(round("second", Optional.empty()));
        assertEquals(second, situation(opening, step(FunctionResult.ok("sent"), second), read).lastRound());
    }

    @Test
    void aRoundInWhichOnlyAToolWasDeniedIsNotCleanButNoObstacle() {
        assertTrue(Fakes.clean("x").clean());
        WorkerReport denied = Fakes.failed(Problem.passing(ErrorType.PERMISSION_DENIED, "not allowed"));
        assertFalse(denied.clean());
        assertEquals(Optional.empty(), denied.obstacle());
        Problem slow = Problem.passing(ErrorType.TIMEOUT, "slow");
        assertEquals(Optional.of(slow), Fakes.failed(slow).obstacle());
        assertEquals(Fakes.failed(slow), denied.with(slow));
    }

    @Test
    void aSuspicionIsToldWithItsPlaceAsFarAsItHasOne() {
        assertEquals("a.py:3 r: why", new Suspicion("r", true, "why", "a.py", 3).text());
        assertEquals("a.py r: why", new Suspicion("r", true, "why", "a.py", 0).text());
        assertEquals("r: why", new Suspicion("r", true, "why", "", 0).text());
        assertTrue(new Suspicion("r", true, "why", "", 0).open());
        assertFalse(new Suspicion("r", true, "why", "", 0).lifted("user").open());
    }

    @Test
    void onlyTheSameStartOfTheSameMachineIsTheSameBoot() {
        Origin here = new Origin("host", "boot", 1);
        assertTrue(here.sameBoot(new Origin("host", "boot", 2)));
        assertFalse(here.sameBoot(new Origin("other", "boot", 1)));
        assertFalse(here.sameBoot(new Origin("host", "later", 1)));
        assertFalse(Origin.UNKNOWN.sameBoot(Origin.UNKNOWN), "what cannot be told is not the same");
        assertFalse(new Origin("host", "", 1).sameBoot(new Origin("host", "", 1)));
        assertFalse(new Origin("", "boot", 1).sameBoot(new Origin("", "boot", 1)));
    }

    @Test
    void aFailedRequestIsNamedByItsStatusWhereThereWasAnAnswer() {
        assertEquals(ErrorType.HTTP.value(OptionalInt.of(503)),
                new ModelCall.Attempt(1, OptionalInt.of(503), ErrorType.HTTP, "busy", 100).errorValue());
    }

    @Test
    void onlyPatternsOfTheWorkersToolsAreSeenInsideARound() {
        assertEquals(List.of(StallPattern.NO_EDIT, StallPattern.SAME_TOOL, StallPattern.READ_AGAIN),
                List.of(StallPattern.values()).stream().filter(StallPattern::inRound).toList());
    }
}
