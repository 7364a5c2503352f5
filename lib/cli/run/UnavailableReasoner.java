package cli.run;

import agent.Bounds;
import agent.Reasoner;
import agent.Reasoning;
import agent.RunListener;
import agent.Situation;
import contract.Failure;

/**
 * A reasoner that cannot be made, for want of a key: its self-check says so, in its place in the run, so that the journal and
 * the telemetry hold it like any other failed self-check.
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
