package display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.Limits;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import console.Palette;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The last line of a terminal tells what is known, and leaves out what is not. */
class LivingLineTest {
    private static final TokenUsage SOME = new TokenUsage(1000, 200, 0, 0, 0);

    private static LivingLine line(Usd before, Optional<Usd> most) {
        LivingLine line = new LivingLine(new Palette(Palette.Colours.NONE, false), () -> 200,
                new Totals(0, 0, TokenUsage.NONE, before, false, Duration.ZERO));
        Limits usual = Limits.defaults();
        line.started(new Limits(usual.maxIterations(), most, usual.timeout(), usual.workerIdle(), usual.workerTotal(),
                usual.maxTurns()));
        return line;
    }

    @Test
    void beforeAnybodyToldAPriceThereIsNoAmount() {
        LivingLine line = line(Usd.ZERO, Optional.of(Usd.of("5")));
        line.round();
        assertFalse(line.text("claude thinks").contains("$"), line.text("claude thinks"));
        line.spent(SOME, Optional.empty());
        assertFalse(line.text("claude thinks").contains("$"), line.text("claude thinks"));
        line.spent(SOME, Optional.of(Usd.of("0.25")));
        assertTrue(line.text("claude thinks").contains("≥$0.25 of $5.00"), line.text("claude thinks"));
    }

    @Test
    void aPriceOfNothingIsKnown() {
        LivingLine line = line(Usd.ZERO, Optional.of(Usd.of("5")));
        line.spent(SOME, Optional.of(Usd.ZERO));
        assertTrue(line.text("claude thinks").contains("$0.00 of $5.00"), line.text("claude thinks"));
    }

    @Test
    void whatEarlierRunsOfTheSessionCostIsKnown() {
        LivingLine line = line(Usd.of("1.5"), Optional.of(Usd.of("5")));
        assertTrue(line.text("claude thinks").contains("$1.50 of $5.00"), line.text("claude thinks"));
    }

    @Test
    void theTokensOfARoundThatGoesOnAreShownAndCountedOnce() {
        LivingLine line = line(Usd.ZERO, Optional.empty());
        line.round();
        assertFalse(line.text("claude thinks").contains("tokens"), line.text("claude thinks"));
        line.uses(SOME);
        assertTrue(line.text("claude thinks").contains("1.2k tokens"), line.text("claude thinks"));
        line.uses(TokenUsage.NONE);
        line.spent(SOME, Optional.of(Usd.of("0.25")));
        assertTrue(line.text("claude thinks").contains("1.2k tokens"), line.text("claude thinks"));
    }

    @Test
    void nothingIsSaidWhenNothingGoesOn() {
        assertEquals("", line(Usd.ZERO, Optional.empty()).text(""));
    }
}
