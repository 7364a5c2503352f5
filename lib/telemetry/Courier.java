package telemetry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Brings the requests of all signals to their receivers, or to disk, and knows when to stop waiting. */
final class Courier {
    /** How long the end of a run is held up for what earlier runs left behind. */
    private static final long EARLIER_MILLIS = 200;
    /** A receiver that says "not now" is asked again at the end, after these pauses. */
    private static final long[] AGAIN_MILLIS = {50, 150, 300};
    private static final long POLL_MILLIS = 2;

    private final Outbox outbox;
    private final Patience patience;
    private final Replayer replayer;
    private final List<Lane> lanes = new ArrayList<>();
    private final Map<String, Receiver> receivers = new HashMap<>();

    Courier(Outbox outbox, Patience patience) {
        this.outbox = outbox;
        this.patience = patience;
        this.replayer = new Replayer(outbox);
    }

    /** Opens the way for a signal. */
    synchronized Lane open(Signal signal, boolean states, Transport transport) {
        Receiver receiver = receivers.computeIfAbsent(transport.authority(), key -> new Receiver(replayer::wake));
        Lane lane = new Lane(signal, states, transport, outbox, receiver);
        lanes.add(lane);
        outbox.ledger().open(signal);
        replayer.add(lane);
        return lane;
    }

    /** Whether every receiver answers, as far as can be told within {@code millis}. */
    boolean answersWithin(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        return List.copyOf(receivers.values()).stream()
                .allMatch(receiver -> receiver.answersWithin(Math.max(0, millisUntil(deadline))));
    }

    /** Delivers what is under way, or keeps it, by {@code deadline} (of {@link System#nanoTime}); the end of all sending. */
    void finish(long deadline) {
        awaitLanes(deadline);
        lanes.forEach(Lane::abandon);
        for (long pause : AGAIN_MILLIS) {
            if (!outbox.holdsOwn() || millisUntil(deadline) <= pause || lanes.stream().noneMatch(this::talks)) {
                break;
            }
            sleep(pause);
            replayer.send(deadline, this::talks);
        }
        replayer.stop(Math.min(EARLIER_MILLIS, millisUntil(deadline)));
        lanes.forEach(lane -> lane.transport().close());
    }

    /** Sends all that is kept and that anybody accepts, by {@code deadline}. */
    void sendKept(long deadline) {
        outbox.tidy();
        replayer.send(deadline, lane -> true);
    }

    private void awaitLanes(long deadline) {
        for (Lane lane : lanes) {
            Receiver receiver = receivers.get(lane.transport().authority());
            while (!lane.idle() && millisUntil(deadline) > 0
                    && (receiver.everAnswered() || !receiver.silentFor(patience.silentMillis()))) {
                sleep(POLL_MILLIS);
            }
        }
    }

    private boolean talks(Lane lane) {
        return receivers.get(lane.transport().authority()).lastAnswered();
    }

    private static long millisUntil(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
