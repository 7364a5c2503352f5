package telemetry.fold;

import agent.Beginning;
import agent.RunEvent;
import agent.RunEventHandler;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.Instant;
import java.util.List;
import journal.Entry;

/**
 * Telemetry as a reading of the journal: makes spans, log records and metrics of the entries of one run. Nothing enters but
 * the entries and the {@link RunScope}, no clock and no chance, so that a reading during the run and one years later give
 * the same items, byte by byte.
 *
 * <p>The beginning is told to the spans first, so that the root is there for the others, and all else is told to them last, so
 * that measurements lie inside their span.
 */
public final class Fold {
    private final RunScope run;
    private final EventClock clock = new EventClock();
    private final OpenSpans open;
    private final RunSpans spans;
    private final RunMeter meter;
    private final RunLog log;
    private final Points points;
    private final List<RunEventHandler> spansFirst;
    private final List<RunEventHandler> spansLast;
    private long start;
    private boolean begun;
    private boolean ended;

    /**
     * @param ownSpansArrived whether the receiver has the spans that the agent made itself: the run's own endpoint has
     *     them, another has not, and then those of its tools are rebuilt
     */
    public Fold(RunScope run, Redactor redactor, boolean ownSpansArrived, Sink sink) {
        this.run = run;
        this.log = new RunLog(run, clock, sink, this::context);
        Failures failures = new Failures(run, clock, log);
        this.open = new OpenSpans(run, clock, failures, sink);
        this.spans = new RunSpans(run, open, clock, failures, log);
        RoundSpans rounds = new RoundSpans(run, open, spans, failures, ownSpansArrived);
        this.points = new Points(redactor);
        this.meter = new RunMeter(new Measures(points, clock, open, null), run);
        this.spansFirst = List.of(rounds, spans, log, meter);
        this.spansLast = List.of(meter, log, rounds, spans);
    }

    /** The next entry of the run; what comes before its start or after its end belongs to no trace and is passed over. */
    public void on(Entry entry) {
        clock.at(entry.sequence(), entry.at());
        RunEvent event = entry.event();
        if (event instanceof Beginning) {
            begun = true;
            start = clock.nanos();
            spansFirst.forEach(reader -> reader.on(event));
        } else {
            if (event instanceof RunEvent.RunEnded || event instanceof RunEvent.VerifyEnded) {
                ends();
            }
            spansLast.forEach(reader -> reader.on(event));
        }
    }

    /** Ends a run that has no end of its own, at the time of its last event. */
    public void end(Recovery recovery) {
        if (begun && !ended) {
            // An event of its own that nobody wrote: what was acknowledged up to the last one stays acknowledged.
            clock.next();
            ends();
            meter.inactive();
            log.ended(recovery);
            spans.ended(recovery);
        }
    }

    private SpanContext context() {
        return open.context();
    }

    public boolean begun() {
        return begun;
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

    private void ends() {
        ended = true;
        open.endWithin(OpenSpan.Level.RUN);
    }
}
