package claude;

import agent.ContextUse;
import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import agent.WorkerReport.Denial;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import workers.LinePump;
import workers.Reading;
import workers.RunningTools;
import workers.Version;
import workers.WorkerNotices;

/**
 * A round, line by line: reports events to the listener and keeps the data for the report. Used only by the thread that runs
 * the round.
 */
final class Round implements Reading<StreamLine> {
    /** The names of the tool that starts a sub-agent. */
    private static final Set<String> AGENT_TOOLS = Set.of("Task", "Agent");

    private final RunListener listener;
    private final WorkerNotices notices;
    private final RunningTools tools;
    private final TurnEnd turn = new TurnEnd();
    private final Set<String> counted = new HashSet<>();
    private Optional<String> session = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<Version> version = Optional.empty();
    private Optional<String> apiError = Optional.empty();
    private Optional<String> blocked = Optional.empty();
    private Optional<StreamLine.AccountUsedUp> usedUp = Optional.empty();
    private Optional<String> refusal = Optional.empty();
    private boolean acted;
    private Optional<StreamLine.Result> result = Optional.empty();
    private final Set<String> inBackground = new HashSet<>();
    private TokenUsage messageUsage = TokenUsage.NONE;
    private TokenUsage resultUsage = TokenUsage.NONE;
    private long contextTokens;
    private int turns;
    private final Set<Denial> denials = new LinkedHashSet<>();
    private String lastWords = "";
    private String firstUnusable = "";
    private boolean answered;

    Round(RunListener listener) {
        this.listener = listener;
        this.notices = new WorkerNotices(listener);
        this.tools = new RunningTools(listener);
    }

    @Override
    public void take(LinePump.Arrival<StreamLine> arrival) {
        if (arrival.line() != StreamLine.QUIET) {
            turn.news(arrival.nanos());
        }
        arrival.line().tell(this, arrival.nanos());
    }

    /** {@code user}: results of tools. */
    void toolResults(List<StreamLine.ToolResult> results, long nanos) {
        results.forEach(r -> toolAnswered(r, nanos));
    }

    /** {@code system}/{@code background_tasks_changed}: all that runs in the background now. */
    void backgroundTasks(List<StreamLine.BackgroundTask> tasks) {
        turn.background(tasks);
    }

    /** {@code system}/{@code task_started} of a call that goes on in the background after it has been answered. */
    void taskStarted(String toolUse) {
        inBackground.add(toolUse);
    }

    /**
     * {@code system}/{@code task_notification}: something in the background has ended, and Claude Code will tell the model.
     *
     * @param toolUse the call that started it
     * @param success whether it ended by itself and well
     */
    void taskEnded(Optional<String> toolUse, boolean success, String summary, long nanos) {
        turn.taskEnded();
        toolUse.ifPresent(id -> tools.ended(id, success, success ? "" : summary, nanos));
    }

    /** {@code system}/{@code informational} with {@code prevent_continuation}: a hook took the prompt away. */
    void promptBlocked(String reason) {
        blocked = Optional.of(reason);
        notices.report("prompt_blocked", reason);
    }

    /**
     * {@code system}/{@code model_refusal_no_fallback}: the model's safeguards stopped it, and no other model was to take over.
     *
     * @param category the API's word for what it is about, where it says so
     */
    void modelRefused(Optional<String> which, Optional<String> category) {
        refusal = Optional.of(category.orElse(""));
        notices.report("model_refusal_no_fallback", "the safeguards of " + which.orElse("the model") + " stopped it"
                + category.map(word -> " (" + word + ")").orElse(""));
    }

    void accountUsedUp(StreamLine.AccountUsedUp account) {
        usedUp = Optional.of(account);
        notices.report("rate_limit_event", "the account is used up");
    }

    /** A line to be shown: retries, compaction, hooks, and what nobody knows yet. */
    void notice(String kind, String text) {
        notices.report(kind, text);
    }

    /** A line that could not be used. */
    void unusable(String kind, String text) {
        notices.report(kind, text);
        firstUnusable = firstUnusable.isEmpty() ? text : firstUnusable;
    }

    @Override
    public OptionalLong overAt(long lastLine) {
        return turn.overAt(lastLine);
    }

    /** The end of the output: tools without an answer end as interrupted. */
    void finish(boolean livedOn) {
        if (livedOn) {
            notices.report("lived_on", "Claude Code had finished its work, but its process did not end"
                    + (turn.inBackground() ? " (" + turn.backgroundText() + ")" : "") + "; PA ended it");
        }
        tools.interrupt();
        notices.finish();
    }

    void init(StreamLine.Init init) {
        turn.goesOn();
        init.session().filter(id -> !session.equals(Optional.of(id)))
                .ifPresent(id -> listener.on(new RunEvent.ConversationKnown(id)));
        session = init.session().or(() -> session);
        model = init.model().or(() -> model);
        version = init.version().flatMap(Version::in).or(() -> version);
        notices.report("init", describe(init));
    }

    void result(StreamLine.Result last, long nanos) {
        session = last.session().or(() -> session);
        resultUsage = resultUsage.plus(last.spent().usage());
        turns += last.spent().turns();
        denials.addAll(last.denials());
        result = Optional.of(last);
        turn.ended(last.queued(), nanos);
        if (turn.inBackground()) {
            notices.report("background", "the turn is over, but something still runs in the background: " + turn.backgroundText()
                    + "; waiting for it at most " + TurnEnd.BACKGROUND.toSeconds() + " s, for a sub-agent longer");
        }
    }

    /** Claude Code's own id of the conversation; the latest one it reported. */
    Optional<String> session() {
        return session;
    }

    /** The model that answered; without an answer, the configured one. */
    Optional<String> model() {
        return model;
    }

    Optional<Version> version() {
        return version;
    }

    /** Claude Code's name for an API error, from the message that reports it. */
    Optional<String> apiError() {
        return apiError;
    }

    /** Why a hook blocked the prompt, so that no model saw it. */
    Optional<String> blocked() {
        return blocked;
    }

    /** Present when the model's safeguards ended the round: the API's category of the content, or an empty text. */
    Optional<String> refusal() {
        Optional<StreamLine.Result> failed = result.filter(StreamLine.Result::isError);
        if (failed.filter(StreamLine.Result::refused).isPresent()) {
            return refusal.or(() -> Optional.of(""));
        }
        // A sub-agent's refusal does not count for the round if the result has a reason of its own.
        return failed.filter(r -> r.api().status().isEmpty() && r.api().name().isEmpty()).flatMap(r -> refusal);
    }

    /** Whether a tool was used. */
    boolean acted() {
        return acted;
    }

    /** Present when the account is used up, with the time of the reset. */
    Optional<StreamLine.AccountUsedUp> usedUp() {
        return usedUp;
    }

    /** Denied tools of all results: each result lists only those of its own turn. */
    List<Denial> denials() {
        return List.copyOf(denials);
    }

    /** The model's turns over all results. */
    int turns() {
        return turns;
    }

    /** The last result line. Each of several results ends a turn; the last one tells how the whole round ended. */
    Optional<StreamLine.Result> result() {
        return result;
    }

    /** Whether a model wrote or did anything. */
    boolean answered() {
        return answered;
    }

    /** The tokens of all results; without any, the tokens of the messages. */
    TokenUsage usage() {
        return result.isPresent() && resultUsage.total() > 0 ? resultUsage : messageUsage;
    }

    /** The size of the conversation at the last request to the model; a sub-agent has a conversation of its own. */
    ContextUse context() {
        Map<String, Long> windows = result.map(StreamLine.Result::windows).orElse(Map.of());
        // "claude-opus-5-5[1m]" is the same model with a larger window.
        long window = windows.entrySet().stream().filter(each -> model.filter(each.getKey()::startsWith).isPresent())
                .mapToLong(Map.Entry::getValue).max().orElse(0);
        return new ContextUse(contextTokens, window);
    }

    /** The result's text; without one, the last message. */
    String text() {
        return result.map(StreamLine.Result::text).filter(t -> !t.isBlank()).orElse(lastWords);
    }

    /** The first line in another format: a program that cannot start writes its error as plain text. */
    String firstUnusable() {
        return firstUnusable;
    }

    void assistant(StreamLine.Assistant message, long nanos) {
        turn.goesOn();
        answered = true;
        session = message.session().or(() -> session);
        model = message.parent().isPresent() ? model : message.model().or(() -> model);
        apiError = message.error().or(() -> apiError);
        // Each content block has its own line and repeats the usage of the whole message.
        if (message.parent().isEmpty() && message.usage().input() > 0) {
            contextTokens = message.usage().input();
        }
        if (counted.add(message.messageId())) {
            messageUsage = messageUsage.plus(message.usage());
            if (message.usage().total() > 0) {
                listener.on(new RunEvent.WorkerUsed(messageUsage));
            }
        }
        for (String text : message.texts()) {
            listener.on(new RunEvent.WorkerSaid(text));
            lastWords = message.parent().isPresent() ? lastWords : text;
        }
        for (StreamLine.ToolUse use : message.tools()) {
            acted = true;
            tools.started(new RunEvent.ToolStarted(use.id(), use.tool(), use.detail(), use.input(), message.parent(), use.action()),
                    nanos);
        }
    }

    /** The answer of a background sub-agent only says that it was launched: its call ends with its work. */
    private void toolAnswered(StreamLine.ToolResult answer, long nanos) {
        boolean launched = answer.success() && inBackground.contains(answer.id())
                && tools.tool(answer.id()).filter(AGENT_TOOLS::contains).isPresent();
        if (!launched) {
            tools.ended(answer.id(), answer.success(), answer.reason(), nanos);
        }
    }

    private static String describe(StreamLine.Init init) {
        return init.model().orElse("unknown model") + ", permission mode " + init.permissionMode().orElse("unknown")
                + ", version " + init.version().orElse("unknown");
    }
}
