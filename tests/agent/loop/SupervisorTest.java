package agent.loop;

import static agent.loop.Fakes.check;
import static agent.loop.Fakes.clean;
import static agent.loop.Fakes.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Limits;
import agent.Origin;
import agent.Outcome;
import agent.Problem;
import agent.Reasoner;
import agent.ReasonerException;
import agent.Reasoning;
import agent.Reports;
import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunListener;
import agent.Situation;
import agent.StallPattern;
import agent.ToolAction;
import agent.Usd;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes.ScriptedFunctions;
import agent.loop.Fakes.ScriptedReasoner;
import agent.loop.Fakes.ScriptedWorker;
import contract.ErrorType;
import contract.EvidenceLevel;
import contract.Failure;
import contract.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reasoning.RulesReasoner;

/** The loop: the order of its calls, the way of the results, and the limits that end it. */
class SupervisorTest extends LoopLab {
    /** Reads the same again and again; the files change all the same, so that the round itself is not looked at. */
    private final class Dawdling extends FakeWorker {
        private int reads;

        @Override
        protected WorkerReport round(Map<String, String> env, Bounds bounds, RunListener listener) {
            for (int i = 0; i < 5 && !bounds.interruption().requested(); i++) {
                reads++;
                listener.on(new RunEvent.ToolStarted("t" + reads, "Read", "a.txt", "", Optional.empty(),
                        new ToolAction(ToolAction.Kind.READ, "a")));
                listener.on(new RunEvent.ToolEnded("t" + reads, "Read", true, false, Duration.ZERO));
            }
            tree.change("file" + told.size());
            return bounds.interruption().requested() ? failed(Problem.passing(ErrorType.INTERRUPTED, "interrupted")) : clean("done");
        }
    }

    private Outcome stalling(Dawdling worker, boolean ends, Reasoner reasoner) {
        Supervision plan = new Supervision(Fakes.task(), LIMITS, new Supervision.Terms(true, EvidenceLevel.REVIEWED, false, ends), false,
                Optional.empty(), List.of(), Optional.empty(), Origin.UNKNOWN);
        return new Supervisor(plan, reasoner, worker, new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok"),
                check(Verdict.PASS, "ok")), tree, judge, history, List.of(events::add), interruption, RoundEnvironment.NONE).run();
    }

    private List<RunEvent.StallDetected> stalls() {
        return events.stream().filter(RunEvent.StallDetected.class::isInstance).map(RunEvent.StallDetected.class::cast).toList();
    }

    @Test
    void aStallInsideARoundIsToldAsItHappensAndToTheReasonerAndEndsNothing() {
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE);
        Dawdling worker = new Dawdling();
        Outcome outcome = stalling(worker, false, reasoner);
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals(5, worker.reads, "the round was not ended");
        assertEquals(List.of(StallPattern.READ_AGAIN, StallPattern.SAME_TOOL), stalls().stream()
                .map(RunEvent.StallDetected::pattern).toList());
        assertFalse(stalls().get(0).stopping());
        int notice = events.indexOf(stalls().get(0));
        assertTrue(events.get(notice - 1) instanceof RunEvent.ToolStarted, "at once");
        assertEquals(2, reasoner.seen.get(0).opening().orElseThrow().stalls().size());
        assertEquals("", reasoner.seen.get(0).advice(), "the run itself does not stall");
    }

    @Test
    void byOptionAStallEndsTheRoundAndTheRunGoesOn() {
        ScriptedReasoner reasoner = new ScriptedReasoner(send("edit the file"), send("now edit it"),
                new Decision.SaveSession("enough", Optional.empty(), OptionalInt.empty()));
        Dawdling worker = new Dawdling();
        Outcome outcome = stalling(worker, true, reasoner);
        assertEquals(2, reasoner.seen.get(0).opening().orElseThrow().report().error().orElseThrow().message()
                .split("the round was ended because it stalled: ").length, "the reasoner reads why");
        assertTrue(worker.told.size() >= 2, "the run goes on: " + outcome);
        assertTrue(stalls().get(0).stopping());
        assertEquals(2 * worker.told.size(), worker.reads, "each round ended at its first notice");
        assertFalse(interruption.requested(), "the run itself was not interrupted");
    }

    @Test
    void aWorkerThatCannotAuthenticateEndsTheRunAtOnce() {
        Outcome outcome = run(LIMITS, true, new ScriptedReasoner(),
                new ScriptedWorker(tree, failed(Problem.read("api_401", "Invalid API key", true))), new ScriptedFunctions());
        assertEquals(Status.FAILED_SELF_CHECK, outcome.status());
        assertEquals(7, outcome.exitCode());
    }

    @Test
    void defect06_theReasonerIsToldTheTask() {
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE);
        run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")), new ScriptedFunctions(check(Verdict.PASS, "")));
        assertEquals("make it work", reasoner.seen.get(0).task().text());
    }

    @Test
    void defect14_theNextRoundGoesOnWithTheWorkersOwnConversation() {
        ScriptedWorker worker = new ScriptedWorker(tree, clean("a"), clean("b"));
        run(LIMITS, true, new ScriptedReasoner(send("more"), DONE), worker,
                new ScriptedFunctions(check(Verdict.FAIL, "1"), check(Verdict.PASS, "")));
        assertEquals(Optional.empty(), worker.told.get(0).conversation());
        assertEquals(Optional.of("conversation-1"), worker.told.get(1).conversation());
    }

    @Test
    void theLimitOfDecisionsBindsAndSaysHowToGoOn() {
        Limits two = new Limits(2, Optional.empty(), Optional.empty(), Duration.ofMinutes(1), Duration.ofMinutes(1),
                OptionalInt.empty());
        Outcome outcome = run(two, true, new ScriptedReasoner(send("a"), send("b")),
                new ScriptedWorker(tree, clean("1"), clean("2")),
                new ScriptedFunctions(check(Verdict.SKIPPED, "1"), check(Verdict.SKIPPED, "2")));
        assertEquals(Status.MAX_ITERATIONS, outcome.status());
        assertTrue(outcome.reason().contains("--max-iterations 2"), outcome.reason());
        assertTrue(outcome.next().contains("pa resume"), outcome.next());
    }

    @Test
    void aWorkerWhoseInstructionIsTakenAwayTwiceHasDoneNothing() {
        WorkerReport blocked = Reports.builder().error(Optional.of(Problem.passing(ErrorType.BLOCKED, "a hook")))
                .text("(nothing)").exitCode(OptionalInt.of(0)).subtype(Optional.of("success")).build();
        Outcome outcome = run(LIMITS, true, new RulesReasoner(), new ScriptedWorker(tree, blocked, blocked),
                new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok")));
        assertEquals(Status.UNPROVEN, outcome.status());
        assertEquals("nothing was changed: a hook", outcome.reason());
    }

    @Test
    void aLimitKeepsItsOwnStatusWhenACheckIsRed() {
        Limits one = new Limits(1, Optional.empty(), Optional.empty(), Duration.ofMinutes(1), Duration.ofMinutes(1),
                OptionalInt.empty());
        Outcome outcome = run(one, true, new ScriptedReasoner(send("a")), new ScriptedWorker(tree, clean("1")),
                new ScriptedFunctions(check(Verdict.FAIL, "no")));
        assertEquals(Status.MAX_ITERATIONS, outcome.status());
        assertEquals(3, outcome.exitCode());
        assertTrue(outcome.reason().endsWith("while a check fails"), outcome.reason());
    }

    @Test
    void defect13_theMoneyLimitCountsWhatTheWorkerCost() {
        Limits cents = new Limits(25, Optional.of(Usd.of("0.015")), Optional.empty(), Duration.ofMinutes(1),
                Duration.ofMinutes(1), OptionalInt.empty());
        ScriptedWorker worker = new ScriptedWorker(tree, clean("1"), clean("2"));
        Outcome outcome = run(cents, true, new ScriptedReasoner(send("more")), worker,
                new ScriptedFunctions(check(Verdict.SKIPPED, "1"), check(Verdict.SKIPPED, "2")));
        assertEquals(Status.BUDGET_EXCEEDED, outcome.status());
        assertEquals(Optional.of(Usd.of("0.005")), worker.told.get(1).budget());
    }

    @Test
    void timeIsALimit() {
        Limits none = new Limits(25, Optional.empty(), Optional.of(Duration.ofNanos(1)), Duration.ofMinutes(1),
                Duration.ofMinutes(1), OptionalInt.empty());
        Outcome outcome = run(none, true, new ScriptedReasoner(), new ScriptedWorker(tree), new ScriptedFunctions());
        assertEquals(Status.TIMEOUT, outcome.status());
        assertEquals(8, outcome.exitCode());
    }

    @Test
    void aStallNudgesTwiceThenStops() {
        FunctionResult same = check(Verdict.FAIL, "the same failure");
        Outcome outcome = run(LIMITS, true, new RulesReasoner(),
                new ScriptedWorker(tree, clean("1"), clean("2"), clean("3"), clean("4"), clean("5")),
                new ScriptedFunctions(same, same, same, same, same));
        assertEquals(Status.STALLED, outcome.status());
        List<RunEvent.StallDetected> stalls = events.stream().filter(RunEvent.StallDetected.class::isInstance)
                .map(RunEvent.StallDetected.class::cast).collect(Collectors.toList());
        assertEquals(List.of(false, false, true),
                stalls.stream().map(RunEvent.StallDetected::stopping).collect(Collectors.toList()));
        assertEquals(StallPattern.REPEATED_ERROR, stalls.get(0).pattern());
    }

    @Test
    void interruptionEndsWithTheSignalsExitCodeAndEveryStartHasItsEnd() {
        Reasoner interrupting = new ScriptedReasoner() {
            @Override
            public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
                interruption.request(15);
                throw sneak(new InterruptedException());
            }
        };
        Outcome outcome = run(LIMITS, true, interrupting, new ScriptedWorker(tree, clean("1")),
                new ScriptedFunctions(check(Verdict.PASS, "")));
        assertEquals(143, outcome.exitCode());
        assertEquals(Status.INTERRUPTED, outcome.status());
        assertEquals(List.of("ReasoningStarted", "ReasoningEnded", "RunEnded"), names().subList(names().size() - 3, names().size()));
    }

    @Test
    void aReasonerThatIsNotToBeHadEndsTheRun_defect04() {
        Reasoner broken = new ScriptedReasoner() {
            @Override
            public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
                throw sneak(new ReasonerException(Problem.passing(ErrorType.HTTP, 503, "Gemini answers 503"), "try later"));
            }
        };
        Outcome outcome = run(LIMITS, true, broken, new ScriptedWorker(tree, clean("1")),
                new ScriptedFunctions(check(Verdict.PASS, "")));
        assertEquals(Status.ERROR, outcome.status());
        assertTrue(outcome.next().contains("try later") && outcome.next().contains("pa resume"), outcome.next());
    }

    @Test
    void defect02_aFailedSelfCheckStopsBeforeAnyWork() {
        Reasoner noKey = new ScriptedReasoner() {
            @Override
            public void selfCheck(Bounds bounds, RunListener listener) {
                throw Failure.selfCheck("no key", "get one");
            }
        };
        ScriptedWorker worker = new ScriptedWorker(tree);
        Outcome outcome = run(LIMITS, true, noKey, worker, new ScriptedFunctions());
        assertEquals(7, outcome.exitCode());
        assertTrue(worker.told.isEmpty());
    }

    @Test
    void lookingIntoAStallIsNotStandingStill() {
        FunctionResult same = check(Verdict.FAIL, "the same failure");
        ScriptedReasoner reasoner = new ScriptedReasoner(send("1"), send("2"), new Decision.ReadFile("a"),
                new Decision.ReadFile("b"), new Decision.ReadFile("c"), send("the real fix"), DONE);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("1"), clean("2"), clean("3"), clean("4")),
                new ScriptedFunctions(same, same, same, FunctionResult.ok("A"), FunctionResult.ok("B"), FunctionResult.ok("C"),
                        check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
    }

    @Test
    void fewerFailuresEachRoundAreProgress() {
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.FAIL, "4 tests failed"),
                check(Verdict.FAIL, "3 tests failed"), check(Verdict.FAIL, "2 tests failed"), check(Verdict.FAIL, "1 test failed"),
                check(Verdict.FAIL, "0 tests failed, 1 error"), check(Verdict.PASS, "ok"));
        Outcome outcome = run(LIMITS, true, new RulesReasoner(), new ScriptedWorker(tree, clean("1"), clean("2"), clean("3"),
                clean("4"), clean("5"), clean("6")), functions);
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
    }

    @Test
    void everybodyLearnsOfTheEndAlsoWhenTheJournalFailsAtIt() {
        List<RunEvent> others = new ArrayList<>();
        RunListener failing = event -> {
            if (event instanceof RunEvent.RunEnded) {
                throw Failure.error("the journal cannot be written", "", null);
            }
        };
        Supervisor supervisor = new Supervisor(Fakes.supervision(Fakes.task(), LIMITS, true, false, Optional.empty()),
                new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("1")), new ScriptedFunctions(check(Verdict.PASS, "")),
                tree, judge, history, List.of(failing, others::add), interruption, RoundEnvironment.NONE);
        org.junit.jupiter.api.Assertions.assertThrows(Failure.class, supervisor::run);
        assertTrue(others.get(others.size() - 1) instanceof RunEvent.RunEnded);
    }

    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException sneak(Throwable t) throws X {
        throw (X) t;
    }
}
