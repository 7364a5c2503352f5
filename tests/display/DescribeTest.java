package display;

import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Samples;
import agent.decision.Decision;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
}
