package claude;

import agent.Usd;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What each conversation with Claude Code was booked at, so that a round is booked at what it added.
 *
 * <p>Measured: up to 2.1.276 a result line tells what its own process cost. From 2.1.277 on it tells the sum of the whole
 * conversation, also after {@code --resume}; the API time likewise. So with newer versions (and unknown ones) the difference
 * to what was booked is the round's; if a sum is lower than before, Claude Code has forgotten, and the sum is all new.
 */
final class CostLedger {
    /** The first version that is known to add up over a conversation. */
    static final Version ADDS_UP = new Version(2, 1, 277);

    private final Map<String, Booked> conversations = new HashMap<>();

    /** What a conversation was last told to have cost, or taken. */
    private record Booked(Usd cost, Duration apiTime) {}

    /** What a round added. */
    record Added(Optional<Usd> cost, Duration apiTime) {}

    /**
     * Books a round.
     *
     * @param total as the last result line tells it; empty when it does not
     * @param version of Claude Code, where known
     */
    Added book(String conversation, Optional<Usd> total, Duration apiTime, Optional<Version> version) {
        if (version.isPresent() && version.get().compareTo(ADDS_UP) < 0) {
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
    void recall(String conversation, Optional<Usd> cost, Duration apiTime) {
        conversations.merge(conversation, new Booked(cost.orElse(Usd.ZERO), apiTime),
                (before, more) -> new Booked(before.cost().plus(more.cost()), before.apiTime().plus(more.apiTime())));
    }
}
