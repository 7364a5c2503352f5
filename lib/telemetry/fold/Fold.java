package telemetry.fold;

import agent.RunEvent;
import agent.RunEventHandler;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import journal.Entry;

/**
 * Telemetry as a reading of the journal: makes spans, log records and metrics of the entries of one run. Nothing enters but
 * the entries and the {@link RunScope}, no clock and no chance, so that a reading during the run and one years later give
 * the same items, byte by byte.
 *
 * <p>What starts is told to the spans first and what ends is told to them last, so that measurements lie inside their span.
 */
public final class Fold implements RunEventHandler {
    private final RunScope run;
    private final boolean ownSpansArrived;
    private final EventClock clock = new EventClock();
    private final OpenSpans open;
    private final RunSpans spans;
    private final RoundSpans rounds;
    private final RunMeter meter;
    private final RunLog log;
    private final Points points;
    private long start;
    private boolean begun;
    private boolean ended;

    /**
     * @param ownSpansArrived whether the receiver has the spans that the agent made itself: the run's own endpoint has
     *     them, another has not, and then those of its tools are rebuilt
     */
    public Fold(RunScope run, Redactor redactor, boolean ownSpansArrived, Sink sink) {
        this.run = run;
        this.ownSpansArrived = ownSpansArrived;
        this.log = new RunLog(run, clock, sink);
        Failures failures = new Failures(run, clock, log);
        this.open = new OpenSpans(run, clock, failures, sink);
        this.spans = new RunSpans(run, open, clock, failures, log);
        this.rounds = new RoundSpans(run, open, spans, failures);
        this.points = new Points(redactor);
        this.meter = new RunMeter(points, clock, run);
    }

    /** The next entry of the run; what comes before its start or after its end belongs to no trace and is passed over. */
    public void on(Entry entry) {
        clock.at(entry.sequence(), entry.at());
        entry.event().tell(this);
    }

    /** Ends a run that has no end of its own, at the time of its last event. */
    public void end(Recovery recovery) {
        if (begun && !ended) {
            ended = true;
            // An event of its own that nobody wrote: what was acknowledged up to the last one stays acknowledged.
            clock.next();
            open.endWithin(OpenSpan.Level.RUN);
            SpanContext root = open.context();
            meter.inactive(root);
            log.ended(recovery, root);
            spans.ended(recovery);
        }
    }

    public boolean begun() {
        return begun;
    }

    boolean ended() {
        return ended;
    }

    /** The number of the last event. */
    public long event() {
        return clock.event();
    }

    /** The state of the metrics as of {@code now}, or of the last event when the run is over. */
    public List<MetricData> metrics(Instant now) {
        return points.state(run.resource(), start, ended ? clock.nanos() : Math.max(clock.nanos(), EventClock.epochNanos(now)));
    }

    /** The state of a run that is over, as if it had ended at {@code now}. */
    public List<MetricData> metricsAsOf(Instant now) {
        return points.state(run.resource(), start, EventClock.epochNanos(now));
    }

    @Override
    public void on(RunEvent.RunStarted event) {
        begun = true;
        start = clock.nanos();
        log.started(event);
        rounds.started(event);
        spans.started(event);
        meter.started(event, open.context());
    }

    @Override
    public void on(RunEvent.RunEnded event) {
        ended = true;
        open.endWithin(OpenSpan.Level.RUN);
        SpanContext root = open.context();
        meter.ended(event, root);
        log.ended(event, root);
        spans.ended(event);
    }

    @Override
    public void on(RunEvent.VerifyStarted event) {
        begun = true;
        start = clock.nanos();
        log.started(event);
        spans.started(event);
    }

    @Override
    public void on(RunEvent.VerifyEnded event) {
        ended = true;
        open.endWithin(OpenSpan.Level.RUN);
        SpanContext root = open.context();
        meter.ended(event, root);
        log.ended(event, root);
        spans.ended(event);
    }

    @Override
    public void on(RunEvent.SelfCheckStarted event) {
        spans.started(event);
    }

    @Override
    public void on(RunEvent.SelfCheckEnded event) {
        spans.ended(event);
    }

    @Override
    public void on(RunEvent.WorkerStarted event) {
        meter.started(event);
        rounds.started(event, event.ownSpans() && ownSpansArrived);
    }

    @Override
    public void on(RunEvent.WorkerSpawned event) {
        rounds.spawned(event);
    }

    @Override
    public void on(RunEvent.ConversationKnown event) {
        rounds.known(event);
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
        rounds.notice(event);
        log.notice(event, open.context());
    }

    @Override
    public void on(RunEvent.WorkerEnded event) {
        meter.ended(event, open.context());
        log.ended(event, open.context());
        rounds.ended(event);
    }

    @Override
    public void on(RunEvent.TreeObserved event) {
        meter.observed(event, open.context());
    }

    @Override
    public void on(RunEvent.FunctionStarted event) {
        spans.started(event, event.automatic() ? rounds.round() : OptionalInt.empty());
    }

    @Override
    public void on(RunEvent.FunctionEnded event) {
        meter.ended(event, open.context());
        log.ended(event, open.context());
        spans.ended(event);
    }

    @Override
    public void on(RunEvent.ReasoningStarted event) {
        spans.started(event);
    }

    @Override
    public void on(RunEvent.ReasoningEnded event) {
        meter.ended(event, open.context());
        spans.ended(event);
    }

    @Override
    public void on(RunEvent.ModelCallStarted event) {
        spans.started(event);
        meter.started(event);
    }

    @Override
    public void on(RunEvent.AttemptFailed event) {
        spans.attempt(event);
        meter.attempt(event, open.context());
        log.attempt(event, open.context());
    }

    @Override
    public void on(RunEvent.ModelCallEnded event) {
        meter.ended(event, open.context());
        spans.ended(event);
    }

    @Override
    public void on(RunEvent.StallDetected event) {
        meter.stalled(event, open.context());
        log.stalled(event, open.context());
    }

    @Override
    public void on(RunEvent.CheckStarted event) {
        spans.started(event);
    }

    @Override
    public void on(RunEvent.CheckEnded event) {
        meter.ended(event, open.context());
        log.ended(event, open.context());
        spans.ended(event);
    }

    @Override
    public void on(RunEvent.Judged event) {
        spans.judged(event);
        log.judged(event);
        meter.judged(event);
    }

    // What follows is text for people, or what the loop keeps for itself: it makes no signal.

    @Override
    public void on(RunEvent.Traced event) {}

    @Override
    public void on(RunEvent.WorkerSaid event) {}

    /** The round's report has the whole sum. */
    @Override
    public void on(RunEvent.WorkerUsed event) {}

    @Override
    public void on(RunEvent.TodoChanged event) {}

    @Override
    public void on(RunEvent.Notice event) {}
}
