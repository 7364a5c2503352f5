package reasoning;

import agent.Reasoner;

/** {@code --reasoner rules}: no model. */
public final class RulesKind implements ReasonerKind {
    @Override
    public String name() {
        return "rules";
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new RulesReasoner();
    }
}
