package telemetry;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What became of a run's telemetry.
 *
 * @param problem why something was not delivered; empty when everything was
 * @param lossReason why something was lost
 * @param trouble why some event could not be made telemetry of: a defect of ours
 * @param spool the folder in which the undelivered is kept
 * @param sentEarlier requests of earlier runs that were delivered now
 * @param droppedEarlier requests of earlier runs that were dropped to stay within the spool's limit
 */
public record Delivery(Map<Signal, Share> shares, Optional<String> problem, Optional<String> lossReason,
        Optional<String> trouble, Path spool, long sentEarlier, long droppedEarlier) {

    /**
     * Items of one signal. Metrics count instruments in export requests.
     *
     * @param delivered accepted by the receiver
     * @param kept on disk, to be sent later
     * @param rejected refused by the receiver for good
     * @param lost neither delivered nor kept
     */
    public record Share(long delivered, long kept, long rejected, long lost) {}

    /** Of telemetry that could not be set up. */
    static Delivery off(Path spool, String why) {
        return new Delivery(Map.of(), Optional.of(why), Optional.empty(), Optional.empty(), spool, 0, 0);
    }

    /** Whether the receiver has everything. */
    public boolean complete() {
        return shares.values().stream().allMatch(s -> s.kept() == 0 && s.rejected() == 0 && s.lost() == 0);
    }

    /** One line for a person; empty when there is nothing to say. */
    public Optional<String> line() {
        if (shares.isEmpty()) {
            return problem.map(why -> "telemetry is off: " + why);
        }
        List<String> parts = new ArrayList<>();
        String because = problem.map(why -> " (" + why + ")").orElse("");
        say(parts, Share::kept, " not delivered" + because + ", kept in " + shown(spool)
                + " for the next run or: pa telemetry flush");
        say(parts, Share::rejected, " rejected" + because);
        say(parts, Share::lost, " lost" + lossReason.map(why -> " (" + why + ")").orElse(""));
        if (droppedEarlier > 0) {
            parts.add(droppedEarlier + (droppedEarlier == 1 ? " older request" : " older requests")
                    + " dropped from the full spool");
        }
        trouble.ifPresent(why -> parts.add("an event was left out (" + why + ")"));
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

    private static String shown(Path folder) {
        String home = System.getProperty("user.home", "");
        String path = folder.toString();
        return !home.isEmpty() && path.startsWith(home + "/")
                ? "~" + path.substring(home.length()) : path;
    }
}
