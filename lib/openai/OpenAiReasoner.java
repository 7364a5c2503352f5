package openai;

import agent.Bounds;
import agent.Reasoner;
import agent.ReasonerException;
import agent.Reasoning;
import agent.RunListener;
import agent.Situation;
import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.Variables;
import java.util.Optional;
import java.util.Set;
import reasoning.LogicalCall;
import reasoning.Notices;
import reasoning.Prices;
import reasoning.ReasonerKind;
import reasoning.Timing;

/** Decides by asking a model through chat completions, with function calling. */
public final class OpenAiReasoner implements Reasoner {
    /** {@code --reasoner openai}. */
    public static final ReasonerKind KIND = new ReasonerKind("openai", Set.of(Variables.OPENAI_API_KEY),
            Set.of(Variables.OPENAI_API_KEY, Variables.OPENAI_MODEL),
            setup -> new OpenAiReasoner(OpenAiOptions.fromEnvironment(setup.environment(), setup.model())));

    private final OpenAiOptions options;
    private final Timing timing;
    private final ChatClient client;
    private final ChatConversation conversation;
    private final Notices notices = new Notices();
    private final DroppedFields dropped = new DroppedFields();

    OpenAiReasoner(OpenAiOptions options) {
        this(options, Timing.SYSTEM);
    }

    OpenAiReasoner(OpenAiOptions options, Timing timing) {
        this.options = options;
        this.timing = timing;
        this.client = new ChatClient(options, timing);
        this.conversation = new ChatConversation(options);
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
    public void selfCheck(Bounds bounds, RunListener listener) throws InterruptedException {
        new ModelList(client, options, notices).check(bounds, listener);
    }

    @Override
    public Optional<String> unpriced() {
        return options.prices().known(options.model()) ? Optional.empty() : Optional.of("the price of " + options.model()
                + " is not known, unless its server reports the cost; add the price to " + options.prices().overrides());
    }

    @Override
    public Reasoning decide(Situation situation, Bounds bounds, RunListener listener)
            throws InterruptedException, ReasonerException {
        LogicalCall<ObjectNode, ChatResponse> call = new LogicalCall<>(new ChatCall(client, options, timing, dropped),
                options.sending().retry(), timing, bounds, listener);
        ObjectNode request = conversation.request(situation, bounds, dropped, text -> notices.say(text, listener));
        ChatResponse response = call.answer(request);
        Optional<String> answered = response.model();
        // Servers have names of their own for a model ("openai/x", "x:latest"): only a completely different name is reported.
        boolean same = answered.filter(model -> Prices.unreleased(model).contains(Prices.unreleased(options.model()))
                || Prices.unreleased(options.model()).contains(Prices.unreleased(model))).isPresent();
        notices.about(options.model(), answered, same, call.priced(), options.prices(), listener);
        return response.reasoning(situation.offered());
    }
}
