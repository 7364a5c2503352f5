package telemetry;

import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import telemetry.fold.Fold;

/** The way out of metrics, which are a state: the newest one replaces all before it. */
final class StateOutlet extends Outlet {
    private final Exporters.Export<MetricData> export;
    private final Fold fold;
    private final long intervalMillis;
    private boolean sent;
    private long lastSent;
    private long acknowledgedEvent;

    StateOutlet(Wire wire, Exporters.Export<MetricData> export, Fold fold, long intervalMillis, Runnable wake,
            LongConsumer acknowledged) {
        super(Signal.METRICS, wire, wake, acknowledged);
        this.export = export;
        this.fold = fold;
        this.intervalMillis = intervalMillis;
    }

    @Override
    Optional<Batch> next(long now, boolean force) {
        // The first one at once: it also tells early whether anybody answers.
        boolean due = !sent || now - lastSent >= TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        if (!fold.begun() || !(force ? waiting() > 0 : due)) {
            return Optional.empty();
        }
        sent = true;
        lastSent = now;
        List<MetricData> state = fold.metrics(Instant.now());
        return Optional.of(new Batch(state.size(), fold.event(), export.send(state)));
    }

    @Override
    void done(Batch batch) {
        acknowledgedEvent = batch.event();
    }

    /** In instruments; none once the state as of the last event is acknowledged. */
    @Override
    long waiting() {
        return fold.begun() && acknowledgedEvent < fold.event() ? fold.metrics(Instant.EPOCH).size() : 0;
    }

    @Override
    boolean nothingToSend() {
        return waiting() == 0;
    }
}
