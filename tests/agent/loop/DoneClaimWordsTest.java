package agent.loop;

import static agent.loop.Fakes.check;
import static agent.loop.Fakes.clean;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Evidence;
import agent.Outcome;
import agent.RunEvent;
import agent.Suspicion;
import agent.decision.Decision;
import agent.decision.FunctionResult;
import agent.decision.Verification;
import agent.decision.Verification.Verdict;
import agent.loop.Fakes.ScriptedFunctions;
import agent.loop.Fakes.ScriptedReasoner;
import agent.loop.Fakes.ScriptedWorker;
import agent.loop.Fakes.TrustingJudge;
import contract.EvidenceLevel;
import contract.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The texts about a claim: for the model after a refusal, and for the user at the end of the run. */
class DoneClaimWordsTest extends LoopLab {
    private static final String RESUME = "pa resume " + Fakes.task().session() + " --evidence ";

    private Outcome claim(EvidenceLevel level, List<Suspicion> suspicions, Decision... claims) {
        judge.always = Optional.of(TrustingJudge.evidence("", level, suspicions));
        return claim(true, Verdict.PASS, claims);
    }

    private Outcome claim(boolean verify, Verdict verdict, Decision... claims) {
        return run(LIMITS, verify, new ScriptedReasoner(claims), new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(check(verdict, "ok")));
    }

    private static Decision done(String summary) {
        return new Decision.MarkDone(summary, List.of());
    }

    private String refusal() {
        return events.stream().filter(RunEvent.FunctionEnded.class::isInstance).map(RunEvent.FunctionEnded.class::cast)
                .filter(ended -> !ended.automatic()).findFirst().orElseThrow().result().output();
    }

    private static Suspicion hard() {
        return new Suspicion("process-exit", true, "ends the process", "a.py", 1);
    }

    private static Suspicion soft() {
        return new Suspicion("skipped-tests", false, "a test is left out", "t.py", 3);
    }

    @Test
    void theReasonIsTheSummaryAndThenTheEvidence() {
        assertEquals("It works. The judge says independent", claim(true, Verdict.PASS, done("It works")).reason());
    }

    @Test
    void aSummaryThatEndsWithAStopGetsNoOther() {
        assertEquals("It works! The judge says independent", claim(true, Verdict.PASS, done("It works!\n")).reason());
    }

    @Test
    void withoutASummaryTheEvidenceIsTheReason() {
        assertEquals("the judge says independent", claim(true, Verdict.PASS, done(" ")).reason());
    }

    @Test
    void aSummaryThatOnlyNamesTheCheckAddsNothing() {
        assertEquals("the judge says independent", claim(true, Verdict.PASS, done("verified by: make test")).reason());
    }

    @Test
    void aRunThatChecksNothingSaysThatAsItsEvidence() {
        Outcome outcome = claim(false, Verdict.PASS, done("It works"));
        assertEquals("It works", outcome.reason());
        assertTrue(events.contains(new RunEvent.Judged(Evidence.unchecked("1"))), events.toString());
    }

    @Test
    void withoutEvidenceItIsToldWhatWouldDo() {
        Outcome outcome = claim(EvidenceLevel.UNCHANGED, List.of(), DONE, DONE);
        assertEquals("refused: nothing shows yet that the task is done (the judge says unchanged).\n"
                + "- a test that fails without the change and passes with it; or leave it, if no test can show it", refusal());
        assertEquals("the judge says unchanged", outcome.reason());
        assertEquals("look at it; to accept it as it is: " + RESUME + "unchanged", outcome.next());
    }

    @Test
    void whereACheckIsMissingOneCanBeNamedLater() {
        Outcome outcome = claim(EvidenceLevel.NONE, List.of(), DONE, DONE);
        assertEquals("look at it, or name what checks it: pa regrade " + Fakes.task().session()
                + " --verify CMD; to accept it as it is: " + RESUME + "none", outcome.next());
        assertTrue(refusal().endsWith("(the judge says none).\n"), refusal());
    }

    @Test
    void eachOpenSuspicionIsToldWithWhatLiftsIt() {
        Outcome outcome = claim(EvidenceLevel.UNCHANGED, List.of(soft(), hard(), new Suspicion("withdrawn", false, "gone", "b.py", 2)
                .lifted("user")), DONE, DONE);
        assertEquals("refused: nothing shows yet that the task is done (the judge says unchanged).\n"
                + "- undo this, or say why it is right and name its place: t.py:3 skipped-tests: a test is left out\n"
                + "- undo this, nothing else lifts it: a.py:1 process-exit: ends the process", refusal());
        assertEquals("the judge says unchanged; a.py:1 process-exit: ends the process", outcome.reason(),
                "the one that only the user may let pass comes first");
        assertTrue(outcome.next().endsWith("; to let a suspicion pass: --accept RULE"), outcome.next());
    }

    @Test
    void notesAreToldToo() {
        judge.always = Optional.of(TrustingJudge.evidence("", EvidenceLevel.UNCHANGED, List.of(hard())).noted("no copy can be made"));
        claim(true, Verdict.PASS, DONE, DONE);
        assertTrue(refusal().endsWith("\n- no copy can be made"), refusal());
    }

    @Test
    void aServerThatAnswersIsNoPassingCheck() {
        FunctionResult answers = FunctionResult.verified(new Verification(Verification.Type.SERVER, Verdict.PASS, "localhost:80"), "200");
        Outcome outcome = run(LIMITS, true, new ScriptedReasoner(DONE, DONE), new ScriptedWorker(tree, clean("x")),
                new ScriptedFunctions(answers));
        assertEquals(Status.UNPROVEN, outcome.status());
        FunctionResult syntax = FunctionResult.verified(new Verification(Verification.Type.CODE, Verdict.PASS, "a.py"), "ok");
        history = new History();
        assertEquals(Status.COMPLETED, run(LIMITS, true, new ScriptedReasoner(DONE), new ScriptedWorker(tree, clean("y")),
                new ScriptedFunctions(syntax)).status());
    }

    @Test
    void nothingThatWasCheckedIsNoReasonToReviewWhereACheckExists() {
        assertEquals("", questionAfter(EvidenceLevel.NONE, true, "x"), "the check has not passed");
        assertFalse(questionAfter(EvidenceLevel.NONE, false, "x").isEmpty(), "there is no check");
        assertFalse(questionAfter(EvidenceLevel.UNCHANGED, true, "x").isEmpty());
        assertEquals("", questionAfter(EvidenceLevel.UNCHANGED, true, "(nothing) was changed"));
    }

    /** What the model is shown with its second decision. */
    private String questionAfter(EvidenceLevel level, boolean checkable, String worker) {
        history = new History();
        judge.always = Optional.of(TrustingJudge.evidence("", level, List.of()));
        ScriptedReasoner reasoner = new ScriptedReasoner(DONE, DONE) {
            @Override
            public boolean reviews() {
                return true;
            }
        };
        ScriptedFunctions functions = new ScriptedFunctions(check(Verdict.PASS, "ok"));
        functions.checkable = checkable;
        run(LIMITS, true, reasoner, new ScriptedWorker(tree, clean(worker)), functions);
        return reasoner.seen.get(1).review();
    }
}
