package telemetry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/** The way out of spans or log records, which are things that happened: each is sent until it is acknowledged. */
final class ItemOutlet<T> extends Outlet {
    /** More are not held in memory: the journal has them, and a later reading sends them. */
    private static final int MOST = 16_384;

    private final Exporters.Export<T> export;
    private final UnaryOperator<T> clean;
    private final Pace pace;
    private final Deque<Item<T>> items = new ArrayDeque<>();
    private long lastSent = System.nanoTime();
    private long leftOut;

    private record Item<T>(long event, T item) {}

    /** How often, and how much at once. */
    record Pace(long delayMillis, int batch) {}

    ItemOutlet(Signal signal, Wire wire, Exporters.Export<T> export, UnaryOperator<T> clean, Pace pace, Runnable wake,
            LongConsumer acknowledged) {
        super(signal, wire, wake, acknowledged);
        this.export = export;
        this.clean = clean;
        this.pace = pace;
    }

    void add(long event, T item) {
        if (items.size() >= MOST || leftOut > 0) {
            leftOut++;
        } else {
            items.add(new Item<>(event, item));
        }
    }

    @Override
    Optional<Batch> next(long now, boolean force) {
        boolean due = force || items.size() >= pace.batch()
                || now - lastSent >= TimeUnit.MILLISECONDS.toNanos(pace.delayMillis());
        if (items.isEmpty() || !due) {
            return Optional.empty();
        }
        List<T> batch = new ArrayList<>();
        long event = 0;
        for (Item<T> item : items) {
            // What one event made goes together: a watermark is the number of an event.
            if (batch.size() >= pace.batch() && item.event() != event) {
                break;
            }
            batch.add(clean.apply(item.item()));
            event = item.event();
        }
        lastSent = now;
        return Optional.of(new Batch(batch.size(), event, export.send(batch)));
    }

    @Override
    void done(Batch batch) {
        for (int i = 0; i < batch.items(); i++) {
            items.remove();
        }
    }

    @Override
    long waiting() {
        return items.size() + leftOut;
    }

    @Override
    boolean nothingToSend() {
        return items.isEmpty();
    }
}
