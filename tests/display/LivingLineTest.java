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
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The last line of a terminal shows the known values and leaves out unknown ones. */
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

    private static String told(LivingLine line, String now) {
        // How long it takes depends on the machine.
        return line.text(now).replaceFirst("[0-9.]+ s", "0.0 s");
    }

    private static LivingLine narrow(int width, int rounds, boolean costIncomplete) {
        return new LivingLine(new Palette(Palette.Colours.NONE, false), () -> width,
                new Totals(3, rounds, SOME, Usd.of("0.5"), costIncomplete, Duration.ZERO));
    }

    @Test
    void allOfItOnAWideTerminal() {
        LivingLine line = narrow(200, 2, false);
        line.started(new Limits(25, Optional.of(Usd.of("5")), Optional.of(Duration.ofMinutes(90)), Duration.ZERO, Duration.ZERO,
                OptionalInt.empty()));
        assertEquals(3, line.round());
        line.decision();
        assertEquals("round 3, $0.50 of $5.00, decision 1/25, 0.0 s of 1 h 30 m, 1.2k tokens, make test", told(line, "make test"));
    }

    @Test
    void withoutLimitsNoneIsNamed() {
        assertEquals("round 2, $0.50, decision 0, 0.0 s, 1.2k tokens, x", told(narrow(200, 2, false), "x"));
        assertEquals("$0.50, decision 0, 0.0 s, 1.2k tokens, x", told(narrow(200, 0, false), "x"));
        assertEquals("0.0 s, x", told(new LivingLine(new Palette(Palette.Colours.NONE, false), () -> 200,
                new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO)), "x"));
    }

    @Test
    void whatEarlierRunsSpentWithoutAPriceMakesTheSumALeast() {
        assertEquals("round 2, ≥$0.50, decision 0, 0.0 s, 1.2k tokens, x", told(narrow(200, 2, true), "x"));
        LivingLine line = narrow(200, 2, false);
        line.spent(TokenUsage.NONE, Optional.empty());
        assertEquals("round 2, $0.50, decision 0, 0.0 s, 1.2k tokens, x", told(line, "x"), "a call without tokens costs nothing");
        line.spent(SOME, Optional.empty());
        assertEquals("round 2, ≥$0.50, decision 0, 0.0 s, 2.4k tokens, x", told(line, "x"));
    }

    @Test
    void nothingSpentIsNoAmountWhereNoLimitAsksForIt() {
        LivingLine line = new LivingLine(new Palette(Palette.Colours.NONE, false), () -> 200,
                new Totals(0, 0, TokenUsage.NONE, Usd.ZERO, false, Duration.ZERO));
        line.spent(SOME, Optional.of(Usd.ZERO));
        assertEquals("0.0 s, 1.2k tokens, x", told(line, "x"));
    }

    @ParameterizedTest
    @CsvSource({"11, now, now", "12, now, 'round 2, now'", "18, now, 'round 2, now'", "19, now, 'round 2, $0.50, now'",
        "32, '123456789 123456789 123456789', '123456789 123456789 123456789'",
        "33, '123456789 123456789 123456789', 'round 2, 123456789 123456789 123456789'"})
    void whatGoesOnNowKeepsItsPlaceOnANarrowTerminal(int width, String now, String told) {
        assertEquals(told, told(narrow(width, 2, false), now));
    }
}
