package agent.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import agent.ModelCall;
import agent.Reports;
import agent.Samples;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The sums of tokens and cost. */
class SpendingTest {
    private static final TokenUsage SOME = new TokenUsage(100, 10, 4, 3, 2);

    private final Spending spending = new Spending();

    private static WorkerReport report(Optional<Usd> cost, TokenUsage usage, OptionalInt exitCode) {
        WorkerReport clean = Fakes.clean("");
        return Reports.builder().exitCode(exitCode).usage(usage).cost(cost).model(clean.agent().model())
                .version(clean.agent().version()).subtype(clean.ending().subtype()).turns(1).denials(clean.denials()).build();
    }

    private static ModelCall.Answer answer(Optional<Usd> cost, TokenUsage usage) {
        ModelCall.Answer sample = Samples.of(ModelCall.Answer.class);
        return new ModelCall.Answer(sample.model(), sample.responseId(), sample.finishReasons(), usage, cost, 1, Optional.empty());
    }

    private Totals totals() {
        return spending.totals(2, 1, Duration.ofSeconds(3));
    }

    @Test
    void everyKindOfTokenIsAddedToItsOwn() {
        TokenUsage sum = SOME.plus(new TokenUsage(1, 20, 300, 4000, 50_000));
        assertEquals(new TokenUsage(101, 30, 304, 4003, 50_002), sum);
        assertEquals(131, sum.total(), "what came from a cache is part of the input, thinking part of the output");
    }

    @Test
    void moneyIsExact() {
        assertEquals(Usd.of("0.3"), Usd.of("0.1").plus(Usd.of("0.20")));
        assertEquals(Usd.of("0.05"), Usd.of("0.1").minus(Usd.of("0.05")));
        assertEquals(Usd.ZERO, Usd.of("0.000"));
        assertEquals(0.25, Usd.of("0.25").toDouble());
        assertEquals("$0.0123", Usd.of("0.01234").toString());
        assertEquals("$0.0124", Usd.of("0.01235").toString());
        assertEquals(new BigDecimal("1E+2"), Usd.of("100").amount());
    }

    @Test
    void modelsAndWorkerAreAddedUp() {
        spending.add(answer(Optional.of(Usd.of("0.1")), SOME));
        spending.add(report(Optional.of(Usd.of("0.02")), SOME, OptionalInt.of(0)));
        assertEquals(Usd.of("0.12"), spending.cost());
        assertEquals(new Totals(2, 1, SOME.plus(SOME), Usd.of("0.12"), false, Duration.ofSeconds(3)), totals());
    }

    @Test
    void aSumThatLacksSomethingSaysSo() {
        assertFalse(totals().costIncomplete());
        spending.add(answer(Optional.empty(), TokenUsage.NONE));
        spending.add(report(Optional.empty(), TokenUsage.NONE, OptionalInt.empty()));
        assertFalse(totals().costIncomplete(), "nothing was used, and the worker was never started");
        spending.add(answer(Optional.empty(), new TokenUsage(0, 1, 0, 0, 0)));
        assertTrue(totals().costIncomplete());
        spending.add(answer(Optional.of(Usd.of("1")), SOME));
        assertTrue(totals().costIncomplete(), "and goes on saying so");
    }

    @Test
    void aWorkerThatCannotTellWhatItCostMakesTheSumIncomplete() {
        spending.add(report(Optional.empty(), TokenUsage.NONE, OptionalInt.of(0)));
        assertTrue(totals().costIncomplete());
        spending.add(report(Optional.of(Usd.of("1")), SOME, OptionalInt.of(0)));
        assertTrue(totals().costIncomplete(), "and goes on saying so");
    }
}
