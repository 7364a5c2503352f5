package claudejudge;

import agent.Reasoner;
import java.time.Duration;
import reasoning.Prices;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;
import reasoning.RetryPolicy;
import reasoning.Timing;

/** {@code --reasoner claude}. Never taken unasked: it costs what the user's own account costs. */
public final class ClaudeJudgeKind implements ReasonerKind {
    /** An answer takes minutes when the model thinks long. */
    private static final Duration CALL_LIMIT = Duration.ofMinutes(20);

    @Override
    public String name() {
        return "claude";
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new ClaudeJudge(new JudgeProcess(setup.environment(), setup.model(), CALL_LIMIT), setup.model(),
                Prices.load(setup.environment()), RetryPolicy.DEFAULT, Timing.SYSTEM);
    }
}
