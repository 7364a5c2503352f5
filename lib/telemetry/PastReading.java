package telemetry;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import telemetry.fold.Fold;
import telemetry.fold.FoldedLog;
import telemetry.fold.FoldedSpan;
import telemetry.fold.Recovery;
import telemetry.fold.Redactor;
import telemetry.fold.RunScope;
import telemetry.fold.Sink;

/**
 * What a reading of one past run makes.
 *
 * @param lastEvent the number of the run's last event; of the end that was made for it where it had none
 * @param fold to ask for the metrics
 */
record PastReading(Resource resource, List<Made<FoldedSpan>> spans, List<Made<FoldedLog>> logs, long lastEvent, Fold fold) {
    /** An item and the number of the event that made it. */
    record Made<T>(long event, T item) {}

    /**
     * @param ended whether the run has an end; one that was killed is ended here
     * @param ownSpansArrived see {@link Fold}
     */
    static PastReading of(PastRun run, boolean ended, boolean ownSpansArrived, Redactor redactor) {
        List<Made<FoldedSpan>> spans = new ArrayList<>();
        List<Made<FoldedLog>> logs = new ArrayList<>();
        RunScope scope = RunScope.of(run.started(), run.number(), run.roundsBefore(), redactor);
        Fold fold = new Fold(scope, redactor, ownSpansArrived, new Sink((event, span) -> spans.add(new Made<>(event, span)),
                (event, log) -> logs.add(new Made<>(event, log))));
        run.entries().forEach(fold::on);
        if (!ended) {
            fold.end(Recovery.KILLED);
        }
        return new PastReading(scope.resource(), spans, logs, fold.event(), fold);
    }

    List<FoldedSpan> spansAfter(long event) {
        return spans.stream().filter(made -> made.event() > event).map(Made::item).toList();
    }

    List<FoldedLog> logsAfter(long event) {
        return logs.stream().filter(made -> made.event() > event).map(Made::item).toList();
    }

    /** The state at the end of the run. */
    List<MetricData> metrics(PastRun run) {
        return fold.metrics(run.last());
    }
}
