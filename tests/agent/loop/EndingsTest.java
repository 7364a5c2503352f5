package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Changes;
import agent.Hold;
import agent.Instruction;
import agent.Interruption;
import agent.Limits;
import agent.Outcome;
import agent.Problem;
import agent.ReasonerException;
import agent.Reasoning;
import agent.Reports;
import agent.RunEvent;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.Verification.Verdict;
import contract.ErrorType;
import contract.Failure;
import contract.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The ends of a run: the condition, the status, and the next step for the user. */
class EndingsTest {
    private static final String RESUME = "to go on: pa resume 20260101-000000-test";

    private final History history = new History();
    private final Interruption interruption = new Interruption();
    private Instant deadline = Instant.MAX;
    private Limits limits = Limits.defaults();

    private Endings endings() {
        return new Endings(Fakes.supervision(Fakes.task(), limits, true, false, Optional.empty()), history,
                new Bounds(interruption, deadline));
    }

    private void limit(int iterations, Optional<Usd> cost, Optional<Duration> time) {
        limits = new Limits(iterations, cost, time, Limits.DEFAULT_WORKER_IDLE, Limits.DEFAULT_WORKER_TOTAL, OptionalInt.empty());
    }

    private void round(WorkerReport report) {
        history.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
        history.on(new RunEvent.WorkerEnded(1, report, Duration.ZERO));
    }

    private void round(Problem problem, int turns) {
        WorkerReport failed = Fakes.failed(problem);
        round(Reports.builder().error(failed.error()).conversation(failed.conversation()).exitCode(failed.ending().exitCode())
                .usage(failed.effort().usage()).cost(failed.effort().cost()).model(failed.agent().model()).version(failed.agent().version())
                .subtype(failed.ending().subtype()).turns(turns).build());
    }

    private void decided(int iteration) {
        history.on(new RunEvent.ReasoningEnded(iteration, Optional.of(Reasoning.of(new Decision.ReadFile("a"), "")), Optional.empty(),
                Duration.ZERO));
    }

    private void red() {
        history.on(new RunEvent.FunctionEnded(1, new Decision.RunTests(Optional.empty()), Fakes.check(Verdict.FAIL, ""), true,
                Duration.ZERO));
    }

    private static void assertOutcome(Status status, String reason, String next, Outcome outcome) {
        assertEquals(Outcome.of(status, reason, next), outcome);
    }

    private Optional<Outcome> byWorker(boolean waited) throws InterruptedException {
        return endings().endedByWorker(hold -> waited);
    }

    @Test
    void noLimitIsReachedAtTheStart() {
        assertEquals(Optional.empty(), endings().limitReached());
    }

    @Test
    void theMoneyLimitIsReachedByTheSameAmount() {
        limit(5, Optional.of(Usd.of("0.02")), Optional.empty());
        round(Fakes.clean(""));
        assertEquals(Optional.empty(), endings().limitReached());
        round(Fakes.clean(""));
        assertOutcome(Status.BUDGET_EXCEEDED, "the money limit was reached: $0.0200 spent (--max-cost 0.02)", RESUME,
                endings().limitReached().orElseThrow());
    }

    @Test
    void decisionsOfEarlierRunsDoNotCount() {
        limit(2, Optional.empty(), Optional.empty());
        decided(7);
        Endings endings = endings();
        decided(8);
        assertEquals(Optional.empty(), endings.limitReached());
        decided(9);
        assertOutcome(Status.MAX_ITERATIONS, "the limit of decisions was reached (--max-iterations 2)", RESUME,
                endings.limitReached().orElseThrow());
    }

    @Test
    void aLimitKeepsItsStatusAndSaysThatACheckFails() {
        limit(0, Optional.empty(), Optional.empty());
        red();
        assertOutcome(Status.MAX_ITERATIONS, "the limit of decisions was reached (--max-iterations 0) while a check fails", RESUME,
                endings().limitReached().orElseThrow());
    }

    @Test
    void theTimeLimitIsNamedAsItWasTyped() {
        deadline = Instant.now().minusSeconds(1);
        assertOutcome(Status.TIMEOUT, "the time limit was reached", RESUME, endings().limitReached().orElseThrow());
        limit(5, Optional.empty(), Optional.of(Duration.ofMinutes(90)));
        assertOutcome(Status.TIMEOUT, "the time limit was reached (--timeout 1h30m)", RESUME, endings().cutOff());
    }

    @Test
    void aSignalBeatsEveryLimit() {
        limit(0, Optional.empty(), Optional.empty());
        deadline = Instant.now().minusSeconds(1);
        interruption.request(2);
        assertEquals(Outcome.interrupted(2, RESUME), endings().limitReached().orElseThrow());
    }

    @Test
    void aCleanRoundEndsNothing() throws InterruptedException {
        assertEquals(Optional.empty(), byWorker(false));
        round(Fakes.clean(""));
        assertEquals(Optional.empty(), byWorker(false));
        round(Problem.passing(ErrorType.TIMEOUT, "slow"), 1);
        assertEquals(Optional.empty(), byWorker(false));
    }

    @Test
    void aWorkerThatIsNotThereEndsIt() throws InterruptedException {
        round(Problem.fatal(ErrorType.NOT_FOUND, "no claude"), 1);
        assertOutcome(Status.FAILED_SELF_CHECK, "no claude", "fix that, then: pa resume 20260101-000000-test",
                byWorker(false).orElseThrow());
    }

    @Test
    void theWorkersOwnBudgetIsABudget() throws InterruptedException {
        round(Problem.passing(ErrorType.MAX_BUDGET, "used up"), 1);
        assertOutcome(Status.BUDGET_EXCEEDED, "the worker used up its budget", RESUME, byWorker(false).orElseThrow());
    }

    @Test
    void whatHoldsARunIsWaitedForOrSaysHowItGoesOn() throws InterruptedException {
        Instant reset = Instant.now().plus(Duration.ofHours(3));
        round(Problem.passing(ErrorType.API, "used up").held(Hold.until(reset)), 1);
        assertEquals(Optional.empty(), byWorker(true));
        Outcome outcome = byWorker(false).orElseThrow();
        assertEquals(Status.STOPPED, outcome.status());
        assertTrue(outcome.reason().startsWith("used up; it resets at "), outcome.reason());
        assertEquals("after that: pa resume 20260101-000000-test; to have it waited for: pa resume 20260101-000000-test --wait",
                outcome.next());
    }

    @Test
    void whereAPersonMustActTheHintSaysWhat() throws InterruptedException {
        round(Problem.fatal(ErrorType.API, "not logged in").held(Hold.action("log in")), 1);
        assertOutcome(Status.STOPPED, "not logged in", "log in; then: pa resume 20260101-000000-test", byWorker(false).orElseThrow());
        round(Problem.fatal(ErrorType.API, "not logged in").held(Hold.action("")), 1);
        assertOutcome(Status.STOPPED, "not logged in", RESUME, byWorker(false).orElseThrow());
    }

    private void blocked(int turns) {
        round(Problem.passing(ErrorType.BLOCKED, "a hook took it away"), turns);
    }

    @Test
    void anInstructionThatIsTakenAwayTwiceEndsIt() throws InterruptedException {
        blocked(0);
        assertEquals(Optional.empty(), byWorker(false), "once may be an accident");
        blocked(0);
        assertOutcome(Status.UNPROVEN, "nothing was changed: a hook took it away", "look at what took the instruction away; " + RESUME,
                byWorker(false).orElseThrow());
    }

    @Test
    void itGoesOnWhereSomethingWasDoneMeanwhile() throws InterruptedException {
        blocked(1);
        blocked(0);
        assertEquals(Optional.empty(), byWorker(false), "a round with turns");
        blocked(0);
        assertTrue(byWorker(false).isPresent());
        history.on(new RunEvent.TreeObserved("1", Changes.NONE));
        history.on(new RunEvent.TreeObserved("2", new Changes(List.of("a"), 1, 0)));
        assertEquals(Optional.empty(), byWorker(false), "the tree changed");
    }

    @Test
    void twoRoundsOfDifferentProblemsAreNotBlockedTwice() throws InterruptedException {
        round(Problem.passing(ErrorType.TIMEOUT, "slow"), 0);
        blocked(0);
        assertEquals(Optional.empty(), byWorker(false));
    }

    @Test
    void whileACheckFailsABlockedRoundIsNoEnd() throws InterruptedException {
        blocked(0);
        blocked(0);
        red();
        assertEquals(Optional.empty(), byWorker(false));
    }

    @Test
    void aSavedSessionIsRedOrStopped() {
        Decision.SaveSession save = new Decision.SaveSession("I give up", Optional.empty(), OptionalInt.empty());
        assertOutcome(Status.STOPPED, "I give up", RESUME, endings().saved(save));
        Decision.SaveSession unverifiable = new Decision.SaveSession("no check", Optional.of(Decision.SaveSession.NOT_VERIFIABLE),
                OptionalInt.empty());
        assertOutcome(Status.STOPPED, "no check", "say how with --verify CMD, or accept the work unverified with --no-verify; "
                + RESUME, endings().saved(unverifiable));
        assertFalse(endings().saved(new Decision.SaveSession("x", Optional.of("other"), OptionalInt.empty())).next().contains("--verify"));
        red();
        assertOutcome(Status.VERIFICATION_FAILED, "I give up; verification is red", RESUME, endings().saved(save));
    }

    @Test
    void withoutADecisionTheReasonersHintComesFirst() {
        String then = "; then: pa resume 20260101-000000-test";
        assertOutcome(Status.FAILED_SELF_CHECK, "bad key", "check it" + then,
                endings().noDecision(new ReasonerException(Problem.fatal(ErrorType.API_KEY_INVALID, "bad key"), "check it")));
        assertOutcome(Status.ERROR, "it broke", "wait" + then,
                endings().noDecision(new ReasonerException(Problem.passing(ErrorType.IO, "it broke"), "wait")));
        assertOutcome(Status.ERROR, "it broke", RESUME,
                endings().noDecision(new ReasonerException(Problem.passing(ErrorType.IO, "it broke"), "")));
        assertOutcome(Status.STOPPED, "no credit", "pay" + then, endings().noDecision(
                new ReasonerException(Problem.passing(ErrorType.HTTP, "no credit").held(Hold.action("pay")), "")));
    }

    @Test
    void whatWentWrongElsewhereKeepsItsMeaning() {
        assertOutcome(Status.FAILED_SELF_CHECK, "no", "do", endings().failed(Failure.selfCheck("no", "do")));
        assertOutcome(Status.ERROR, "no", "do", endings().failed(Failure.error("no", "do", null)));
        assertOutcome(Status.ERROR, "unexpected IllegalStateException", RESUME, endings().unexpected(new IllegalStateException("x")));
        assertOutcome(Status.STALLED, "it stands still", RESUME, endings().stalled("it stands still"));
    }

    @Test
    void aProblemKnowsWhetherAnotherRoundWouldEndTheSameWay() {
        assertTrue(Problem.fatal(ErrorType.NOT_FOUND, "").ends());
        assertTrue(Problem.passing(ErrorType.IO, "").held(Hold.action("x")).ends());
        assertFalse(Problem.passing(ErrorType.IO, "").ends());
        assertEquals(ErrorType.TIMEOUT.value(OptionalInt.empty()), Problem.passing(ErrorType.TIMEOUT, "").value());
        Problem exit = Problem.passing(ErrorType.EXIT, 3, "m");
        assertEquals(exit, Problem.read(exit.value(), "m", false));
    }
}
