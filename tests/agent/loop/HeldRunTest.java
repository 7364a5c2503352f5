package agent.loop;

import static agent.loop.Fakes.clean;
import static agent.loop.Fakes.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Hold;
import agent.Limits;
import agent.Origin;
import agent.Outcome;
import agent.Problem;
import agent.Reasoner;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunListener;
import agent.Situation;
import agent.Usd;
import agent.decision.Decision;
import agent.loop.Fakes.ScriptedFunctions;
import agent.loop.Fakes.ScriptedReasoner;
import agent.loop.Fakes.ScriptedWorker;
import contract.ErrorType;
import contract.EvidenceLevel;
import contract.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Used-up accounts, limits without effect, and waits. */
class HeldRunTest extends LoopLab {
    @Test
    void anAccountThatIsUsedUpEndsTheRunAtOnceWithTheTimeAndTheWayOn() {
        Instant reset = Instant.now().plus(Duration.ofHours(2));
        ScriptedWorker worker = new ScriptedWorker(tree, failed(usedUp(reset)));
        Outcome outcome = run(LIMITS, false, new ScriptedReasoner(), worker, new ScriptedFunctions());
        assertEquals(Status.STOPPED, outcome.status());
        assertEquals(9, outcome.exitCode());
        assertTrue(outcome.reason().contains("it resets at ") && outcome.reason().contains("in 2 h 0 min"), outcome.reason());
        assertTrue(outcome.next().contains("pa resume " + Fakes.task().session() + " --wait"), outcome.next());
        assertEquals(1, worker.told.size());
    }

    @Test
    void whatAPersonMustDoIsSaid() {
        Outcome outcome = run(LIMITS, false, new ScriptedReasoner(), new ScriptedWorker(tree, failed(
                Problem.passing(ErrorType.API, 400, "no credit").held(Hold.action("add credit")))), new ScriptedFunctions());
        assertEquals(Status.STOPPED, outcome.status());
        assertTrue(outcome.next().startsWith("add credit; then: pa resume "), outcome.next());
    }

    @Test
    void withWaitTheResetIsWaitedForAndTheRunGoesOn() {
        // Already over: clocks differ a little, and the wait is that little.
        ScriptedWorker worker = new ScriptedWorker(tree, failed(usedUp(Instant.now().minusSeconds(4))), clean("done"));
        Supervision plan = new Supervision(Fakes.task(), LIMITS, new Supervision.Terms(false, EvidenceLevel.NONE, true, false), false,
                Optional.empty(), List.of(), Optional.empty(), Origin.UNKNOWN);
        Outcome outcome = new Supervisor(plan, new ScriptedReasoner(send("go on"), DONE), worker, new ScriptedFunctions(), tree,
                judge, history, List.of(events::add), interruption, RoundEnvironment.NONE).run();
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
        assertTrue(events.stream().anyMatch(e -> e instanceof RunEvent.Notice n && n.text().startsWith("waiting: ")));
    }

    /** Or a worker whose clock is wrong would be asked again and again without a pause. */
    @Test
    void aResetThatWasToBeOverBeforeIsNotWaitedFor() {
        Supervision plan = new Supervision(Fakes.task(), LIMITS, new Supervision.Terms(false, EvidenceLevel.NONE, true, false), false,
                Optional.empty(), List.of(), Optional.empty(), Origin.UNKNOWN);
        ScriptedWorker worker = new ScriptedWorker(tree, failed(usedUp(Instant.now().minusSeconds(3600))));
        Outcome outcome = new Supervisor(plan, new ScriptedReasoner(), worker, new ScriptedFunctions(), tree, judge, history,
                List.of(events::add), interruption, RoundEnvironment.NONE).run();
        assertEquals(Status.STOPPED, outcome.status());
        assertTrue(outcome.reason().contains("it was to reset at "), outcome.reason());
        assertEquals(1, worker.told.size());
    }

    @Test
    void aWaitLongerThanTheRunMayTakeIsNotBegun() {
        Limits hour = new Limits(25, Optional.empty(), Optional.of(Duration.ofHours(1)), LIMITS.workerIdle(),
                LIMITS.workerTotal(), LIMITS.maxTurns());
        Supervision plan = new Supervision(Fakes.task(), hour, new Supervision.Terms(false, EvidenceLevel.NONE, true, false), false,
                Optional.empty(), List.of(), Optional.empty(), Origin.UNKNOWN);
        Outcome outcome = new Supervisor(plan, new ScriptedReasoner(), new ScriptedWorker(tree,
                failed(usedUp(Instant.now().plus(Duration.ofHours(3))))), new ScriptedFunctions(), tree, judge, history,
                List.of(events::add), interruption, RoundEnvironment.NONE).run();
        assertEquals(Status.STOPPED, outcome.status());
    }

    @Test
    void whatALimitOfMoneyCannotBindIsSaidBeforeAnythingIsPaid() {
        Limits money = new Limits(25, Optional.of(Usd.of("1")), Optional.empty(), LIMITS.workerIdle(), LIMITS.workerTotal(),
                LIMITS.maxTurns());
        Reasoner reasoner = new ScriptedReasoner(DONE) {
            @Override
            public Optional<String> unpriced() {
                return Optional.of("no price is known for x");
            }
        };
        run(money, false, reasoner, new ScriptedWorker(tree, clean("done")), new ScriptedFunctions());
        int notice = events.indexOf(new RunEvent.Notice("--max-cost cannot bind everything: no price is known for x"));
        assertTrue(notice >= 0 && notice < names().indexOf("WorkerStarted"), events.toString());
    }

    private static Problem usedUp(Instant reset) {
        return Problem.passing(ErrorType.API, 429, "the account is used up").held(Hold.until(reset));
    }

    @Test
    void aModelThatIsHeldForAMomentIsAskedAgain() {
        Reasoner waiting = new ScriptedReasoner(new Decision.SaveSession("enough", Optional.empty(), OptionalInt.empty())) {
            private int asked;

            @Override
            public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
                if (asked++ == 0) {
                    throw SupervisorTest.sneak(new ReasonerException(Problem.passing(ErrorType.HTTP, 429, "used up")
                            .held(Hold.until(Instant.now().minusSeconds(4))), ""));
                }
                return super.decide(situation, bounds, listener);
            }
        };
        Supervision plan = new Supervision(Fakes.task(), LIMITS, new Supervision.Terms(false, EvidenceLevel.NONE, true, false), false,
                Optional.empty(), List.of(), Optional.empty(), Origin.UNKNOWN);
        Outcome outcome = new Supervisor(plan, waiting, new ScriptedWorker(tree, clean("x")), new ScriptedFunctions(), tree, judge, history,
                List.of(events::add), interruption, RoundEnvironment.NONE).run();
        assertEquals("enough", outcome.reason());
        assertEquals(1, names().stream().filter("ReasoningEnded"::equals).count(), "the wait is part of one decision");
    }
}
