package telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import telemetry.fold.FoldedLog;
import telemetry.fold.FoldedSpan;
import telemetry.fold.Redactor;

/** Reads past runs and sends what their receiver has not acknowledged. Used by one thread. */
final class PastSender implements AutoCloseable {
    /** A scrape shows the present: metrics that are older than this have no place in it. */
    static final Duration METRICS_PAST = Duration.ofMinutes(5);
    private static final int BATCH = 2_048;
    private static final long REQUEST_MILLIS = 10_000;

    private final Redactor redactor;
    private final Cleaner cleaner;
    private final OtelVariables variables;
    private final String endpoint;
    private final Exporters.Outs outs;
    /** Asked once, when the first old metrics are there. */
    private Optional<Boolean> storesByTime = Optional.empty();

    /**
     * What was done for one run.
     *
     * @param sent items that were acknowledged, by signal
     * @param rejected items that the receiver refused for good
     * @param metricsLeftOut whether its metrics are too old for the receiver
     * @param problem why something was not acknowledged; empty when everything was
     */
    record Sent(Map<Signal, Long> sent, long rejected, boolean metricsLeftOut, Optional<String> problem) {
        boolean complete() {
            return problem.isEmpty();
        }
    }

    PastSender(Map<String, String> environment) {
        this.redactor = Redactor.of(environment);
        this.variables = OtelVariables.of(environment);
        this.cleaner = new Cleaner(redactor, variables);
        this.endpoint = Plans.endpoint(variables);
        this.outs = new Exporters(variables).outs();
    }

    /** Where it sends to, as {@link agent.TelemetryPlan#endpoint} names it. */
    String endpoint() {
        return endpoint;
    }

    /**
     * Reads a run and sends it.
     *
     * @param marks what was acknowledged so far; moves on with what is acknowledged now
     * @param ended whether the run has an end; one that was killed is ended here
     * @param until by {@link System#nanoTime}
     */
    Sent send(PastRun run, Marks marks, PastTelemetry.Options options, boolean ended, long until) {
        boolean sameReceiver = run.plan().flatMap(plan -> plan.endpoint()).filter(endpoint::equals).isPresent();
        PastReading reading = PastReading.of(run, ended, sameReceiver, redactor);
        Progress progress = new Progress(marks, reading.lastEvent(), until);
        List<FoldedSpan> madeSpans = reading.spansAfter(options.whole() ? 0 : marks.of(Signal.TRACES));
        List<FoldedLog> madeLogs = reading.logsAfter(options.whole() ? 0 : marks.of(Signal.LOGS));
        outs.spans().ifPresent(out -> progress.items(Signal.TRACES, out.wire(), madeSpans, batch -> out.export()
                .send(batch.stream().map(cleaner::clean).map(SpanData.class::cast).toList())));
        outs.logs().ifPresent(out -> progress.items(Signal.LOGS, out.wire(), madeLogs, batch -> out.export()
                .send(batch.stream().map(cleaner::clean).map(LogRecordData.class::cast).toList())));
        boolean leftOut = false;
        if (outs.metrics().isPresent() && (options.whole() || marks.of(Signal.METRICS) < reading.lastEvent())) {
            boolean old = run.last().isBefore(Instant.now().minus(METRICS_PAST));
            leftOut = old && !options.oldMetricsAsOfNow() && !storesByTime();
            if (!leftOut) {
                List<MetricData> state = old && options.oldMetricsAsOfNow() ? reading.fold().metricsAsOf(Instant.now())
                        : reading.metrics(run);
                progress.items(Signal.METRICS, outs.metrics().get().wire(), state, outs.metrics().get().export());
            }
        }
        return new Sent(Map.copyOf(progress.sent), progress.rejected, leftOut, progress.problem.map(redactor::redact));
    }

    private boolean storesByTime() {
        storesByTime = storesByTime.or(() -> Optional.of(EngineProbe.at(Plans.base(variables, Signal.METRICS))
                .filter(EngineProbe.Engine::pointsByTime).isPresent()));
        return storesByTime.get();
    }

    @Override
    public void close() {
        outs.close();
    }

    /** Sends batch after batch and counts. */
    private final class Progress {
        private final Marks marks;
        private final long lastEvent;
        private final long until;
        private final Map<Signal, Long> sent = new EnumMap<>(Signal.class);
        private long rejected;
        private Optional<String> problem = Optional.empty();

        Progress(Marks marks, long lastEvent, long until) {
            this.marks = marks;
            this.lastEvent = lastEvent;
            this.until = until;
        }

        <T> void items(Signal signal, Wire wire, List<T> items, Exporters.Export<T> export) {
            boolean well = true;
            for (int i = 0; i < items.size() && well; i += BATCH) {
                well = batch(signal, wire, items.subList(i, Math.min(items.size(), i + BATCH)), export);
            }
            if (well) {
                marks.advance(signal, lastEvent);
            }
        }

        private <T> boolean batch(Signal signal, Wire wire, List<T> items, Exporters.Export<T> export) {
            long left = Math.min(REQUEST_MILLIS, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
            if (left <= 0) {
                problem = problem.or(() -> Optional.of("the time was over"));
                return false;
            }
            CompletableResultCode result = export.send(items).join(left, TimeUnit.MILLISECONDS);
            ReceiverReply reply = wire.last();
            if (result.isSuccess()) {
                long refused = Math.min(items.size(), reply.rejected());
                rejected += refused;
                sent.merge(signal, items.size() - refused, Long::sum);
                return true;
            }
            String why = !result.isDone() ? wire.authority() + " did not answer" : reply.detail();
            if (result.isDone() && reply.kind() == ReceiverReply.Kind.UNACCEPTABLE && !sent.isEmpty()) {
                rejected += items.size(); // It takes others: this one it would refuse for ever.
                return true;
            }
            problem = Optional.of(why);
            return false;
        }
    }
}
