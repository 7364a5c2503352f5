package codex;

import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import workers.LinePump;
import workers.Reading;
import workers.RunningTools;
import workers.WorkerNotices;

/**
 * A round, line by line: reports events to the listener and keeps the data for the report. Used only by the thread that runs the
 * round.
 */
final class CodexRound implements Reading<CodexLine> {
    /** After the turn's end, Codex only shuts down. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Codex's text when it cannot reach the network; it repeats it for ever (measured). */
    private static final String NO_NETWORK = "Reconnecting... waiting for network";

    private final RunListener listener;
    private final Duration outage;
    private final WorkerNotices notices;
    private final RunningTools tools;
    private Optional<String> thread = Optional.empty();
    private Optional<TokenUsage> total = Optional.empty();
    private Optional<String> failure = Optional.empty();
    /** When the turn ended. */
    private OptionalLong ended = OptionalLong.empty();
    /** When it began to wait for the network. */
    private OptionalLong waiting = OptionalLong.empty();
    private String network = "";
    /** Whether the line was a notice only: one does not show that the network is back. */
    private boolean noticed;
    private boolean acted;
    private String lastWords = "";
    private String firstUnusable = "";

    /** @param outage how long it may wait for the network before PA gives up the round */
    CodexRound(RunListener listener, Duration outage) {
        this.listener = listener;
        this.outage = outage;
        this.notices = new WorkerNotices(listener);
        this.tools = new RunningTools(listener);
    }

    @Override
    public void take(LinePump.Arrival<CodexLine> arrival) {
        noticed = false;
        arrival.line().tell(this, arrival.nanos());
        if (!noticed) {
            waiting = OptionalLong.empty();
        }
    }

    /** {@code thread.started}: also of a thread that is resumed. */
    void threadStarted(String id) {
        thread = Optional.of(id).filter(known -> !known.isEmpty());
        thread.ifPresent(known -> listener.on(new RunEvent.ConversationKnown(known)));
    }

    /** {@code agent_message}: words to read. The last one stands for the result. */
    void said(String text) {
        if (!text.isBlank()) {
            acted = true;
            lastWords = text;
            listener.on(new RunEvent.WorkerSaid(text));
        }
    }

    /** {@code turn.completed}. @param usage over the whole thread */
    void completed(TokenUsage usage, long nanos) {
        total = Optional.of(usage);
        ended = OptionalLong.of(nanos);
    }

    /** {@code turn.failed}. */
    void failed(String message, long nanos) {
        failure = Optional.of(message);
        ended = OptionalLong.of(nanos);
    }

    /** A line to be shown: an {@code error} that is none by itself, a retry, what nobody knows yet. */
    void notice(String kind, String text, long nanos) {
        noticed = true;
        notices.report(kind, text);
        if (text.startsWith(NO_NETWORK)) {
            waiting = waiting.isPresent() ? waiting : OptionalLong.of(nanos);
            network = text.substring(NO_NETWORK.length()).strip();
        }
    }

    /** A line that could not be used. */
    void unusable(String kind, String text) {
        notices.report(kind, text);
        firstUnusable = firstUnusable.isEmpty() ? text : firstUnusable;
    }

    @Override
    public OptionalLong overAt(long lastLine) {
        return ended.isPresent() ? Reading.settled(ended.getAsLong(), lastLine, GRACE)
                : waiting.isPresent() ? Reading.after(waiting.getAsLong(), outage) : ended;
    }

    /** The end of the output: tools without an answer end as interrupted. */
    void finish(boolean livedOn) {
        if (livedOn && ended.isPresent()) {
            notices.report("lived_on", "Codex had finished its work, but its process did not end; PA ended it");
        }
        tools.interrupt();
        notices.finish();
    }

    /** Codex's own id of the conversation. */
    Optional<String> thread() {
        return thread;
    }

    /** Tokens of the whole thread; empty when the turn was not completed. */
    Optional<TokenUsage> total() {
        return total;
    }

    /** Present when it was still waiting for the network, with Codex's text about it. */
    Optional<String> unreachable() {
        return waiting.isPresent() ? Optional.of(network) : Optional.empty();
    }

    /** Why the turn failed, as text: an HTTP status is only there. */
    Optional<String> failure() {
        return failure;
    }

    /** Whether the model wrote or did anything. */
    boolean acted() {
        return acted;
    }

    String text() {
        return lastWords;
    }

    /** The first line in another format. */
    String firstUnusable() {
        return firstUnusable;
    }

    /** Items of some kinds are reported only when they are complete. */
    void item(CodexLine.Item item, long nanos) {
        acted = true;
        tools.started(new RunEvent.ToolStarted(item.id(), item.kind().tool(), item.detail(), item.input(), Optional.empty(),
                item.action()), nanos);
        if (item.completed()) {
            tools.ended(item.id(), item.success(), item.reason(), nanos);
        }
    }
}
