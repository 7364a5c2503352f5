package cli.run;

import agent.Bounds;
import agent.Reasoner;
import agent.Reasoning;
import agent.RunListener;
import agent.Situation;
import contract.Failure;

/**
 * A reasoner that cannot be made, for instance without a key. Its self-check reports the reason as a step of the run, so that the
 * journal and the telemetry contain it like any other failed self-check.
 */
record UnavailableReasoner(String name, Failure why) implements Reasoner {
    @Override
    public void selfCheck(Bounds bounds, RunListener listener) {
        throw why;
    }

    @Override
    public Reasoning decide(Situation situation, Bounds bounds, RunListener listener) {
        throw why;
    }
}
