package reasoning;

import agent.Reasoner;

/** {@code --reasoner rules}: no model. */
public final class RulesKind implements ReasonerKind {
    @Override
    public String name() {
        return "rules";
    }

    @Override
    public String description() {
        return "needs no model: verify, give the failure back, done when it passes";
    }

    @Override
    public Reasoner create(ReasonerSetup setup) {
        return new RulesReasoner();
    }
}
