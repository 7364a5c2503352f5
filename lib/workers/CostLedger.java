package workers;

import agent.Usd;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The costs already booked for each conversation with a worker. Some workers report the sum over the whole conversation; a round
 * is booked with the difference. If a sum is lower than before, the worker has started to count anew, and the whole sum is new.
 */
public final class CostLedger {
    private final Map<String, Booked> conversations = new HashMap<>();

    /** The last reported cost and API time of a conversation. */
    private record Booked(Usd cost, Duration apiTime) {}

    /** What a round added to the sums. */
    public record Added(Optional<Usd> cost, Duration apiTime) {}

    /**
     * Books a round.
     *
     * @param total from the last result line; empty when the line has no cost
     * @param addsUp whether the figures are sums over the conversation; otherwise they are the round's own
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

    /** Records a round that an earlier run has booked. */
    public void recall(String conversation, Optional<Usd> cost, Duration apiTime) {
        conversations.merge(conversation, new Booked(cost.orElse(Usd.ZERO), apiTime),
                (before, more) -> new Booked(before.cost().plus(more.cost()), before.apiTime().plus(more.apiTime())));
    }
}
