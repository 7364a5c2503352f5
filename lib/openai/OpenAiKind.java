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
    public Set<String> secrets() {
        return Set.of(Variables.OPENAI_API_KEY);
    }

    @Override
    public Set<String> inEnvironmentFile() {
        return Set.of(Variables.OPENAI_API_KEY, Variables.OPENAI_MODEL);
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new OpenAiReasoner(OpenAiOptions.fromEnvironment(setup.environment(), setup.model()));
    }
}
