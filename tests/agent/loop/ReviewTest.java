package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Evidence;
import agent.Suspicion;
import agent.WholeChange;
import agent.decision.Decision;
import agent.loop.Fakes.TrustingJudge;
import contract.EvidenceLevel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The question to a reviewing model, and the effect of its answers. */
class ReviewTest {
    private static Evidence evidence(Suspicion... suspicions) {
        return TrustingJudge.evidence("1", EvidenceLevel.UNCHANGED, List.of(suspicions));
    }

    private static Suspicion soft(String file, int line) {
        return new Suspicion("withdrawn", false, "a test is gone", file, line);
    }

    private static Evidence after(Suspicion suspicion, String said, String... verified) {
        Review review = new Review(evidence(suspicion), "+x");
        assertTrue(review.answered(new Decision.MarkDone(said, List.of(verified)), "m"), "one page, one answer");
        return review.reviewed();
    }

    @Test
    void aShortChangeIsAskedAboutAtOnce() {
        Review review = new Review(evidence(), "+x");
        assertTrue(review.announcement().contains("look at the whole change, which comes with this. If"), review.announcement());
        assertTrue(review.question().contains("The whole change since the task began follows."), review.question());
        assertFalse(review.question().contains("Notes:") || review.question().contains("Suspicions"), review.question());
        assertTrue(review.question().contains("What the checks say: the judge says unchanged."), review.question());
    }

    @Test
    void notesAndOpenSuspicionsStandInTheQuestionAndLiftedOnesDoNot() {
        Review review = new Review(evidence(soft("a.py", 3), soft("b.py", 4).lifted("user")).noted("no git").noted("flaky"), "+x");
        assertTrue(review.question().contains("\nNotes: no git; flaky."), review.question());
        assertTrue(review.question().contains("\n- a.py:3 withdrawn: a test is gone\n\n"), review.question());
        assertFalse(review.question().contains("b.py"), review.question());
    }

    @Test
    void eachPageSaysWhichItIsAndOnlyTheLastAsksForTheVerdict() {
        String change = "diff --git a/src/x.py b/src/x.py\n" + ("+" + "x".repeat(99) + "\n").repeat(1_100);
        Review review = new Review(evidence(), change);
        assertTrue(review.announcement().contains(" in 2 pages, one after the other"), review.announcement());
        assertTrue(review.question().contains("comes in 2 pages; this is page 1. It is"), review.question());
        assertTrue(review.question().contains("The next page follows then."), review.question());
        assertFalse(review.question().contains("It goes on in"), review.question());
        assertFalse(review.answered(new Decision.MarkDone("one", List.of()), "m"));
        assertTrue(review.question().contains("this is page 2, the last. It is"), review.question());
        assertTrue(review.question().contains("It goes on in src/x.py. You have seen all of it now"), review.question());
        assertTrue(review.answered(new Decision.MarkDone("two", List.of()), "other"));
        assertEquals(Optional.of("m, other"), review.reviewed().reviewer(), "each model that was shown a page");
    }

    @Test
    void anAnswerThatNamesThePlaceLiftsASoftSuspicion() {
        Evidence lifted = after(soft("a.py", 3), "fine", "a.py:3 needs a server");
        assertEquals(EvidenceLevel.REVIEWED, lifted.level());
        assertEquals("m", lifted.suspicions().get(0).liftedBy());
        assertEquals("the judge says unchanged; m reviewed the change", lifted.sentence());
        assertEquals(0, after(soft("a.py", 3), "a.py, line 3 is right").open());
    }

    @Test
    void anotherPlaceLiftsNothing() {
        Evidence open = after(soft("a.py", 3), "a.py:33 is fine", "b.py:3", "a.py", "withdrawn");
        assertEquals(EvidenceLevel.UNCHANGED, open.level());
        assertEquals("the judge says unchanged", open.sentence());
        assertEquals(1, open.open());
    }

    @Test
    void whereThereIsNoLineTheFileIsNamedAndWhereThereIsNoFileTheRule() {
        assertEquals(0, after(soft("a.py", 0), "a.py was empty").open());
        assertEquals(1, after(soft("a.py", 0), "withdrawn is fine").open());
        assertEquals(0, after(soft("", 0), "withdrawn: the feature is gone").open());
        assertEquals(1, after(soft("", 0), "all is fine").open());
    }

    @Test
    void whatTheUserHasLiftedStaysTheUsers() {
        assertEquals("user", after(soft("a.py", 3).lifted("user"), "a.py:3 too").suspicions().get(0).liftedBy());
    }

    @Test
    void aChangeOfExactlyTheMostIsShownAndOneByteMoreIsNot() {
        assertTrue(WholeChange.of(Optional.of("x".repeat(WholeChange.MOST))).patch().isPresent());
        WholeChange longer = WholeChange.of(Optional.of("x".repeat(WholeChange.MOST - 1) + "é"));
        assertEquals(Optional.empty(), longer.patch(), "it is bytes that count");
        assertEquals("the change is longer than 400 kB, so no model reviewed it", longer.obstacle());
    }
}
