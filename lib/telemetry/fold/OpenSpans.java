package telemetry.fold;

import contract.Keys;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The spans that are open. Events nest, so all but the worker's tools form a stack and the top is the parent of what starts
 * next. A start without its end is ended, as interrupted, when what encloses it ends.
 */
final class OpenSpans {
    private record Open(OpenSpan span, OptionalInt iteration, OptionalInt round) {}

    private final RunScope run;
    private final EventClock clock;
    private final Failures failures;
    private final Sink sink;
    private final String project;
    private final Deque<Open> stack = new ArrayDeque<>();
    private final Map<String, Open> tools = new LinkedHashMap<>();
    /** Has ended and is not made yet: something is still to be said of it. */
    private Optional<Held> held = Optional.empty();
    private boolean rehearsal;
    private int round;

    private record Held(OpenSpan span, long end) {}

    OpenSpans(RunScope run, EventClock clock, Failures failures, Sink sink) {
        this.run = run;
        this.clock = clock;
        this.failures = failures;
        this.sink = sink;
        this.round = run.roundsBefore();
        this.project = String.valueOf(run.resource().getAttribute(AttributeKey.stringKey(Keys.PROJECT_ID)));
    }

    /** What every span says from now on. */
    void rehearsal(boolean isOne) {
        rehearsal = isOne;
    }

    /** The worker begins a round. */
    void nextRound() {
        round++;
    }

    /** The number of the last round; empty before the first. */
    OptionalInt round() {
        return round == 0 ? OptionalInt.empty() : OptionalInt.of(round);
    }

    /** Starts a span below the one that is open, in the same iteration and round. */
    OpenSpan start(OpenSpan.Level level, String name, SpanKind kind) {
        Open top = stack.peek();
        return push(level, name, kind, top == null ? OptionalInt.empty() : top.iteration(),
                top == null ? OptionalInt.empty() : top.round());
    }

    OpenSpan start(OpenSpan.Level level, String name, SpanKind kind, int iteration, OptionalInt round) {
        return push(level, name, kind, OptionalInt.of(iteration), round);
    }

    private OpenSpan push(OpenSpan.Level level, String name, SpanKind kind, OptionalInt iteration, OptionalInt round) {
        Open open = open(level, name, kind, context(), iteration, round);
        stack.push(open);
        return open.span();
    }

    /**
     * Starts the span of a tool; tools of one worker may overlap.
     *
     * @param within the tool whose sub-agent asked for this one; where its span is not open, the worker's is the parent
     */
    OpenSpan startTool(String id, String name, Optional<String> within) {
        Open top = stack.peek();
        Open open = open(OpenSpan.Level.TOOL, name, SpanKind.INTERNAL, within.map(this::toolContext).orElseGet(this::context),
                top == null ? OptionalInt.empty() : top.iteration(), top == null ? OptionalInt.empty() : top.round());
        Open same = tools.put(id, open);
        if (same != null) {
            close(same, failures::interrupted);
        }
        return open.span();
    }

    void endTool(String id, Consumer<OpenSpan> last) {
        Open tool = tools.remove(id);
        if (tool != null) {
            close(tool, last);
        }
    }

    /** Ends the innermost span of this level and what is still open within it; nothing when there is none. */
    void end(OpenSpan.Level level, Consumer<OpenSpan> last) {
        end(level, false, last);
    }

    /** @param hold whether the span, ended now, is made only when the next one begins or ends, see {@link #held} */
    void end(OpenSpan.Level level, boolean hold, Consumer<OpenSpan> last) {
        if (stack.stream().noneMatch(open -> open.span().level() == level)) {
            return;
        }
        endWithin(level);
        if (hold) {
            release();
            OpenSpan span = stack.pop().span();
            last.accept(span);
            held = Optional.of(new Held(span, clock.nanos()));
        } else {
            closeTop(last);
        }
    }

    /** The span that has ended and to which something can still be added. */
    Optional<OpenSpan> held() {
        return held.map(Held::span);
    }

    private void release() {
        held.ifPresent(h -> make(h.span(), h.end()));
        held = Optional.empty();
    }

    /** Ends what is open within the innermost span of this level, as interrupted. */
    void endWithin(OpenSpan.Level level) {
        while (!stack.isEmpty() && stack.peek().span().level() != level) {
            closeTop(failures::interrupted);
        }
    }

    /** The innermost open span, if it is of this level. */
    Optional<OpenSpan> span(OpenSpan.Level level) {
        return Optional.ofNullable(stack.peek()).map(Open::span).filter(span -> span.level() == level);
    }

    /** Of the innermost open span; the caller's when none is open. */
    SpanContext context() {
        return stack.isEmpty() ? run.caller() : stack.peek().span().context();
    }

    /** Of a tool's span; of what encloses it when it has none. */
    SpanContext toolContext(String id) {
        Open tool = tools.get(id);
        return tool == null ? context() : tool.span().context();
    }

    private Open open(OpenSpan.Level level, String name, SpanKind kind, SpanContext parent, OptionalInt iteration,
            OptionalInt round) {
        release();
        SpanContext context = SpanContext.create(run.traceId(), run.ids().span(clock.event()),
                run.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(), run.caller().getTraceState());
        OpenSpan span = new OpenSpan(level, name, kind, context, parent, clock.nanos())
                .set(Keys.SESSION_ID, run.session())
                .set(Keys.CONVERSATION_ID, run.session())
                .set(Keys.PROJECT_ID, project)
                .set(Keys.OPENINFERENCE_KIND, level.kind);
        iteration.ifPresent(number -> span.set(Keys.ITERATION, number));
        round.ifPresent(number -> span.set(Keys.ROUND, number));
        if (rehearsal) {
            span.set(Keys.REHEARSAL, true);
        }
        return new Open(span, iteration, round);
    }

    private void closeTop(Consumer<OpenSpan> last) {
        Open top = stack.pop();
        if (top.span().level() == OpenSpan.Level.WORKER) {
            List<String> open = new ArrayList<>(tools.keySet());
            // The newest first: a sub-agent's tools end before it.
            Collections.reverse(open);
            open.forEach(id -> endTool(id, failures::interrupted));
        }
        close(top, last);
    }

    private void close(Open open, Consumer<OpenSpan> last) {
        release();
        last.accept(open.span());
        make(open.span(), clock.nanos());
    }

    private void make(OpenSpan span, long end) {
        if (run.sampled()) {
            sink.spans().take(clock.event(), span.ended(run.resource(), RunScope.SCOPE, end));
        }
    }
}
