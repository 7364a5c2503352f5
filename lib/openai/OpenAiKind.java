package openai;

import agent.Reasoner;
import contract.Variables;
import java.util.Set;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;

/** {@code --reasoner openai}. */
public final class OpenAiKind implements ReasonerKind {
    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String description() {
        return "OpenAI's API or a server that speaks it, with OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL";
    }

    @Override
    public Set<String> secrets() {
        return Set.of(Variables.OPENAI_API_KEY);
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new OpenAiReasoner(OpenAiOptions.fromEnvironment(setup.environment(), setup.model()));
    }
}
