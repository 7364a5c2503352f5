package agent;

import static agent.Fakes.check;
import static agent.Fakes.clean;
import static agent.Fakes.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Fakes.FakeTree;
import agent.Fakes.ScriptedFunctions;
import agent.Fakes.ScriptedReasoner;
import agent.Fakes.ScriptedWorker;
import agent.Fakes.TrustingJudge;
import agent.Verification.Verdict;
import contract.ErrorType;
import contract.EvidenceLevel;
import contract.Failure;
import contract.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reasoning.RulesReasoner;

class SupervisorTest {
    private static final Decision DONE = new Decision.MarkDone("it works", List.of("make test"));
    private static final Limits LIMITS = Limits.defaults();

    private final FakeTree tree = new FakeTree();
    private final List<RunEvent> events = new ArrayList<>();
    private final Interruption interruption = new Interruption();
    private final TrustingJudge judge = new TrustingJudge();
    private History history = new History();

    private Outcome run(Limits limits, boolean verify, Reasoner reasoner, Worker worker, Functions functions) {
        return new Supervisor(new Supervision(Fakes.task(), limits, verify, false, Optional.empty()), reasoner, worker,
                functions, tree, judge, history, List.of(events::add), interruption).run();
    }

    private static Decision send(String text) {
        return new Decision.SendToWorker(text, Optional.empty());
    }

    private List<String> names() {
        return events.stream().map(e -> e.getClass().getSimpleName()).collect(Collectors.toList());
    }

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

    /** Reads the same again and again; the files change all the same, so that the round itself is not looked at. */
    private final class Dawdling implements Worker {
        private final List<Instruction> told = new ArrayList<>();
        private int reads;

        @Override
        public String name() {
            return "dawdling";
        }

        @Override
        public void selfCheck() {}

        @Override
        public Map<String, String> environment() {
            return new HashMap<>();
        }

        @Override
        public WorkerReport work(Instruction instruction, Map<String, String> env, Bounds bounds, RunListener listener) {
            told.add(instruction);
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
        Supervision plan = new Supervision(Fakes.task(), LIMITS, true, false, Optional.empty(), List.of(), Optional.empty(),
                Origin.UNKNOWN, false, EvidenceLevel.REVIEWED, ends);
        return new Supervisor(plan, reasoner, worker, new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok"),
                check(Verdict.PASS, "ok")), tree, judge, history, List.of(events::add), interruption).run();
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
    void withWaitTheResetIsWaitedForAndTheRunGoesOn() {
        // Already over: clocks differ a little, and the wait is that little.
        ScriptedWorker worker = new ScriptedWorker(tree, failed(usedUp(Instant.now().minusSeconds(4))), clean("done"));
        Supervision plan = new Supervision(Fakes.task(), LIMITS, false, false, Optional.empty(), List.of(), Optional.empty(),
                Origin.UNKNOWN, true, EvidenceLevel.NONE, false);
        Outcome outcome = new Supervisor(plan, new ScriptedReasoner(send("go on"), DONE), worker, new ScriptedFunctions(), tree,
                judge, history, List.of(events::add), interruption).run();
        assertEquals(Status.COMPLETED, outcome.status(), outcome.reason());
        assertTrue(events.stream().anyMatch(e -> e instanceof RunEvent.Notice n && n.text().startsWith("waiting: ")));
    }

    /** Or a worker whose clock is wrong would be asked again and again without a pause. */
    @Test
    void aResetThatWasToBeOverBeforeIsNotWaitedFor() {
        Supervision plan = new Supervision(Fakes.task(), LIMITS, false, false, Optional.empty(), List.of(), Optional.empty(),
                Origin.UNKNOWN, true, EvidenceLevel.NONE, false);
        ScriptedWorker worker = new ScriptedWorker(tree, failed(usedUp(Instant.now().minusSeconds(3600))));
        Outcome outcome = new Supervisor(plan, new ScriptedReasoner(), worker, new ScriptedFunctions(), tree, judge, history,
                List.of(events::add), interruption).run();
        assertEquals(Status.STOPPED, outcome.status());
        assertTrue(outcome.reason().contains("it was to reset at "), outcome.reason());
        assertEquals(1, worker.told.size());
    }

    @Test
    void aWaitLongerThanTheRunMayTakeIsNotBegun() {
        Limits hour = new Limits(25, Optional.empty(), Optional.of(Duration.ofHours(1)), LIMITS.workerIdle(),
                LIMITS.workerTotal(), LIMITS.maxTurns());
        Supervision plan = new Supervision(Fakes.task(), hour, false, false, Optional.empty(), List.of(), Optional.empty(),
                Origin.UNKNOWN, true, EvidenceLevel.NONE, false);
        Outcome outcome = new Supervisor(plan, new ScriptedReasoner(), new ScriptedWorker(tree,
                failed(usedUp(Instant.now().plus(Duration.ofHours(3))))), new ScriptedFunctions(), tree, judge, history,
                List.of(events::add), interruption).run();
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
    void aFailureGoesBackAndDoneIsEarnedWhenItPasses() {
        ScriptedReasoner reasoner = new ScriptedReasoner(send("fix it"), DONE);
        ScriptedWorker worker = new ScriptedWorker(tree, clean("written"), clean("fixed"));
        Outcome outcome = run(LIMITS, true, reasoner, worker,
                new ScriptedFunctions(check(Verdict.FAIL, "expected 1"), check(Verdict.PASS, "ok")));

        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals(0, outcome.exitCode());
        assertEquals(List.of("make it work\n\nThe work counts as done when this passes: make test\n"
                + "It is run for you after your work, so you need not run it; if you do, run exactly this command.", "fix it"),
                worker.told.stream().map(Instruction::text).collect(Collectors.toList()));
        assertEquals("expected 1", reasoner.seen.get(0).lastVerification().orElseThrow().output());
        assertEquals(List.of("RunStarted", "SelfCheckStarted", "SelfCheckEnded", "TreeObserved",
                "WorkerStarted", "WorkerEnded", "TreeObserved", "FunctionStarted", "FunctionEnded", "TreeObserved",
                "ReasoningStarted", "ReasoningEnded",
                "WorkerStarted", "WorkerEnded", "TreeObserved", "FunctionStarted", "FunctionEnded", "TreeObserved",
                "ReasoningStarted", "ReasoningEnded", "FunctionStarted", "Judged", "FunctionEnded", "RunEnded"), names());
    }

    @Test
    void defect03_aWorkerThatFailedIsNotDoneWhateverTheReasonerSays() {
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, new Decision.SaveSession("no way on", Optional.empty(),
                OptionalInt.empty()));
        Outcome outcome = run(LIMITS, true, reasoner,
                new ScriptedWorker(tree, failed(Problem.passing(ErrorType.EXIT, 1, "Invalid API key"))),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.STOPPED, outcome.status());
        String refusal = reasoner.seen.get(1).steps().get(0).result().output();
        assertTrue(refusal.contains("not clean") && refusal.contains("Invalid API key"), refusal);
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
    void skippedIsNotPassed() {
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, new Decision.RunTests(Optional.of("sh check.sh")), DONE);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.SKIPPED, "nothing to run"), check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertTrue(reasoner.seen.get(1).steps().get(0).result().output().contains("nothing shows yet that the task is done"));
    }

    @Test
    void aCheckPassedBeforeTheTreeChangedDoesNotCount() {
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok"));
        Reasoner meddler = new ScriptedReasoner(DONE, new Decision.RunTests(Optional.empty()), DONE) {
            @Override
            public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
                if (seen.isEmpty()) {
                    tree.change("behind-its-back");
                }
                return super.decide(situation, bounds, listener);
            }
        };
        Outcome outcome = run(LIMITS, true, meddler, new ScriptedWorker(tree, clean("x")), functions);
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals(2, functions.executed.size());
    }

    @Test
    void whatACheckLeavesBehindDoesNotUndoItsVerdict() {
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.PASS, "ok"));
        functions.duringCheck = () -> tree.change("cache");
        assertEquals(Status.COMPLETED, run(LIMITS, true, new ScriptedReasoner(DONE),
                new ScriptedWorker(tree, clean("x")), functions).status());
    }

    @Test
    void withoutVerificationACleanWorkerIsEnough() {
        ScriptedFunctions functions = new ScriptedFunctions();
        assertEquals(Status.COMPLETED,
                run(LIMITS, false, new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("x")), functions).status());
        assertTrue(functions.executed.isEmpty(), "defect 10: --no-verify runs nothing");
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

    /** The worker tried the very check that it was told of, its permission mode denied that, and the work is right. */
    @Test
    void aDeniedToolIsANoteOnceTheCheckPasses() {
        WorkerReport denied = failed(Problem.passing(ErrorType.PERMISSION_DENIED, "Claude Code was not allowed to use: Bash (make)"));
        ScriptedWorker worker = new ScriptedWorker(tree, denied);
        Outcome outcome = run(LIMITS, true, new RulesReasoner(), worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals(1, worker.told.size());
    }

    @Test
    void aClaimWithoutEvidenceIsRefusedOnceAndEndsTheRunTheSecondTime() {
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED, List.of()));
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, DONE);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.UNPROVEN, outcome.status());
        assertEquals(10, outcome.exitCode());
        assertEquals(1, judge.asked, "the same state is judged once");
        String refusal = reasoner.seen.get(1).steps().get(0).result().output();
        assertTrue(refusal.contains("a test that fails without the change"), refusal);
        assertTrue(outcome.next().contains("--evidence unchanged"), outcome.next());
    }

    @Test
    void aModelIsShownTheWholeChangeAndItsSecondClaimIsTheReview() {
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED,
                List.of(new Suspicion("skipped-tests", false, "a test is left out", "t.py", 3))));
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, new Decision.MarkDone("well", List.of("t.py:3 needs a server"))) {
            @Override
            public boolean reviews() {
                return true;
            }
        };
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals("", reasoner.seen.get(0).review());
        assertTrue(reasoner.seen.get(1).review().contains("the change") && reasoner.seen.get(1).review().contains("t.py:3"));
        Evidence evidence = evidence();
        assertEquals(EvidenceLevel.REVIEWED, evidence.level());
        assertEquals(Optional.of("a model"), evidence.reviewer());
        assertEquals(0, evidence.open());
    }

    @Test
    void aLongChangeIsReviewedPageByPageAndEveryLineIsShownOnce() {
        String change = LongChange.of(150_000);
        judge.change = WholeChange.of(Optional.of(change));
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED,
                List.of(new Suspicion("skipped-tests", false, "a test is left out", "t.py", 3))));
        ScriptedReasoner reasoner = believing(DONE, new Decision.MarkDone("page one", List.of("t.py:3 needs a server")),
                new Decision.MarkDone("page two", List.of()), new Decision.MarkDone("page three", List.of()));
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        StringBuilder shown = new StringBuilder();
        for (Situation situation : reasoner.seen.subList(1, reasoner.seen.size())) {
            assertTrue(situation.review().length() < ReviewPages.PAGE + 2_000, "a page is a page");
            shown.append(LongChange.shown(situation.review())).append('\n');
        }
        assertEquals(change.strip(), shown.toString().strip());
        assertEquals(0, evidence().open(), "what was said of the first page counts at the last");
        String second = reasoner.seen.get(2).steps().get(1).result().output();
        assertTrue(second.contains("page 2 of 3"), second);
    }

    @Test
    void aReviewThatSendsTheWorkerOnBeginsAnewWithTheNewState() {
        judge.change = WholeChange.of(Optional.of(LongChange.of(100_000)));
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED, List.of()));
        ScriptedReasoner reasoner = believing(DONE, DONE, send("page two is wrong"), DONE, DONE, DONE);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x"), clean("y")),
                new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals("", reasoner.seen.get(3).review(), "the pages belong to one state of the files");
        assertTrue(reasoner.seen.get(4).review().contains("this is page 1"), reasoner.seen.get(4).review());
    }

    @Test
    void aChangeThatNobodyCanReadWholeIsNotReviewedAndThatIsSaid() {
        judge.change = WholeChange.of(Optional.of(LongChange.of(WholeChange.MOST + 1)));
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED, List.of()));
        ScriptedReasoner reasoner = believing(DONE, DONE);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.UNPROVEN, outcome.status());
        assertEquals("", reasoner.seen.get(1).review());
        String refusal = reasoner.seen.get(1).steps().get(0).result().output();
        assertTrue(refusal.contains("longer than 400 kB, so no model reviewed it"), refusal);
        assertEquals(List.of("the change is longer than 400 kB, so no model reviewed it"), evidence().notes());
        assertEquals(Optional.empty(), evidence().reviewer());
    }

    @Test
    void aSuspicionThatTheAnswerDoesNotNameStaysOpen() {
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.OWN_TESTS.atMost(EvidenceLevel.UNCHANGED),
                List.of(new Suspicion("skipped-tests", false, "a test is left out", "t.py", 3))));
        Outcome outcome = run(LIMITS, true, believing(DONE, DONE), new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.UNPROVEN, outcome.status());
    }

    @Test
    void noModelLiftsAHardSuspicion() {
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED,
                List.of(new Suspicion("process-exit", true, "ends the process", "a.py", 1))));
        Decision names = new Decision.MarkDone("a.py:1 is fine", List.of("a.py:1 process-exit"));
        ScriptedReasoner reasoner = believing(names, names);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.UNPROVEN, outcome.status());
        assertEquals("", reasoner.seen.get(1).review(), "it is not even asked");
    }

    @Test
    void withoutAModelNobodyReviews() {
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED, List.of()));
        ScriptedWorker worker = new ScriptedWorker(tree, clean("x"), clean("(nothing)"));
        Outcome outcome = run(LIMITS, true, new RulesReasoner(), worker,
                new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok")));
        assertEquals(Status.UNPROVEN, outcome.status());
        assertEquals(2, worker.told.size(), "the worker is told once what would do");
        assertTrue(worker.told.get(1).text().contains("a test that fails without the change"), worker.told.get(1).text());
    }

    @Test
    void whatPassedBeforeAndFailsNowIsRedWhateverTheCheckSays() {
        Evidence red = new Evidence("", EvidenceLevel.UNCHANGED, "a passed before and fails now", List.of(), List.of(), List.of(),
                List.of(), 0, true, Optional.empty());
        judge.always = Optional.of(red);
        Outcome outcome = run(LIMITS, true, believing(DONE, new Decision.SaveSession("stuck", Optional.empty(), OptionalInt.empty())),
                new ScriptedWorker(tree, clean("x")), new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.VERIFICATION_FAILED, outcome.status());
    }

    @Test
    void aWorkerWhoseInstructionIsTakenAwayTwiceHasDoneNothing() {
        WorkerReport blocked = new WorkerReport(Optional.of(Problem.passing(ErrorType.BLOCKED, "a hook")), "(nothing)", Optional.empty(),
                OptionalInt.of(0), TokenUsage.NONE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("success"), 0,
                Duration.ZERO, List.of(), "");
        Outcome outcome = run(LIMITS, true, new RulesReasoner(), new ScriptedWorker(tree, blocked, blocked),
                new ScriptedFunctions(check(Verdict.PASS, "ok"), check(Verdict.PASS, "ok")));
        assertEquals(Status.UNPROVEN, outcome.status());
        assertEquals("nothing was changed: a hook", outcome.reason());
    }

    private static ScriptedReasoner believing(Decision... decisions) {
        return new ScriptedReasoner(decisions) {
            @Override
            public boolean reviews() {
                return true;
            }
        };
    }

    private Evidence evidence() {
        return events.stream().filter(RunEvent.Judged.class::isInstance).map(RunEvent.Judged.class::cast)
                .reduce((one, other) -> other).orElseThrow().evidence();
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
    void aSessionGoesOnFromItsReplayedEvents() {
        Limits one = new Limits(1, Optional.empty(), Optional.empty(), Duration.ofMinutes(1), Duration.ofMinutes(1),
                OptionalInt.empty());
        run(one, true, new ScriptedReasoner(send("fix it")), new ScriptedWorker(tree, clean("1")),
                new ScriptedFunctions(check(Verdict.FAIL, "no")));
        History replayed = new History();
        events.forEach(replayed::on);
        assertEquals(Optional.of("fix it"), replayed.pendingInstruction());
        assertFalse(replayed.fresh());

        history = replayed;
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE);
        ScriptedWorker worker = new ScriptedWorker(tree, clean("2"));
        Outcome outcome = run(one, true, reasoner, worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals(Optional.of("conversation-1"), worker.told.get(0).conversation());
        assertTrue(worker.told.get(0).text().contains("fix it"));
        assertEquals(2, reasoner.seen.get(0).iteration());
        assertEquals(Usd.of("0.02"), replayed.cost());
    }

    private History replay(java.util.function.Predicate<RunEvent> until) {
        History replayed = new History();
        for (RunEvent event : events) {
            replayed.on(event);
            if (until.test(event)) {
                return replayed;
            }
        }
        throw new AssertionError("no such event in " + names());
    }

    @Test
    void aPersonsInstructionSurvivesARunThatCouldNotEvenBegin() {
        run(LIMITS, true, new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("first")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        events.add(new RunEvent.RunStarted(Fakes.task(), LIMITS, "r", "w", false, true, Optional.of("also this"), List.of(),
                Optional.empty(), Origin.UNKNOWN));
        events.add(new RunEvent.RunEnded(Outcome.of(Status.FAILED_SELF_CHECK, "no worker", ""),
                history.totals(Duration.ZERO)));
        history = new History();
        events.forEach(history::on);
        ScriptedWorker worker = new ScriptedWorker(tree, clean("second"));
        Outcome outcome = run(LIMITS, true, new ScriptedReasoner(DONE), worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertEquals("also this", worker.told.get(0).text());
    }

    @Test
    void whatAPersonEditsAfterAKillUndoesTheVerdict() {
        run(LIMITS, true, new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("first")),
                new ScriptedFunctions(check(Verdict.PASS, "ok")));
        history = replay(e -> e instanceof RunEvent.FunctionEnded ended && ended.automatic());
        tree.change("edited-by-hand");
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, new Decision.RunTests(Optional.empty()), DONE);
        Outcome outcome = run(LIMITS, true, reasoner, new ScriptedWorker(tree), new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Status.COMPLETED, outcome.status());
        assertTrue(reasoner.seen.get(1).steps().get(0).result().output().contains("refused"));
    }

    @Test
    void aCheckThatWasCutOffIsRunAgain() {
        History cut = new History();
        cut.on(new RunEvent.WorkerStarted(1, new Instruction("go", Optional.empty(), Optional.empty()), false));
        cut.on(new RunEvent.WorkerEnded(1, clean("x"), Duration.ZERO));
        cut.on(new RunEvent.FunctionEnded(1, new Decision.RunTests(Optional.empty()), FunctionResult.INTERRUPTED, true,
                Duration.ZERO));
        assertTrue(cut.checkOwed());
    }

    @Test
    void aRoundCutOffByAKillIsBegunAgainWithItsConversationAndSaysSoOnce() {
        history.on(new RunEvent.RunStarted(Fakes.task(), LIMITS, "r", "w", false, false));
        history.on(new RunEvent.WorkerStarted(1, new Instruction(Briefing.again("go"), Optional.empty(), Optional.empty()),
                false));
        history.on(new RunEvent.ConversationKnown("conversation-0"));
        ScriptedWorker worker = new ScriptedWorker(tree, clean("x"));
        run(LIMITS, true, new ScriptedReasoner(DONE), worker, new ScriptedFunctions(check(Verdict.PASS, "ok")));
        assertEquals(Briefing.again("go"), worker.told.get(0).text());
        assertEquals(Optional.of("conversation-0"), worker.told.get(0).conversation());
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
        Supervisor supervisor = new Supervisor(new Supervision(Fakes.task(), LIMITS, true, false, Optional.empty()),
                new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("1")), new ScriptedFunctions(check(Verdict.PASS, "")),
                tree, judge, history, List.of(failing, others::add), interruption);
        org.junit.jupiter.api.Assertions.assertThrows(Failure.class, supervisor::run);
        assertTrue(others.get(others.size() - 1) instanceof RunEvent.RunEnded);
    }

    @Test
    void whatAPersonToldTheWorkerOnResumeIsSeenByTheReasoner() {
        run(LIMITS, true, new ScriptedReasoner(new Decision.SaveSession("stuck", Optional.empty(), OptionalInt.empty())),
                new ScriptedWorker(tree, clean("first")), new ScriptedFunctions(check(Verdict.FAIL, "no")));
        History replayed = new History();
        events.forEach(replayed::on);
        ScriptedReasoner reasoner = new ScriptedReasoner(send("and now this"), DONE);
        ScriptedWorker worker = new ScriptedWorker(tree, clean("second"), clean("third"));
        Supervision further = new Supervision(Fakes.task(), LIMITS, true, false, Optional.of("use the other API"));
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.FAIL, "still no"), check(Verdict.PASS, "ok"));
        Outcome outcome = new Supervisor(further, reasoner, worker, functions, tree, judge, replayed, List.of(events::add),
                interruption).run();

        assertEquals(Status.COMPLETED, outcome.status());
        Situation seen = reasoner.seen.get(0);
        assertEquals(1, seen.steps().size());
        assertEquals("use the other API", seen.lastRound().orElseThrow().instruction());
        assertEquals("second", seen.lastRound().orElseThrow().report().text());
        assertEquals("still no", seen.lastVerification().orElseThrow().output());
        assertEquals("first", seen.opening().orElseThrow().report().text());
        List<Situation.Step> later = reasoner.seen.get(1).steps();
        assertEquals(List.of("second", "third"), later.stream().map(s -> s.round().orElseThrow().report().text())
                .collect(Collectors.toList()));
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneak(Throwable t) throws X {
        throw (X) t;
    }
}
