package claudejudge;

import agent.Reasoner;
import java.time.Duration;
import reasoning.Prices;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;
import reasoning.RetryPolicy;
import reasoning.Timing;

/** {@code --reasoner claude}. Used only when the user asks for it: each decision costs money on the user's own account. */
public final class ClaudeJudgeKind implements ReasonerKind {
    /** An answer takes minutes when the model thinks for a long time. */
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
