package telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The spans that are open. Events nest, so all but the worker's tools form a stack and the top is the parent of what starts
 * next; contexts are passed explicitly, nothing hangs on a thread. A start without its end is ended, as interrupted, when
 * what encloses it ends.
 */
final class SpanStack {
    /** What an open span stands for. */
    enum Level { RUN, SELF_CHECK, WORKER, FUNCTION, REASONING, CALL, TOOL }

    private record Open(Level level, Span span, Context context, OptionalInt iteration) {}

    private final Tracer tracer;
    private final Context caller;
    private final String project;
    private final Ledger ledger;
    private final EventClock clock;
    private final Failures failures;
    private final Deque<Open> stack = new ArrayDeque<>();
    private final Map<String, Open> tools = new LinkedHashMap<>();
    private String session = "";
    private boolean rehearsal;

    /** @param caller holds the span of whoever started this program, if there is one */
    SpanStack(Tracer tracer, Context caller, String project, Ledger ledger, EventClock clock,
            Failures failures) {
        this.clock = clock;
        this.failures = failures;
        this.tracer = tracer;
        this.caller = caller;
        this.project = project;
        this.ledger = ledger;
    }

    /** What every span says from now on. */
    void session(String id, boolean isRehearsal) {
        session = id;
        rehearsal = isRehearsal;
    }

    /** Starts a span below the one that is open, with its iteration. */
    Span start(Level level, String name, SpanKind kind) {
        return push(level, name, kind, stack.isEmpty() ? OptionalInt.empty() : stack.peek().iteration());
    }

    Span start(Level level, String name, SpanKind kind, int iteration) {
        return push(level, name, kind, OptionalInt.of(iteration));
    }

    private Span push(Level level, String name, SpanKind kind, OptionalInt iteration) {
        Open open = open(level, name, kind, iteration);
        stack.push(open);
        return open.span();
    }

    /** Starts the span of a tool; tools of one worker may overlap. */
    Span startTool(String id, String name) {
        OptionalInt iteration = stack.isEmpty() ? OptionalInt.empty() : stack.peek().iteration();
        Open open = open(Level.TOOL, name, SpanKind.INTERNAL, iteration);
        Open same = tools.put(id, open);
        if (same != null) {
            close(same, failures::interrupted);
        }
        return open.span();
    }

    void endTool(String id, Consumer<Span> last) {
        Open tool = tools.remove(id);
        if (tool != null) {
            close(tool, last);
        }
    }

    /** Ends the innermost span of this level and what is still open within it; nothing when there is none. */
    void end(Level level, Consumer<Span> last) {
        if (stack.stream().noneMatch(open -> open.level() == level)) {
            return;
        }
        endWithin(level);
        closeTop(last);
    }

    /** Ends what is open within the innermost span of this level, as interrupted. */
    void endWithin(Level level) {
        while (!stack.isEmpty() && stack.peek().level() != level) {
            closeTop(failures::interrupted);
        }
    }

    /** Ends whatever is open, as interrupted. */
    void endAll() {
        while (!stack.isEmpty()) {
            closeTop(failures::interrupted);
        }
    }

    /** The innermost open span, if it is of this level. */
    Optional<Span> span(Level level) {
        return Optional.ofNullable(stack.peek()).filter(open -> open.level() == level).map(Open::span);
    }

    /** The context of the innermost open span; the caller's when none is open. */
    Context context() {
        return stack.isEmpty() ? caller : stack.peek().context();
    }

    /** The context of a tool's span; of what encloses it when it has none. */
    Context toolContext(String id) {
        Open tool = tools.get(id);
        return tool == null ? context() : tool.context();
    }

    private Open open(Level level, String name, SpanKind kind, OptionalInt iteration) {
        Context parent = context();
        SpanBuilder builder = tracer.spanBuilder(name).setParent(parent).setSpanKind(kind)
                .setAttribute(Keys.SESSION_ID, session)
                .setAttribute(Keys.CONVERSATION_ID, session)
                .setAttribute(Keys.PROJECT_ID, project);
        if (iteration.isPresent()) {
            builder.setAttribute(Keys.ITERATION, (long) iteration.getAsInt());
        }
        if (rehearsal) {
            builder.setAttribute(Keys.REHEARSAL, true);
        }
        clock.past().ifPresent(builder::setStartTimestamp);
        Span span = builder.startSpan();
        return new Open(level, span, parent.with(span), iteration);
    }

    private void closeTop(Consumer<Span> last) {
        Open top = stack.pop();
        if (top.level() == Level.WORKER) {
            new ArrayList<>(tools.keySet()).forEach(id -> endTool(id, failures::interrupted));
        }
        close(top, last);
    }

    private void close(Open open, Consumer<Span> last) {
        last.accept(open.span());
        clock.past().ifPresentOrElse(open.span()::end, open.span()::end);
        if (open.span().getSpanContext().isSampled()) {
            ledger.made(Signal.TRACES);
        }
    }
}
