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
    public String description() {
        return "Google's API, with GEMINI_API_KEY";
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new GeminiReasoner(GeminiOptions.fromEnvironment(setup.environment(), setup.model()));
    }
}
