package telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import telemetry.fold.Text;

/**
 * One signal's way out during a run: at most one request under way, and a pause after each that failed. Used by one thread;
 * an answer only wakes it.
 */
abstract class Outlet {
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long CLOSING_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final Signal signal;
    private final Wire wire;
    private final Runnable wake;
    private final LongConsumer acknowledged;
    private Optional<Flight> flight = Optional.empty();
    private volatile boolean heard;
    private long pause;
    private long pausedUntil;
    private boolean everAccepted;
    /** The run is over and nobody answers: nothing more is tried. */
    private boolean gaveUp;
    private boolean closing;
    private long delivered;
    private long rejected;
    private Optional<String> problem = Optional.empty();

    /**
     * A request.
     *
     * @param items how many it holds
     * @param event the number of the last event that it tells of
     */
    record Batch(int items, long event, CompletableResultCode result) {}

    private record Flight(Batch batch, long since) {}

    /**
     * @param wake called when an answer came, on any thread
     * @param acknowledged told the number of the last event up to which everything was acknowledged
     */
    Outlet(Signal signal, Wire wire, Runnable wake, LongConsumer acknowledged) {
        this.signal = signal;
        this.wire = wire;
        this.wake = wake;
        this.acknowledged = acknowledged;
    }

    /** Sends what is due; empty when nothing is. */
    abstract Optional<Batch> next(long now, boolean force);

    /** The batch is not to be sent again. */
    abstract void done(Batch batch);

    /** What is made and not acknowledged. */
    abstract long waiting();

    /** Whether nothing is held here; what was left out for want of room only the journal has. */
    abstract boolean nothingToSend();

    /**
     * Takes an answer that came, and sends what is due.
     *
     * @param now by {@link System#nanoTime}
     * @param force whether the run is over: everything is due, once
     */
    final void tick(long now, boolean force) {
        flight.filter(f -> f.batch().result().isDone()).ifPresent(f -> {
            flight = Optional.empty();
            answered(f.batch(), now);
        });
        if (flight.isEmpty() && !gaveUp && now - pausedUntil >= 0) {
            try {
                flight = next(now, force).map(batch -> new Flight(batch, now));
                flight.ifPresent(f -> f.batch().result().whenComplete(wake));
            } catch (RuntimeException e) {
                // A header that cannot be sent, for instance: the user's configuration, not the network.
                failed(wire.authority() + ": " + Text.reason(e), now, false);
            }
        }
    }

    private void answered(Batch batch, long now) {
        ReceiverReply reply = wire.last();
        heard = true;
        if (batch.result().isSuccess()) {
            everAccepted = true;
            pause = 0;
            long refused = Math.min(batch.items(), reply.rejected());
            rejected += refused;
            delivered += batch.items() - refused;
            if (refused > 0) {
                problem = Optional.of("the receiver rejected some: " + Text.line(reply.detail(), 160));
            }
            done(batch);
            acknowledged.accept(batch.event());
        } else if (reply.kind() == ReceiverReply.Kind.UNACCEPTABLE && everAccepted) {
            // It takes others: this one it would refuse for ever.
            rejected += batch.items();
            problem = Optional.of(reply.detail());
            done(batch);
            acknowledged.accept(batch.event());
        } else {
            failed(reply.accepted() ? wire.authority() + " did not answer" : reply.detail(), now, reply.answered());
        }
    }

    /** @param answered whether somebody is there: then it is worth to try again also at the end */
    private void failed(String why, long now, boolean answered) {
        problem = Optional.of(why);
        gaveUp = closing && !answered;
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause == 0 ? closing ? CLOSING_PAUSE_MILLIS : FIRST_PAUSE_MILLIS : pause * 2);
        pausedUntil = now + TimeUnit.MILLISECONDS.toNanos(pause);
    }

    /** From now on the run is over: a failure of before counts no more. */
    final void lastChance() {
        gaveUp = false;
        closing = true;
        pausedUntil = System.nanoTime();
        pause = 0;
    }

    /** Whether nothing more can be done: all is acknowledged, the last try failed, or nobody answers. */
    final boolean settled(long now, long silentMillis) {
        if (flight.isEmpty()) {
            return nothingToSend() || gaveUp;
        }
        return !answering() && now - flight.get().since() >= TimeUnit.MILLISECONDS.toNanos(silentMillis);
    }

    /** Whether a request came back, answered or not. From any thread. */
    final boolean heard() {
        return heard;
    }

    /** Whether the last request that came back was answered, be it by a refusal. From any thread. */
    final boolean answering() {
        return wire.last().answered();
    }

    final Signal signal() {
        return signal;
    }

    final Delivery.Share share() {
        return new Delivery.Share(delivered, waiting(), rejected);
    }

    /** Why something was not delivered; the last reason counts. */
    final Optional<String> problem() {
        return problem.or(() -> flight.map(f -> wire.authority() + " did not answer"));
    }
}
