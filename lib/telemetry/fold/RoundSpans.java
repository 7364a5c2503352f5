package telemetry.fold;

import agent.RunEvent;
import agent.RunEventHandler;
import agent.WorkerReport;
import contract.GenAi;
import contract.Keys;
import contract.Spans;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;
import java.util.Optional;

/** Makes spans of the rounds of the worker and, unless it makes them itself, of its tools. */
final class RoundSpans implements RunEventHandler {
    private static final int TOOL_LIMIT = 64;
    /** Claude Code's name for a line of its stream that says that its conversation was shortened. */
    private static final String COMPACTED = "compact_boundary";

    private final RunScope run;
    private final OpenSpans spans;
    private final RunSpans runSpans;
    private final Failures failures;
    private final boolean ownSpansArrived;
    private boolean rebuildsTools = true;
    private String worker = "";
    private boolean rehearsal;
    private String instruction = "";
    private Optional<String> conversation = Optional.empty();
    private int compactions;

    RoundSpans(RunScope run, OpenSpans spans, RunSpans runSpans, Failures failures, boolean ownSpansArrived) {
        this.run = run;
        this.spans = spans;
        this.runSpans = runSpans;
        this.failures = failures;
        this.ownSpansArrived = ownSpansArrived;
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        worker = event.worker();
        rehearsal = event.rehearsal();
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        spans.nextRound();
        rebuildsTools = !(event.ownSpans() && ownSpansArrived);
        instruction = event.instruction().text();
        conversation = event.instruction().conversation();
        compactions = 0;
        String agent = GenAi.agent(worker);
        OpenSpan span = spans.start(OpenSpan.Level.WORKER, Spans.worker(worker), SpanKind.CLIENT, event.iteration(), spans.round())
                .set(Keys.OPERATION, GenAi.INVOKE_AGENT)
                .set(Keys.AGENT_NAME, agent)
                .set(Keys.PEER_SERVICE, agent)
                .set(Keys.SERVICE_PEER_NAME, agent)
                .set(Keys.PROVIDER, GenAi.workerProvider(worker))
                .set(Keys.CLAUDE_PROMPT_LENGTH, instruction.length());
        // Known at once, so that a run that is killed also tells what its worker was at.
        if (run.content().onSpans()) {
            span.setAll(run.content().exchange(List.of(instruction), Optional.empty()));
        }
    }

    @Override
    public void on(RunEvent.WorkerSpawned event) {
        spans.span(OpenSpan.Level.WORKER).ifPresent(span -> span
                .set(Keys.PROCESS_EXECUTABLE, event.executable())
                .set(Keys.PROCESS_PID, event.pid()));
    }

    @Override
    public void on(RunEvent.ConversationKnown event) {
        conversation = Optional.of(event.conversation());
    }

    @Override
    public void on(RunEvent.WorkerNotice event) {
        compactions += event.kind().equals(COMPACTED) ? 1 : 0;
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        WorkerReport report = event.report();
        runSpans.heard(report.text());
        spans.end(OpenSpan.Level.WORKER, span -> {
            report.ending().exitCode().ifPresent(code -> span.set(Keys.PROCESS_EXIT_CODE, code));
            report.conversation().or(() -> conversation).ifPresent(id -> {
                span.set(Keys.CONVERSATION_ID, id);
                if (claude()) {
                    span.set(Keys.CLAUDE_SESSION, id);
                }
            });
            report.agent().version().ifPresent(version -> span.set(claude() ? Keys.CLAUDE_VERSION : Keys.AGENT_VERSION, version));
            report.ending().subtype().ifPresent(subtype -> span.set(Keys.CLAUDE_SUBTYPE, subtype));
            report.agent().model().ifPresent(model -> span.set(Keys.REQUEST_MODEL, model).set(Keys.RESPONSE_MODEL, model));
            if (claude()) {
                span.set(Keys.CLAUDE_TURNS, report.effort().turns())
                        .set(Keys.CLAUDE_API_MILLIS, report.effort().apiTime().toMillis())
                        .set(Keys.CLAUDE_DENIALS, report.denials().size())
                        .set(Keys.COMPACTIONS, compactions);
            }
            if (rebuildsTools && report.effort().usage().total() > 0) {
                // Backends that know these kinds count tokens on the leaf alone, and no call within shows its own.
                span.set(Keys.OPENINFERENCE_KIND, OpenSpan.Level.CALL.kind);
            }
            Usage.ofWorker(span, report.effort().usage());
            Usage.context(span, report.context());
            Usage.cost(span, report.effort().cost(), rehearsal);
            if (run.content().wanted()) {
                runSpans.show(span, run.content().exchange(List.of(instruction), run.content().answer(report.text())));
            }
            report.error().ifPresent(problem -> failures.mark(span, problem.value(), run.content().worker(problem)));
        });
    }

    @Override
    public void on(RunEvent.ToolStarted event) {
        if (rebuildsTools) {
            String tool = Text.line(run.content().redact(event.tool()), TOOL_LIMIT);
            OpenSpan span = spans.startTool(event.id(), Spans.TOOL_PREFIX + tool, event.parent())
                    .set(Keys.OPERATION, GenAi.EXECUTE_TOOL)
                    .set(Keys.TOOL_NAME, tool)
                    .set(Keys.TOOL_CALL_ID, event.id())
                    .set(Keys.TOOL_TYPE, GenAi.TOOL_TYPE_FUNCTION);
            conversation.ifPresent(id -> span.set(Keys.CONVERSATION_ID, id));
            run.content().tool(event.detail()).ifPresent(arguments -> span.set(Keys.TOOL_ARGUMENTS, arguments));
        }
    }

    @Override
    public void on(RunEvent.ToolEnded event) {
        spans.endTool(event.id(), span -> {
            if (event.interrupted()) {
                failures.mark(span, Failures.INTERRUPTED, Optional.empty());
            } else if (!event.success()) {
                failures.mark(span, Failures.TOOL_ERROR, Optional.empty());
            }
        });
    }

    private boolean claude() {
        return worker.equals(GenAi.CLAUDE);
    }
}
