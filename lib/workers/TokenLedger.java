package workers;

import agent.TokenUsage;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens already booked for each conversation. Some workers report the sum over the whole conversation; a round is booked with
 * the difference. If a sum is lower than before, the worker has started to count anew, and the whole sum is new.
 */
public final class TokenLedger {
    private final Map<String, TokenUsage> conversations = new HashMap<>();

    /** Books a round. Returns the tokens that it added. */
    public TokenUsage book(String conversation, TokenUsage total) {
        TokenUsage before = conversations.getOrDefault(conversation, TokenUsage.NONE);
        conversations.put(conversation, total);
        boolean forgot = total.input() < before.input() || total.output() < before.output();
        return forgot ? total : new TokenUsage(total.input() - before.input(), total.output() - before.output(),
                Math.max(0, total.cacheRead() - before.cacheRead()), Math.max(0, total.cacheCreation() - before.cacheCreation()),
                Math.max(0, total.reasoning() - before.reasoning()));
    }

    /** Records a round that an earlier run has booked. */
    public void recall(String conversation, TokenUsage added) {
        conversations.merge(conversation, added, TokenUsage::plus);
    }
}
