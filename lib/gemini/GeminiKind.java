package gemini;

import agent.Reasoner;
import contract.Variables;
import java.util.Set;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;

/** {@code --reasoner gemini}. */
public final class GeminiKind implements ReasonerKind {
    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public Set<String> secrets() {
        return Set.of(Variables.GEMINI_API_KEY, Variables.GOOGLE_API_KEY);
    }

    @Override
    public Set<String> inEnvironmentFile() {
        return Set.of(Variables.GEMINI_API_KEY, Variables.GOOGLE_API_KEY, Variables.GEMINI_MODEL);
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new GeminiReasoner(GeminiOptions.fromEnvironment(setup.environment(), setup.model()));
    }
}
