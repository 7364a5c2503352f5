package gemini;

import agent.Reasoner;
import reasoning.ReasonerKind;
import reasoning.ReasonerSetup;

/** {@code --reasoner gemini}. */
public final class GeminiKind implements ReasonerKind {
    @Override
    public String name() {
        return "gemini";
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new GeminiReasoner(GeminiOptions.fromEnvironment(setup.environment(), setup.model()));
    }
}
