package display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Samples;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.decision.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of what happens, which every view of a run shares. */
class DescribeTest {
    static Stream<Decision> decisions() {
        return Samples.ofEach(Decision.class).stream();
    }

    /** The samples have {@code text} in every text. */
    @ParameterizedTest
    @MethodSource("decisions")
    void everyKindOfDecisionIsToldInWordsOfItsOwn(Decision decision) {
        assertTrue(Describe.decisionInFull(decision).contains("text"), () -> decision + ": " + Describe.decisionInFull(decision));
    }

    @Test
    void aDecisionIsOneLineUnlessItIsAskedForInFull() {
        Decision decision = new Decision.SendToWorker("one\ntwo" + "x".repeat(300), Optional.empty());
        assertEquals("one two" + "x".repeat(152) + "…", Describe.decision(decision));
        assertEquals("one\ntwo" + "x".repeat(300), Describe.decisionInFull(decision));
    }

    @Test
    void aProductIsNamedByItsCommandElseByItsType() {
        assertEquals("run me", Describe.decisionInFull(product(Optional.of("server"), Optional.of("run me"))));
        assertEquals("server", Describe.decisionInFull(product(Optional.of("server"), Optional.empty())));
        assertEquals("", Describe.decisionInFull(product(Optional.empty(), Optional.empty())));
    }

    private static Decision product(Optional<String> type, Optional<String> command) {
        return new Decision.VerifyProduct(type, command, OptionalInt.empty(), List.of(), List.of());
    }

    @ParameterizedTest
    @CsvSource({"0.25, false, $0.2500", "0.25, true, at least $0.2500", "0, false, $0.0000", "0, true, cost not known"})
    void aCostIsNoMoreThanWhatIsKnown(String cost, boolean incomplete, String words) {
        assertEquals(words, Describe.cost(new Totals(1, 1, TokenUsage.NONE, Usd.of(cost), incomplete, Duration.ZERO)));
    }

    @Test
    void whatUsedNoTokensNamesNone() {
        assertEquals(List.of("1 round", "1 decision", "$0.0000"),
                Describe.totals(new Totals(1, 1, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO)));
        assertEquals(Optional.of("0 tokens in, 3 out"), Describe.tokens(new TokenUsage(0, 3, 0, 0, 0)));
    }

    @Test
    void theEndOfAnOutputHasNoEmptyLines() {
        assertEquals(List.of("2", "  3"), Describe.tail("1\n2\n\n \n  3\n", 2));
        assertEquals(List.of("1"), Describe.tail("1", 2));
    }
}
