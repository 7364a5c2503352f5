package telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What became of a run's telemetry.
 *
 * @param problem why something was not delivered; empty when everything was
 * @param trouble why some event could not be made telemetry of, or could not be remembered as unsent or as sent
 * @param earlier runs before this one whose telemetry was delivered now
 * @param kept whether the journal will be read again for what was not delivered
 */
public record Delivery(Map<Signal, Share> shares, Optional<String> problem, Optional<String> trouble, long earlier,
        boolean kept) {

    /**
     * Items of one signal. Metrics count instruments.
     *
     * @param delivered acknowledged by the receiver
     * @param waiting not acknowledged: read from the journal again by a later {@code pa}
     * @param rejected refused by the receiver for good
     */
    public record Share(long delivered, long waiting, long rejected) {}

    /** Of telemetry that could not be set up. */
    static Delivery off(String why) {
        return new Delivery(Map.of(), Optional.of(why), Optional.empty(), 0, true);
    }

    /** Of a delivery that nobody can wait for any longer: what it came to is not known, and the journal is read again. */
    static Delivery unfinished(String why) {
        return new Delivery(Map.of(), Optional.empty(), Optional.of("not everything was delivered (" + why
                + "); the journal keeps it for the next pa, or: pa telemetry send"), 0, true);
    }

    /** Whether the receiver has everything. */
    public boolean complete() {
        return !shares.isEmpty() && shares.values().stream().allMatch(s -> s.waiting() == 0 && s.rejected() == 0);
    }

    /** One line for a person; empty when there is nothing to say. */
    public Optional<String> line() {
        if (shares.isEmpty()) {
            return problem.map(why -> "telemetry is off: " + why).or(() -> trouble.map(why -> "telemetry: " + why));
        }
        List<String> parts = new ArrayList<>();
        String because = problem.map(why -> " (" + why + ")").orElse("");
        say(parts, Share::waiting, " not delivered" + because + (kept ? "; the journal keeps it for the next pa, or: "
                + "pa telemetry send" : ""));
        say(parts, Share::rejected, " rejected" + because);
        trouble.ifPresent(parts::add);
        return parts.isEmpty() ? Optional.empty() : Optional.of("telemetry: " + String.join("; ", parts));
    }

    private void say(List<String> parts, ToLongFunction<Share> part, String after) {
        List<String> counts = new ArrayList<>();
        for (Signal signal : Signal.values()) {
            long items = shares.containsKey(signal) ? part.applyAsLong(shares.get(signal)) : 0;
            if (items > 0) {
                counts.add(signal == Signal.METRICS ? "metrics" : signal.count(items));
            }
        }
        if (!counts.isEmpty()) {
            parts.add(String.join(", ", counts) + after);
        }
    }
}
