package gemini;

import agent.Bounds;
import agent.Reasoner;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunListener;
import agent.Situation;
import contract.Variables;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import reasoning.LogicalCall;
import reasoning.Notices;
import reasoning.ReasonerKind;
import reasoning.Timing;

/**
 * Decides by asking Gemini, with native function calling: every answer is a call of one of the offered functions.
 *
 * <p>The events of a logical call are {@code ModelCallStarted}, an {@code AttemptFailed} for each request that failed, and
 * {@code ModelCallEnded} with tokens and cost. If another model answers, or a model has no known price, a {@code Notice} says so
 * once.
 */
public final class GeminiReasoner implements Reasoner {
    /** {@code --reasoner gemini}. */
    public static final ReasonerKind KIND = new ReasonerKind("gemini", Set.of(Variables.GEMINI_API_KEY, Variables.GOOGLE_API_KEY),
            Set.of(Variables.GEMINI_API_KEY, Variables.GOOGLE_API_KEY, Variables.GEMINI_MODEL),
            setup -> new GeminiReasoner(GeminiOptions.fromEnvironment(setup.environment(), setup.model())));

    private final GeminiOptions options;
    private final Timing timing;
    private final GeminiClient client;
    private final Conversation conversation;
    private final Notices notices = new Notices();
    /** The first step for which the model's own messages are sent back: earlier ones were refused. */
    private int echoed;

    @Override
    public boolean reviews() {
        return true;
    }

    public GeminiReasoner(GeminiOptions options) {
        this(options, Timing.SYSTEM);
    }

    GeminiReasoner(GeminiOptions options, Timing timing) {
        this.options = options;
        this.timing = timing;
        this.client = new GeminiClient(options, timing);
        this.conversation = new Conversation(options);
    }

    @Override
    public String name() {
        return KIND.name();
    }

    @Override
    public void selfCheck(Bounds bounds, RunListener listener) throws InterruptedException {
        new SelfCheck(client, options, notices).run(bounds, listener);
    }

    @Override
    public Optional<String> unpriced() {
        return options.prices().known(options.model()) ? Optional.empty()
                : Optional.of("no price is known for " + options.model() + "; add one in "
                        + options.prices().overrides());
    }

    @Override
    public Reasoning decide(Situation situation, Bounds bounds, RunListener listener)
            throws InterruptedException, ReasonerException {
        Consumer<String> missing = text -> notices.say(text, listener);
        Amendments amendments = new Amendments(
                () -> conversation.contents(situation, bounds, Integer.MAX_VALUE, missing));
        LogicalCall<GenerateRequest, GenerateResponse> call = new LogicalCall<>(
                new GeminiCall(client, options, timing, amendments), options.sending().retry(), timing, bounds, listener);
        GenerateResponse response = call.answer(conversation.request(situation, bounds, echoed, missing));
        if (amendments.madeAnew()) {
            notices.say("Gemini refused a message of this session's history; PA made the history again from the decisions", listener);
            echoed = situation.steps().size();
        }
        Optional<String> answered = Optional.ofNullable(response.modelVersion());
        notices.about(options.model(), answered, answered.filter(ModelName.of(options.model())::answeredBy).isPresent(),
                call.priced(), options.prices(), listener);
        return AnswerReader.read(response, situation.offered());
    }
}
