package reasoning;

import agent.Bounds;
import agent.ModelCall;
import agent.TokenUsage;
import agent.Usd;
import java.util.List;
import java.util.Optional;

/**
 * The part of a logical call that each API's package implements for {@link LogicalCall}. A new object for each logical call, so that
 * it can remember which changes it has tried.
 *
 * @param <Q> a request of the API
 * @param <A> an answer of it
 */
public interface ModelApi<Q, A> {
    /** The call's data for events. */
    ModelCall call(Q request);

    /** The system instruction for the model, apart from the conversation. */
    String instructions(Q request);

    /** Sends one request. */
    Reply send(Q request, Bounds bounds) throws InterruptedException;

    /** Reads an answer; empty when it has not the form of the API. */
    Optional<A> read(Reply.Answer answer);

    /** The fault for a body that has not the form of the API. */
    Fault malformed();

    /** The fault in an answer of the right form. */
    Optional<Fault> objection(A answer);

    /** A changed request that may succeed after this fault, if there is one; each change is tried at most once. */
    Optional<Q> amend(Q request, Fault fault);

    Facts facts(A answer);

    /**
     * An answer's data about itself.
     *
     * @param model that answered, if the answer names it
     * @param cost empty when it is unknown
     */
    record Facts(Optional<String> model, Optional<String> responseId, List<String> finishReasons, TokenUsage usage,
            Optional<Usd> cost) {}
}
