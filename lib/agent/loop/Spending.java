package agent.loop;

import agent.ModelCall;
import agent.TokenUsage;
import agent.Totals;
import agent.Usd;
import agent.WorkerReport;
import java.time.Duration;
import java.util.Optional;

/** Tokens and money of a session, models and worker together. */
final class Spending {
    private TokenUsage usage = TokenUsage.NONE;
    private Usd cost = Usd.ZERO;
    private boolean incomplete;

    void add(ModelCall.Answer answer) {
        book(answer.cost(), answer.usage());
    }

    void add(WorkerReport report) {
        book(report.effort().cost(), report.effort().usage());
        // What a worker of any kind did cost something, also when it cannot say what.
        incomplete |= report.effort().cost().isEmpty() && report.ending().exitCode().isPresent();
    }

    Usd cost() {
        return cost;
    }

    Totals totals(int iterations, int rounds, Duration duration) {
        return new Totals(iterations, rounds, usage, cost, incomplete, duration);
    }

    private void book(Optional<Usd> amount, TokenUsage used) {
        usage = usage.plus(used);
        amount.ifPresent(a -> cost = cost.plus(a));
        incomplete |= amount.isEmpty() && used.total() > 0;
    }
}
