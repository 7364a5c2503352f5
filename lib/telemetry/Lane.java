package telemetry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The way of one signal's requests: one under way, the others waiting behind it. After a failure they go straight to disk,
 * and from time to time one tries the way again.
 */
final class Lane {
    /** What may wait in memory behind a request that is under way. */
    private static final int WAITING_BYTES = 4 << 20;
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Signal signal;
    private final boolean states;
    private final Transport transport;
    private final Outbox outbox;
    private final Receiver receiver;
    private final Deque<Parcel> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private Parcel underWay;
    private long pausedUntil;
    private long pause;
    private boolean down;
    private boolean abandoned;

    /** @param states whether each request tells all that the one before it told, as cumulative metrics do */
    Lane(Signal signal, boolean states, Transport transport, Outbox outbox, Receiver receiver) {
        this.signal = signal;
        this.states = states;
        this.transport = transport;
        this.outbox = outbox;
        this.receiver = receiver;
    }

    Signal signal() {
        return signal;
    }

    Transport transport() {
        return transport;
    }

    /** Sends something beside the lane and waits for the reply, for at most {@code millis}. */
    Reply sendBeside(byte[] body, long millis) {
        receiver.asked();
        Reply reply = transport.sendAndWait(body, millis);
        receiver.replied(reply);
        return reply;
    }

    /** Whether a request with this reply need not be tried again, ever. */
    boolean unacceptable(Reply reply) {
        return reply.kind() == Reply.Kind.UNACCEPTABLE && receiver.everAccepted();
    }

    /** Takes a request over; returns at once. */
    synchronized void accept(int items, byte[] body) {
        Parcel parcel = new Parcel(signal, items, body);
        if (abandoned || down && System.nanoTime() < pausedUntil) {
            outbox.keep(parcel, states);
        } else if (underWay == null) {
            send(parcel);
        } else {
            if (states) {
                waiting.clear();
                waitingBytes = 0;
            }
            waiting.add(parcel);
            waitingBytes += body.length;
            while (waitingBytes > WAITING_BYTES) {
                Parcel oldest = waiting.remove();
                waitingBytes -= oldest.body().length;
                outbox.keep(oldest, states);
            }
        }
    }

    /** Whether nothing is under way. */
    synchronized boolean idle() {
        return underWay == null;
    }

    /** Whether the last request failed. */
    synchronized boolean down() {
        return down;
    }

    /** A request that was sent beside the lane was not delivered. */
    synchronized void failed(Reply reply) {
        outbox.ledger().problem(reply.detail());
        down = true;
        pause = pause == 0 ? FIRST_PAUSE_NANOS : Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        pausedUntil = System.nanoTime() + pause;
    }

    /** Waits no longer: what is under way and what waits goes to disk. What was under way may arrive all the same. */
    synchronized void abandon() {
        if (underWay != null) {
            outbox.ledger().problem(transport.authority() + " did not answer");
            outbox.keep(underWay, states);
            underWay = null;
        }
        keepWaiting();
        abandoned = true;
    }

    private void send(Parcel parcel) {
        underWay = parcel;
        receiver.asked();
        transport.send(parcel.body(), reply -> replied(parcel, reply));
    }

    private synchronized void replied(Parcel parcel, Reply reply) {
        receiver.replied(reply);
        if (underWay != parcel) {
            return; // It was given up and lies on disk.
        }
        underWay = null;
        if (reply.accepted()) {
            outbox.ledger().delivered(signal, parcel.items(), reply);
            if (states) {
                outbox.superseded();
            }
            recovered();
        } else if (unacceptable(reply)) {
            outbox.ledger().rejected(signal, parcel.items(), reply.detail());
        } else {
            failed(reply);
            outbox.keep(parcel, states);
            keepWaiting();
        }
        if (!waiting.isEmpty() && underWay == null) {
            Parcel next = waiting.remove();
            waitingBytes -= next.body().length;
            send(next);
        }
    }

    private void recovered() {
        down = false;
        pause = 0;
        receiver.recovered();
    }

    private void keepWaiting() {
        waiting.forEach(parcel -> outbox.keep(parcel, states));
        waiting.clear();
        waitingBytes = 0;
    }
}
