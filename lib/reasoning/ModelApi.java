package reasoning;

import agent.Bounds;
import agent.ModelCall;
import agent.TokenUsage;
import agent.Usd;
import java.util.List;
import java.util.Optional;

/**
 * What an API's own package tells {@link LogicalCall}. Made anew for each logical call, so that it may remember what it has
 * amended.
 *
 * @param <Q> a request of the API
 * @param <A> an answer of it
 */
public interface ModelApi<Q, A> {
    /** How the call is told. */
    ModelCall call(Q request);

    /** What the model is told about its part, beside the conversation. */
    String instructions(Q request);

    /** Sends one request. */
    Reply send(Q request, Bounds bounds) throws InterruptedException;

    /** Reads an answer; empty when it is none of the API. */
    Optional<A> read(Reply.Answer answer);

    /** The fault of a body that is no answer of the API. */
    Fault malformed();

    /** What is wrong with an answer that is one. */
    Optional<Fault> objection(A answer);

    /** Another request that may go well where this one did not, for a fault that says so; each way at most once. */
    Optional<Q> amend(Q request, Fault fault);

    Facts facts(A answer);

    /**
     * What an answer says about itself.
     *
     * @param model that answered, where it is told
     * @param cost empty when it is not known
     */
    record Facts(Optional<String> model, Optional<String> responseId, List<String> finishReasons, TokenUsage usage,
            Optional<Usd> cost) {}
}
