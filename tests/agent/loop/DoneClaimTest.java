package agent.loop;

import static agent.loop.Fakes.check;
import static agent.loop.Fakes.clean;
import static agent.loop.Fakes.failed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Evidence;
import agent.Instruction;
import agent.Outcome;
import agent.Problem;
import agent.Reasoner;
import agent.Reasoning;
import agent.RunEvent;
import agent.RunListener;
import agent.Situation;
import agent.Suspicion;
import agent.WholeChange;
import agent.WorkerReport;
import agent.decision.Decision;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes.ScriptedFunctions;
import agent.loop.Fakes.ScriptedReasoner;
import agent.loop.Fakes.ScriptedWorker;
import agent.loop.Fakes.TrustingJudge;
import contract.ErrorType;
import contract.EvidenceLevel;
import contract.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reasoning.RulesReasoner;

/** A claim that the task is done is accepted or refused: the gate, the evidence, and the review. */
class DoneClaimTest extends LoopLab {
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
}
