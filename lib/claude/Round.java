package claude;

import agent.RunEvent;
import agent.RunListener;
import agent.TokenUsage;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import workers.LinePump;
import workers.Version;
import workers.WorkerNotices;

/**
 * A round as its lines come: reports what a listener should know and keeps what the report needs. Confined to the thread
 * that runs the round.
 */
final class Round {
    private final RunListener listener;
    private final WorkerNotices notices;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Set<String> counted = new HashSet<>();
    private Optional<String> session = Optional.empty();
    private Optional<String> model = Optional.empty();
    private Optional<Version> version = Optional.empty();
    private Optional<String> apiError = Optional.empty();
    private Optional<StreamLine.Result> result = Optional.empty();
    private TokenUsage messageUsage = TokenUsage.NONE;
    private TokenUsage resultUsage = TokenUsage.NONE;
    private String lastWords = "";
    private String firstUnusable = "";
    private boolean answered;

    /** A tool that has not answered yet. */
    private record Running(String tool, long nanos) {}

    Round(RunListener listener) {
        this.listener = listener;
        this.notices = new WorkerNotices(listener);
    }

    void take(LinePump.Arrival<StreamLine> arrival) {
        StreamLine line = arrival.line();
        if (line instanceof StreamLine.Init init) {
            init.session().filter(id -> !session.equals(Optional.of(id)))
                    .ifPresent(id -> listener.on(new RunEvent.ConversationKnown(id)));
            session = init.session().or(() -> session);
            model = init.model().or(() -> model);
            version = init.version().flatMap(Version::in).or(() -> version);
            notices.report("init", describe(init));
        } else if (line instanceof StreamLine.Assistant assistant) {
            said(assistant, arrival.nanos());
        } else if (line instanceof StreamLine.ToolResults results) {
            results.results().forEach(r -> toolEnded(r, arrival.nanos()));
        } else if (line instanceof StreamLine.Result ended) {
            session = ended.session().or(() -> session);
            resultUsage = resultUsage.plus(ended.usage());
            result = Optional.of(ended);
        } else if (line instanceof StreamLine.Notice notice) {
            notices.report(notice.kind(), notice.text());
        } else if (line instanceof StreamLine.Unusable unusable) {
            notices.report(unusable.kind(), unusable.text());
            firstUnusable = firstUnusable.isEmpty() ? unusable.text() : firstUnusable;
        }
    }

    /** The end of the output: tools without an answer end as interrupted. */
    void finish() {
        long now = System.nanoTime();
        running.forEach((id, tool) -> listener.on(
                new RunEvent.ToolEnded(id, tool.tool(), false, true, Duration.ofNanos(now - tool.nanos()))));
        running.clear();
        notices.finish();
    }

    /** Claude Code's own id of the conversation, newest first told. */
    Optional<String> session() {
        return session;
    }

    /** The model that answered, else the one that was to. */
    Optional<String> model() {
        return model;
    }

    Optional<Version> version() {
        return version;
    }

    /** Claude Code's word for an API error, from the message that stands for it. */
    Optional<String> apiError() {
        return apiError;
    }

    /** The last result line: where there are several, each ends a turn, and the last one says how it all went. */
    Optional<StreamLine.Result> result() {
        return result;
    }

    /** Whether a model said or did anything. */
    boolean answered() {
        return answered;
    }

    /** What the results tell, turns added up; what the messages told where no result tells anything. */
    TokenUsage usage() {
        return resultUsage.total() > 0 ? resultUsage : messageUsage;
    }

    /** The result's text, else the last that was said. */
    String text() {
        return result.map(StreamLine.Result::text).filter(t -> !t.isBlank()).orElse(lastWords);
    }

    /** The first line that was none of the format: a program that cannot even begin says so in plain words. */
    String firstUnusable() {
        return firstUnusable;
    }

    private void said(StreamLine.Assistant message, long nanos) {
        answered = true;
        session = message.session().or(() -> session);
        model = message.subagent() ? model : message.model().or(() -> model);
        apiError = message.error().or(() -> apiError);
        // Each content block is a line of its own and repeats the usage of the whole message.
        if (counted.add(message.messageId())) {
            messageUsage = messageUsage.plus(message.usage());
        }
        for (String text : message.texts()) {
            listener.on(new RunEvent.WorkerSaid(text));
            lastWords = message.subagent() ? lastWords : text;
        }
        for (StreamLine.ToolUse use : message.tools()) {
            if (running.putIfAbsent(use.id(), new Running(use.tool(), nanos)) == null) {
                listener.on(new RunEvent.ToolStarted(use.id(), use.tool(), use.detail()));
            }
        }
    }

    /** A tool is good or bad by its result, not by having been asked for. */
    private void toolEnded(StreamLine.ToolResult ended, long nanos) {
        Running tool = running.remove(ended.id());
        if (tool != null) {
            listener.on(new RunEvent.ToolEnded(ended.id(), tool.tool(), ended.success(), false,
                    Duration.ofNanos(nanos - tool.nanos())));
        }
    }

    private static String describe(StreamLine.Init init) {
        return init.model().orElse("unknown model") + ", permission mode " + init.permissionMode().orElse("unknown")
                + ", version " + init.version().orElse("unknown");
    }
}
