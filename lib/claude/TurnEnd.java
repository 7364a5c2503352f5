package claude;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import workers.Reading;

/**
 * Decides when the work of a round is over. The process may live longer: a server in the background keeps it alive for ten minutes,
 * and some versions never end after their result. A sub-agent in the background still has work to do; only the limits of the round
 * stop it.
 */
final class TurnEnd {
    /** After a result, with no background tasks: Claude Code runs its hooks and sends the rest of its telemetry. */
    static final Duration GRACE = Duration.ofSeconds(5);
    /** After a result, while a command still runs in the background; a server would run for ever. */
    static final Duration BACKGROUND = Duration.ofSeconds(60);
    private static final String AGENT = "local_agent";

    private List<StreamLine.BackgroundTask> background = List.of();
    /** The time of the last result; empty during a turn. */
    private OptionalLong ended = OptionalLong.empty();
    private boolean turnMayFollow;
    private int queued;
    /** The time of the last line with more than a sign of life. */
    private long lastNews = System.nanoTime();

    void news(long nanos) {
        lastNews = nanos;
    }

    void background(List<StreamLine.BackgroundTask> tasks) {
        background = tasks;
    }

    /** A turn continues, or the next one begins. */
    void goesOn() {
        ended = OptionalLong.empty();
        turnMayFollow = false;
    }

    /** @param following the number of turns that follow in this process */
    void ended(int following, long nanos) {
        ended = OptionalLong.of(nanos);
        queued = following;
        turnMayFollow = false;
    }

    /** A background task has ended. The model is told about it, and its answer may take time. */
    void taskEnded() {
        turnMayFollow = ended.isPresent();
    }

    /** @param lastLine the time of the last line, of {@link System#nanoTime} */
    OptionalLong overAt(long lastLine) {
        if (ended.isEmpty() || queued > 0 || background.stream().anyMatch(task -> task.kind().equals(AGENT))) {
            return OptionalLong.empty();
        }
        if (!background.isEmpty()) {
            return Reading.after(ended.getAsLong(), BACKGROUND);
        }
        return turnMayFollow ? Reading.after(lastNews, BACKGROUND) : Reading.settled(ended.getAsLong(), lastLine, GRACE);
    }

    boolean inBackground() {
        return !background.isEmpty();
    }

    /** The background tasks, for the user. */
    String backgroundText() {
        return background.stream().map(task -> task.description() + " (" + task.kind() + ")").collect(Collectors.joining(", "));
    }
}
