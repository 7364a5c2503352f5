package telemetry;

import agent.RunEvent;
import agent.WorkerReport;
import contract.GenAi;
import contract.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.Optional;

/** Makes spans of the rounds of the worker and, unless it makes them itself, of its tools. */
final class WorkerTracer {
    private static final int TOOL_LIMIT = 64;

    private final SpanStack spans;
    private final Redactor redactor;
    private final Content content;
    private final Failures failures;
    private boolean rebuildsTools = true;
    private String worker = "";

    WorkerTracer(SpanStack spans, Redactor redactor, Content content, Failures failures) {
        this.spans = spans;
        this.redactor = redactor;
        this.content = content;
        this.failures = failures;
    }

    /** Whether spans of the worker's tools are made here, from its stream, because it makes none itself. */
    void rebuildTools(boolean wanted) {
        rebuildsTools = wanted;
    }

    void started(RunEvent.RunStarted event) {
        worker = event.worker();
    }

    void started(RunEvent.WorkerStarted event) {
        boolean claude = worker.equals(GenAi.CLAUDE);
        Span span = spans.start(SpanStack.Level.WORKER, Spans.WORKER, SpanKind.CLIENT, event.iteration())
                .setAttribute(Keys.PEER_SERVICE, claude ? GenAi.PEER_CLAUDE : worker)
                .setAttribute(Keys.CLAUDE_PROMPT_LENGTH, (long) event.instruction().text().length());
        if (claude) {
            span.setAttribute(Keys.PROVIDER, GenAi.PROVIDER_ANTHROPIC);
        }
        content.input(event.instruction().text()).ifPresent(text -> span.setAttribute(Keys.INPUT_MESSAGES, text));
    }

    void spawned(RunEvent.WorkerSpawned event) {
        spans.span(SpanStack.Level.WORKER).ifPresent(span -> span
                .setAttribute(Keys.PROCESS_EXECUTABLE, event.executable())
                .setAttribute(Keys.PROCESS_PID, event.pid()));
    }

    void ended(RunEvent.WorkerEnded event) {
        WorkerReport report = event.report();
        spans.end(SpanStack.Level.WORKER, span -> {
            report.exitCode().ifPresent(code -> span.setAttribute(Keys.PROCESS_EXIT_CODE, (long) code));
            report.conversation().ifPresent(id -> span.setAttribute(Keys.CLAUDE_SESSION, id));
            report.version().ifPresent(version -> span.setAttribute(Keys.CLAUDE_VERSION, version));
            report.subtype().ifPresent(subtype -> span.setAttribute(Keys.CLAUDE_SUBTYPE, subtype));
            report.model().ifPresent(model -> {
                span.setAttribute(Keys.REQUEST_MODEL, model);
                span.setAttribute(Keys.RESPONSE_MODEL, model);
            });
            if (worker.equals(GenAi.CLAUDE)) {
                span.setAttribute(Keys.CLAUDE_TURNS, (long) report.turns());
                span.setAttribute(Keys.CLAUDE_API_MILLIS, report.apiTime().toMillis());
                span.setAttribute(Keys.CLAUDE_DENIALS, (long) report.denials().size());
                Usage.ofWorker(span, report.usage());
            }
            report.cost().ifPresent(cost -> span.setAttribute(Keys.COST_USD, cost.toDouble()));
            content.output(report.text()).ifPresent(text -> span.setAttribute(Keys.OUTPUT_MESSAGES, text));
            report.error().ifPresent(problem -> failures.mark(span, problem.value(), content.worker(problem)));
        });
    }

    void started(RunEvent.ToolStarted event) {
        if (rebuildsTools) {
            String tool = Text.line(redactor.redact(event.tool()), TOOL_LIMIT);
            spans.startTool(event.id(), Spans.TOOL_PREFIX + tool)
                    .setAttribute(Keys.OPERATION, GenAi.EXECUTE_TOOL)
                    .setAttribute(Keys.TOOL_NAME, tool)
                    .setAttribute(Keys.TOOL_CALL_ID, event.id())
                    .setAttribute(Keys.TOOL_TYPE, GenAi.TOOL_TYPE_FUNCTION);
        }
    }

    void ended(RunEvent.ToolEnded event) {
        spans.endTool(event.id(), span -> {
            if (event.interrupted()) {
                failures.mark(span, Failures.INTERRUPTED, Optional.empty());
            } else if (!event.success()) {
                failures.mark(span, Failures.TOOL_ERROR, Optional.empty());
            }
        });
    }

    /** Where the end of a tool belongs: its own span, or the worker's when that one makes its tools' spans itself. */
    Context context(RunEvent.ToolEnded event) {
        return spans.toolContext(event.id());
    }
}
