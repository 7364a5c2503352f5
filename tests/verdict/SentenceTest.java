package verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import contract.EvidenceLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run ended with is said in one sentence, with the tests' own names. */
class SentenceTest {
    @Test
    void namesTheTestThatFailedAndPasses() {
        assertEquals("test_calc fails on the old sources and passes now; nothing else changed its result",
                Sentence.of(EvidenceLevel.INDEPENDENT, runs(List.of("test_calc"), List.of(), 12, List.of(), List.of())));
    }

    @Test
    void namesThreeOfManyAndCountsTheRest() {
        assertEquals("a, b, c and 2 more fail on the old sources and pass now",
                Sentence.of(EvidenceLevel.INDEPENDENT, runs(List.of("a", "b", "c", "d", "e"), List.of(), 0, List.of(), List.of())));
    }

    @Test
    void namesTheRunsOwnTests() {
        assertEquals("test_triple, which came with the change, fails on the old sources and passes on the new ones; nothing else changed "
                + "its result", Sentence.of(EvidenceLevel.OWN_TESTS, runs(List.of(), List.of("test_triple"), 2, List.of(), List.of())));
    }

    @Test
    void saysWhatElseChanged() {
        assertEquals("a fails on the old sources and passes now; old passed before and is gone; x, y passed before and are skipped now",
                Sentence.of(EvidenceLevel.INDEPENDENT, runs(List.of("a"), List.of(), 2, List.of("old"), List.of("x", "y"))));
    }

    @Test
    void manyTestsAreToldInThePlural() {
        assertEquals("a, b fail on the old sources and pass now; x, y passed before and are gone",
                Sentence.of(EvidenceLevel.INDEPENDENT, runs(List.of("a", "b"), List.of(), 2, List.of("x", "y"), List.of())));
        assertEquals("a, b, which came with the change, fail on the old sources and pass on the new ones; "
                + "x passed before and is skipped now",
                Sentence.of(EvidenceLevel.OWN_TESTS, runs(List.of(), List.of("a", "b"), 2, List.of(), List.of("x"))));
        assertEquals("a, b, c", Sentence.names(List.of("a", "b", "c")));
        assertEquals("a, b, c and 1 more", Sentence.names(List.of("a", "b", "c", "d")));
    }

    @Test
    void anOwnTestThatOnlyTheOldFormShowsIsNamedToo() {
        assertEquals("a, which came with the change, fails on the old sources and passes on the new ones",
                Sentence.of(EvidenceLevel.OWN_TESTS, runs(List.of("a"), List.of(), 0, List.of(), List.of())));
    }

    @Test
    void whatStandsAgainstTheWorkComesFirst() {
        assertEquals("a failed before, and does not pass in its old form", unchanged(List.of("a"), List.of("b"), 3));
        assertEquals("a, b failed before, and do not pass in their old form", unchanged(List.of("a", "b"), List.of(), 3));
        assertEquals("b passed before and fails now", unchanged(List.of(), List.of("b"), 3));
        assertEquals("b, c passed before and fail now", unchanged(List.of(), List.of("b", "c"), 3));
        assertEquals("what passed before still passes, and nothing that failed before passes now", unchanged(List.of(), List.of(), 1));
        assertEquals("nothing was checked that could fail", unchanged(List.of(), List.of(), 0));
    }

    private static String unchanged(List<String> redWithdrawn, List<String> regressed, int passToPass) {
        return Sentence.of(EvidenceLevel.UNCHANGED, new Comparison(List.of(), List.of(), passToPass, regressed, redWithdrawn, List.of(),
                List.of(), List.of(), List.of(), false, false));
    }

    private static Comparison runs(List<String> independent, List<String> own, int passToPass, List<String> gone, List<String> skipped) {
        return new Comparison(independent, own, passToPass, List.of(), List.of(), gone, skipped, List.of(), List.of(), false, false);
    }
}
