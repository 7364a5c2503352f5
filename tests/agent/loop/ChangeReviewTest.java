package agent.loop;

import static agent.loop.Fakes.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Bounds;
import agent.Evidence;
import agent.ModelCall;
import agent.Problem;
import agent.Reasoner;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunEvent;
import agent.RunListener;
import agent.Situation;
import agent.Suspicion;
import agent.TokenUsage;
import agent.Usd;
import agent.WholeChange;
import agent.decision.Decision;
import agent.decision.FunctionName;
import agent.loop.Fakes.ScriptedReasoner;
import agent.loop.Fakes.TrustingJudge;
import contract.ErrorType;
import contract.EvidenceLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A model reviews a change without a run, as in {@code pa verify --reasoner}. */
class ChangeReviewTest {
    private static final Decision UNUSABLE = new Decision.ReadFile("a.txt");
    private static final Suspicion SOFT = new Suspicion("skipped-tests", false, "a test is left out", "t.py", 3);
    private static final Suspicion HARD = new Suspicion("process-exit", true, "ends the process", "a.py", 1);

    private final List<RunEvent> events = new ArrayList<>();

    private Evidence review(Reasoner reasoner, WholeChange change) throws InterruptedException, ReasonerException {
        return new ChangeReview(reasoner, task()).of(unchanged(), change, Bounds.none(), events::add);
    }

    private static Evidence unchanged(Suspicion... suspicions) {
        return TrustingJudge.evidence("1", EvidenceLevel.UNCHANGED, List.of(suspicions));
    }

    private static WholeChange change(int size) {
        return WholeChange.of(Optional.of(size == 0 ? "+x" : LongChange.of(size)));
    }

    private static Decision done(String summary) {
        return new Decision.MarkDone(summary, List.of());
    }

    private List<String> results() {
        return events.stream().filter(RunEvent.FunctionEnded.class::isInstance).map(RunEvent.FunctionEnded.class::cast)
                .map(ended -> ended.result().output()).toList();
    }

    @Test
    void aChangeThatTheModelTakesIsReviewed() throws Exception {
        ScriptedReasoner reasoner = new ScriptedReasoner(done("does it"));
        Evidence evidence = review(reasoner, change(0));
        assertEquals(EvidenceLevel.REVIEWED, evidence.level());
        assertEquals(Optional.of("scripted"), evidence.reviewer(), "by the reasoner's name where no call named a model");
        Situation asked = reasoner.seen.get(0);
        assertTrue(asked.review().contains("```diff\n+x"), asked.review());
        assertEquals(java.util.Set.of(FunctionName.MARK_DONE, FunctionName.SEND_TO_WORKER), asked.offered());
        assertEquals(List.of("ReasoningStarted", "ReasoningEnded", "FunctionStarted", "FunctionEnded"),
                events.stream().map(e -> e.getClass().getSimpleName()).toList(), "everybody is told");
        assertEquals(List.of("accepted"), results());
    }

    @Test
    void aLongChangeIsShownPageByPage() throws Exception {
        ScriptedReasoner reasoner = new ScriptedReasoner(done("one"), done("two"), done("three"));
        Evidence evidence = review(reasoner, change(150_000));
        assertEquals(EvidenceLevel.REVIEWED, evidence.level());
        assertEquals(List.of(1, 2, 3), reasoner.seen.stream().map(Situation::iteration).toList());
        assertEquals(List.of("noted. Not yet: page 2 of 3 of the change comes with this",
                "noted. Not yet: page 3 of 3 of the change comes with this", "accepted"), results());
        assertEquals(2, reasoner.seen.get(2).steps().size(), "what was said of the earlier pages is shown with the last");
    }

    @Test
    void whatTheModelHasAgainstTheChangeIsANote() throws Exception {
        Evidence evidence = review(new ScriptedReasoner(new Decision.SendToWorker(" the test is missing\n", Optional.empty())),
                change(0));
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
        assertEquals(List.of("scripted, shown the change, says that something is missing: the test is missing"), evidence.notes());
        assertEquals(Optional.of("scripted"), evidence.reviewer());
    }

    @Test
    void threeAnswersInARowThatCannotBeUsedEndTheReview() throws Exception {
        Evidence evidence = review(new ScriptedReasoner(UNUSABLE, UNUSABLE, UNUSABLE), change(0));
        assertEquals(EvidenceLevel.UNCHANGED, evidence.level());
        assertEquals(List.of("scripted gave no answer that could be used, so the change was not reviewed"), evidence.notes());
        assertEquals(Optional.empty(), evidence.reviewer());
        assertEquals(3, results().stream().filter("answer with mark_done or send_to_claude"::equals).count());
    }

    @Test
    void anAnswerThatCanBeUsedBeginsThePatienceAnew() throws Exception {
        Evidence evidence = review(new ScriptedReasoner(UNUSABLE, UNUSABLE, done("one"), UNUSABLE, UNUSABLE, done("two")),
                change(100_000));
        assertEquals(EvidenceLevel.REVIEWED, evidence.level());
    }

    @Test
    void aChangeThatCannotBeShownIsNotReviewed() throws Exception {
        Evidence evidence = review(new ScriptedReasoner(), WholeChange.of(Optional.empty()));
        assertEquals(List.of("there is no git here, so nobody can be shown what changed"), evidence.notes());
        assertEquals(List.of(), events);
    }

    @Test
    void aModelThatCannotBeReachedIsAnErrorAndItsQuestionIsOver() {
        Problem gone = Problem.passing(ErrorType.HTTP, 503, "no answer");
        Reasoner broken = new Reasoner() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void selfCheck(Bounds bounds, RunListener listener) {}

            @Override
            public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) throws ReasonerException {
                throw new ReasonerException(gone, "try later");
            }
        };
        assertEquals(gone, assertThrows(ReasonerException.class, () -> review(broken, change(0))).problem());
        assertEquals(Optional.of(gone), ((RunEvent.ReasoningEnded) events.get(1)).problem());
    }

    @Test
    void itsCallsAreCountedAndNameTheModel() throws Exception {
        Reasoner paid = new ScriptedReasoner(done("does it")) {
            @Override
            public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
                ModelCall call = new ModelCall("api", "asked-for", 0.1, 100, "", 0);
                listener.on(new RunEvent.ModelCallEnded(call, new ModelCall.Answer(Optional.of("model-1"), Optional.empty(), List.of(),
                        TokenUsage.NONE, Optional.of(Usd.of("0.25")), 1, Optional.empty()), Duration.ZERO));
                return super.decide(situation, bounds, listener);
            }
        };
        ChangeReview review = new ChangeReview(paid, task());
        assertEquals(Optional.of("model-1"), review.of(unchanged(), change(0), Bounds.none(), RunListener.NONE).reviewer());
        assertEquals(Usd.of("0.25"), review.totals(Duration.ZERO).cost());
        assertEquals(1, review.totals(Duration.ZERO).iterations());
    }

    @Test
    void aReviewHelpsOnlyWhereNothingElseIsLacking() {
        assertTrue(ChangeReview.helps(unchanged(), true, EvidenceLevel.REVIEWED));
        assertTrue(ChangeReview.helps(unchanged(SOFT), true, EvidenceLevel.REVIEWED), "a model may lift it");
        assertTrue(ChangeReview.helps(unchanged(HARD.lifted("user")), true, EvidenceLevel.REVIEWED), "the user let it pass");
        assertFalse(ChangeReview.helps(unchanged(SOFT, HARD), true, EvidenceLevel.REVIEWED), "only the user may let it pass");
        assertFalse(ChangeReview.helps(unchanged(), true, EvidenceLevel.OWN_TESTS), "more is asked for than a review gives");
        assertFalse(ChangeReview.helps(unchanged(), true, EvidenceLevel.UNCHANGED), "it is enough already");
        Evidence none = TrustingJudge.evidence("1", EvidenceLevel.NONE, List.of());
        assertFalse(ChangeReview.helps(none, true, EvidenceLevel.REVIEWED), "the check has not passed");
        assertTrue(ChangeReview.helps(none, false, EvidenceLevel.REVIEWED), "there is no check");
        Evidence red = new Evidence("1", EvidenceLevel.UNCHANGED, "a fails now", List.of(), List.of(), List.of(), List.of(), 0, true,
                Optional.empty());
        assertFalse(ChangeReview.helps(red, true, EvidenceLevel.REVIEWED));
    }
}
