package telemetry;

import agent.RoundEnvironment;
import agent.RunEvent;
import agent.RunEventHandler;
import agent.RunListener;
import io.opentelemetry.context.Context;

/**
 * Tells tracer, meter and log of each event, in the order that puts measurements inside their span: what starts is told to
 * the tracer first, what ends is told to it last.
 */
final class RunTelemetry implements RunListener, RunEventHandler {
    private final RunTracer tracer;
    private final WorkerTracer rounds;
    private final RunMeter meter;
    private final RunLog log;
    private final ChildEnvironment child;

    RunTelemetry(RunTracer tracer, WorkerTracer rounds, RunMeter meter, RunLog log, ChildEnvironment child) {
        this.tracer = tracer;
        this.rounds = rounds;
        this.meter = meter;
        this.log = log;
        this.child = child;
    }

    @Override
    public void on(RunEvent event) {
        event.tell(this);
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        tracer.started(event);
        rounds.started(event);
        meter.started(event, tracer.context());
        log.started(event);
        child.started(event);
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        tracer.closeInner();
        Context run = tracer.context();
        meter.ended(event, run);
        log.ended(event, run);
        tracer.ended(event);
    }

    @Override
    public void on(RunEvent.StallDetected event) {
        meter.stalled(event, tracer.context());
        log.stalled(event, tracer.context());
    }

    @Override
    public void on(RunEvent.TreeObserved event) {
        meter.observed(event, tracer.context());
    }

    @Override
    public void on(RunEvent.SelfCheckStarted event) {
        tracer.started(event);
    }

    @Override
    public void on(RunEvent.SelfCheckEnded event) {
        tracer.ended(event);
    }

    @Override
    public void on(RunEvent.FunctionStarted event) {
        tracer.started(event);
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        meter.ended(event, tracer.context());
        log.ended(event, tracer.context());
        tracer.ended(event);
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        rounds.started(event);
        rounds.rebuildTools(!event.ownSpans());
    }

    @Override
    public void on(RunEvent.WorkerSpawned event) {
        rounds.spawned(event);
    }

    @Override
    public void on(RunEvent.ToolStarted event) {
        rounds.started(event);
    }

    @Override
    public void on(RunEvent.ToolEnded event) {
        meter.ended(event, rounds.context(event));
        rounds.ended(event);
    }

    @Override
    public void on(RunEvent.WorkerNotice event) {
        log.notice(event, tracer.context());
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        meter.ended(event, tracer.context());
        log.ended(event, tracer.context());
        rounds.ended(event);
    }

    @Override
    public void on(RunEvent.ReasoningStarted event) {
        tracer.started(event);
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        meter.ended(event, tracer.context());
        tracer.ended(event);
    }

    @Override
    public void on(RunEvent.ModelCallStarted event) {
        tracer.started(event);
        meter.started(event);
    }

    @Override
    public void on(RunEvent.AttemptFailed event) {
        tracer.attempt(event);
        meter.attempt(event, tracer.context());
        log.attempt(event, tracer.context());
    }

    @Override
    public void on(RunEvent.ModelCallEnded event) {
        meter.ended(event, tracer.context());
        tracer.ended(event);
    }

    // What is said, noticed or noted down for people is text: the display and the journal have it.

    @Override
    public void on(RunEvent.Traced event) {}

    @Override
    public void on(RunEvent.ConversationKnown event) {}

    @Override
    public void on(RunEvent.WorkerSaid event) {}

    @Override
    public void on(RunEvent.TodoChanged event) {}

    @Override
    public void on(RunEvent.Notice event) {}

    @Override
    public void on(RunEvent.CheckStarted event) {}

    @Override
    public void on(RunEvent.CheckEnded event) {}

    @Override
    public void on(RunEvent.Judged event) {}

    /** Where a round's process belongs, and whether it makes spans of its own. */
    RoundEnvironment surroundings() {
        return child.in(tracer::context);
    }

    /** The run ends here, told or not: ends what is open. */
    void close() {
        meter.inactive(tracer.context());
        tracer.interrupted();
    }
}
