package workers;

import agent.TokenUsage;
import java.util.HashMap;
import java.util.Map;

/**
 * The tokens each conversation was booked at, so that a round is booked at what it added, where the worker tells sums over the
 * whole conversation. If a sum is lower than before, the worker has forgotten, and the sum is all new.
 */
public final class TokenLedger {
    private final Map<String, TokenUsage> conversations = new HashMap<>();

    /** Books a round. Returns what it added. */
    public TokenUsage book(String conversation, TokenUsage total) {
        TokenUsage before = conversations.getOrDefault(conversation, TokenUsage.NONE);
        conversations.put(conversation, total);
        boolean forgot = total.input() < before.input() || total.output() < before.output();
        return forgot ? total : new TokenUsage(total.input() - before.input(), total.output() - before.output(),
                Math.max(0, total.cacheRead() - before.cacheRead()), Math.max(0, total.cacheCreation() - before.cacheCreation()),
                Math.max(0, total.reasoning() - before.reasoning()));
    }

    /** Takes note of a round that an earlier run booked. */
    public void recall(String conversation, TokenUsage added) {
        conversations.merge(conversation, added, TokenUsage::plus);
    }
}
