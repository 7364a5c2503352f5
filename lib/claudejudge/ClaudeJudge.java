package claudejudge;

import agent.Bounds;
import agent.Reasoner;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunListener;
import agent.Situation;
import agent.decision.Decision;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import reasoning.DecisionReader;
import reasoning.Excerpt;
import reasoning.LogicalCall;
import reasoning.Notices;
import reasoning.Prices;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;
import reasoning.RetryPolicy;
import reasoning.Timing;

/** Decides by asking Claude Code. Each decision is a new call with the whole situation in the question. */
public final class ClaudeJudge implements Reasoner {
    /** {@code --reasoner claude}. Never taken unasked: it costs what the user's own account costs. */
    public static final ReasonerKind KIND = new ReasonerKind("claude", Set.of(), Set.of(), ClaudeJudge::new);
    /** An answer takes minutes when the model thinks long. */
    private static final Duration CALL_LIMIT = Duration.ofMinutes(20);
    private static final int THOUGHT_CHARS = 4_000;

    private final JudgeProcess process;
    private final Optional<String> model;
    private final Prices prices;
    private final RetryPolicy retry;
    private final Timing timing;
    private final Notices notices = new Notices();

    private ClaudeJudge(ReasonerSetup setup) {
        this(new JudgeProcess(setup.environment(), setup.model(), CALL_LIMIT), setup.model(), Prices.load(setup.environment()),
                RetryPolicy.DEFAULT, Timing.SYSTEM);
    }

    ClaudeJudge(JudgeProcess process, Optional<String> model, Prices prices, RetryPolicy retry, Timing timing) {
        this.process = process;
        this.model = model;
        this.prices = prices;
        this.retry = retry;
        this.timing = timing;
    }

    @Override
    public boolean reviews() {
        return true;
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public void selfCheck(Bounds bounds, RunListener listener) {
        process.check();
    }

    @Override
    public Reasoning decide(Situation situation, Bounds bounds, RunListener listener)
            throws InterruptedException, ReasonerException {
        LogicalCall<Question, JudgeAnswer> call =
                new LogicalCall<>(new JudgeCall(process, model), retry, timing, bounds, listener);
        JudgeAnswer answer = call.answer(Question.of(situation, bounds, text -> notices.say(text, listener)));
        notices.about(model.orElse("Claude Code's model"), answer.model(), true, call.priced(), prices, listener);
        JsonNode told = answer.structured();
        Decision decision = DecisionReader.read(told.path("function").asText(""), told.path("arguments"), situation.offered());
        return new Reasoning(decision, Optional.empty(), Excerpt.of(told.path("reason").asText("").strip(), THOUGHT_CHARS),
                OptionalDouble.empty(), "");
    }
}
