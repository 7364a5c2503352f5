package workers;

import agent.Usd;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each conversation with a worker was booked at, so that a round is booked at what it added, where the worker tells sums
 * over the whole conversation. If a sum is lower than before, the worker has forgotten, and the sum is all new.
 */
public final class CostLedger {
    private final Map<String, Booked> conversations = new HashMap<>();

    /** What a conversation was last told to have cost, or taken. */
    private record Booked(Usd cost, Duration apiTime) {}

    /** What a round added. */
    public record Added(Optional<Usd> cost, Duration apiTime) {}

    /**
     * Books a round.
     *
     * @param total as the last result line tells it; empty when it does not
     * @param addsUp whether the figures are sums over the conversation; else they are the round's own
     */
    public Added book(String conversation, Optional<Usd> total, Duration apiTime, boolean addsUp) {
        if (!addsUp) {
            return new Added(total, apiTime);
        }
        Booked before = conversations.getOrDefault(conversation, new Booked(Usd.ZERO, Duration.ZERO));
        boolean forgot = total.isPresent() && total.get().compareTo(before.cost()) < 0;
        Optional<Usd> cost = total.map(t -> forgot ? t : t.minus(before.cost()));
        Duration time = forgot || apiTime.compareTo(before.apiTime()) < 0 ? apiTime : apiTime.minus(before.apiTime());
        conversations.put(conversation, new Booked(total.orElse(before.cost()), apiTime));
        return new Added(cost, time);
    }

    /** Takes note of a round that an earlier run booked. */
    public void recall(String conversation, Optional<Usd> cost, Duration apiTime) {
        conversations.merge(conversation, new Booked(cost.orElse(Usd.ZERO), apiTime),
                (before, more) -> new Booked(before.cost().plus(more.cost()), before.apiTime().plus(more.apiTime())));
    }
}
