package agent;

import java.util.Optional;

/** Decides what to do next. Holds nothing between calls: all it knows is in the situation, so that a session can be resumed. */
public interface Reasoner {
    /** A bounded name in lower case, a label in telemetry: the word after {@code --reasoner}, like {@code gemini}. */
    String name();

    /** Whether it can judge a change that it is shown whole: a model can. */
    default boolean reviews() {
        return false;
    }

    /**
     * Finds out before any work is paid for whether it can decide at all.
     *
     * @throws contract.Failure when it cannot: no key, a bad one, an unknown model, no network
     */
    void selfCheck(Bounds bounds, RunListener listener) throws InterruptedException;

    /** Why a limit of money cannot bind what it costs, for people; empty where its price is known. Asked after the self-check. */
    default Optional<String> unpriced() {
        return Optional.empty();
    }

    /**
     * Takes one decision. An answer that cannot be used is a {@link agent.decision.Decision.NoOp}, which comes back to the reasoner as a
     * refused result.
     *
     * @throws ReasonerException when no decision is to be had
     */
    Reasoning decide(Situation situation, Bounds bounds, RunListener listener) throws InterruptedException, ReasonerException;
}
