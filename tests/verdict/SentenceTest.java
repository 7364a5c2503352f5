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

    private static Comparison runs(List<String> independent, List<String> own, int passToPass, List<String> gone, List<String> skipped) {
        return new Comparison(independent, own, passToPass, List.of(), List.of(), gone, skipped, List.of(), List.of(), false, false);
    }
}
