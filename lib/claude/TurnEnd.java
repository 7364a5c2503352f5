package claude;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import workers.Reading;

/**
 * When the work of a round is over. That is not the end of the process: a server in the background keeps it alive for ten minutes,
 * and some versions do not end at all after their result. A sub-agent in the background has work to do, and the limits of a round
 * bound it.
 */
final class TurnEnd {
    /** After a result with nothing alive: Claude Code runs its hooks and sends what is left of its telemetry. */
    static final Duration GRACE = Duration.ofSeconds(5);
    /** After a result while a command still runs in the background, as a server does for ever. */
    static final Duration BACKGROUND = Duration.ofSeconds(60);
    private static final String AGENT = "local_agent";

    private List<StreamLine.BackgroundTask> background = List.of();
    /** When the last result came; empty while a turn goes on. */
    private OptionalLong ended = OptionalLong.empty();
    private boolean turnMayFollow;
    private int queued;
    /** When the last line came that says more than that the program is alive. */
    private long lastNews = System.nanoTime();

    void news(long nanos) {
        lastNews = nanos;
    }

    void background(List<StreamLine.BackgroundTask> tasks) {
        background = tasks;
    }

    /** A turn goes on, or another begins. */
    void goesOn() {
        ended = OptionalLong.empty();
        turnMayFollow = false;
    }

    /** @param following turns that are to follow in this process */
    void ended(int following, long nanos) {
        ended = OptionalLong.of(nanos);
        queued = following;
        turnMayFollow = false;
    }

    /** Something in the background has ended. The model is told of it, and its answer may take its time. */
    void taskEnded() {
        turnMayFollow = ended.isPresent();
    }

    /** @param lastLine when the last line came, of {@link System#nanoTime} */
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

    /** What runs in the background, for people. */
    String backgroundText() {
        return background.stream().map(task -> task.description() + " (" + task.kind() + ")").collect(Collectors.joining(", "));
    }
}
