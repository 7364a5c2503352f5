package telemetry;

import agent.RunEvent;
import agent.RunListener;
import io.opentelemetry.context.Context;

/**
 * Tells tracer, meter and log of each event, in the order that puts measurements inside their span: what starts is told to
 * the tracer first, what ends is told to it last.
 */
final class RunTelemetry implements RunListener {
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
        if (event instanceof RunEvent.RunStarted started) {
            tracer.started(started);
            rounds.started(started);
            meter.started(started, tracer.context());
            log.started(started);
            child.started(started);
        } else if (event instanceof RunEvent.RunEnded ended) {
            ended(ended);
        } else if (event instanceof RunEvent.StallDetected stalled) {
            meter.stalled(stalled, tracer.context());
            log.stalled(stalled, tracer.context());
        } else if (event instanceof RunEvent.TreeObserved observed) {
            meter.observed(observed, tracer.context());
        } else if (event instanceof RunEvent.SelfCheckStarted started) {
            tracer.started(started);
        } else if (event instanceof RunEvent.SelfCheckEnded ended) {
            tracer.ended(ended);
        } else if (event instanceof RunEvent.FunctionStarted started) {
            tracer.started(started);
        } else if (event instanceof RunEvent.FunctionEnded ended) {
            meter.ended(ended, tracer.context());
            log.ended(ended, tracer.context());
            tracer.ended(ended);
        } else {
            worker(event);
        }
    }

    private void worker(RunEvent event) {
        if (event instanceof RunEvent.WorkerStarted started) {
            rounds.started(started);
            rounds.rebuildTools(!child.prepare(started.environment(), tracer.context()));
        } else if (event instanceof RunEvent.WorkerSpawned spawned) {
            rounds.spawned(spawned);
        } else if (event instanceof RunEvent.ToolStarted started) {
            rounds.started(started);
        } else if (event instanceof RunEvent.ToolEnded ended) {
            meter.ended(ended, rounds.context(ended));
            rounds.ended(ended);
        } else if (event instanceof RunEvent.WorkerNotice notice) {
            log.notice(notice, tracer.context());
        } else if (event instanceof RunEvent.WorkerEnded ended) {
            meter.ended(ended, tracer.context());
            log.ended(ended, tracer.context());
            rounds.ended(ended);
        } else {
            reasoning(event);
        }
    }

    private void reasoning(RunEvent event) {
        if (event instanceof RunEvent.ReasoningStarted started) {
            tracer.started(started);
        } else if (event instanceof RunEvent.ReasoningEnded ended) {
            meter.ended(ended, tracer.context());
            tracer.ended(ended);
        } else if (event instanceof RunEvent.ModelCallStarted started) {
            tracer.started(started);
            meter.started(started);
        } else if (event instanceof RunEvent.AttemptFailed failed) {
            tracer.attempt(failed);
            meter.attempt(failed, tracer.context());
            log.attempt(failed, tracer.context());
        } else if (event instanceof RunEvent.ModelCallEnded ended) {
            meter.ended(ended, tracer.context());
            tracer.ended(ended);
        }
        // What is said, noticed or noted down for people is text: the display and the journal have it.
    }

    private void ended(RunEvent.RunEnded event) {
        tracer.closeInner();
        Context run = tracer.context();
        meter.ended(event, run);
        log.ended(event, run);
        tracer.ended(event);
    }

    /** The run ends here, told or not: ends what is open. */
    void close() {
        meter.inactive(tracer.context());
        tracer.interrupted();
    }
}
