package reasoning;

import agent.Reasoner;

/** A judge, and the double of its API that it asks. */
public record JudgeDouble(Reasoner judge, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
        end.run();
    }
}
