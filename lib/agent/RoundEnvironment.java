package agent;

import java.util.Map;

/**
 * What the process of a round finds in its environment beside the worker's own settings, for instance its place in the trace.
 * The loop asks for it once per round and knows nothing of what it is.
 */
public interface RoundEnvironment {
    /** Adds nothing. */
    RoundEnvironment NONE = new RoundEnvironment() {
        @Override
        public boolean ownSpans(Map<String, String> environment) {
            return false;
        }

        @Override
        public Map<String, String> around(Map<String, String> environment) {
            return environment;
        }
    };

    /**
     * Asked before a round begins: whether the agent will make the spans of its tools itself in this round.
     *
     * @param environment what the worker itself wants; not changed
     */
    boolean ownSpans(Map<String, String> environment);

    /**
     * Asked after the round's {@link RunEvent.WorkerStarted} was told to everybody: the complete environment of its process.
     *
     * @param environment the same as before
     */
    Map<String, String> around(Map<String, String> environment);
}
