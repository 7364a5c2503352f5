package telemetry;

import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Sends what is kept, oldest first and one at a time, once the receiver has shown that it takes something. */
final class Replayer {
    /** How long one request may take. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final Outbox outbox;
    private final Map<Signal, Lane> lanes = new EnumMap<>(Signal.class);
    private boolean begun;
    private boolean stopped;
    private Thread thread;

    Replayer(Outbox outbox) {
        this.outbox = outbox;
    }

    synchronized void add(Lane lane) {
        lanes.put(lane.signal(), lane);
    }

    /** Something was delivered: works in the background, the first time and whenever this run has left something behind. */
    synchronized void wake() {
        if (stopped || thread != null || begun && !outbox.holdsOwn()) {
            return;
        }
        begun = true;
        thread = Background.run("spool", () -> {
            outbox.tidy();
            send(Long.MAX_VALUE, lane -> !lane.down());
            synchronized (this) {
                thread = null;
            }
        });
    }

    /**
     * Sends what is kept until nothing is left, a request fails, or the time is over.
     *
     * @param deadline by {@link System#nanoTime}, or {@link Long#MAX_VALUE}
     * @param usable which lanes may be used
     */
    void send(long deadline, Predicate<Lane> usable) {
        Set<Signal> failed = EnumSet.noneOf(Signal.class);
        // Refused for good, it is said; believed once the receiver has taken another one.
        Map<Spool.Claim, Reply> doubtful = new LinkedHashMap<>();
        while (!isStopped()) {
            Set<Signal> signals = lanes().stream().filter(usable).map(Lane::signal)
                    .filter(signal -> !failed.contains(signal)).collect(Collectors.toSet());
            long left = deadline == Long.MAX_VALUE ? PATIENCE_MILLIS
                    : Math.min(PATIENCE_MILLIS, (deadline - System.nanoTime()) / 1_000_000);
            Optional<Spool.Claim> claim = left <= 0 || signals.isEmpty() ? Optional.empty() : outbox.claim(signals);
            if (claim.isEmpty()) {
                break;
            }
            Lane lane = lane(claim.get().file().signal());
            Reply reply = sendOne(claim.get(), lane, left);
            if (reply.kind() == Reply.Kind.UNACCEPTABLE) {
                doubtful.put(claim.get(), reply);
            } else {
                outbox.sentAgain(claim.get(), reply, false);
            }
            if (!reply.answered() || reply.kind() == Reply.Kind.TURNED_AWAY) {
                failed.add(lane.signal());
                lane.failed(reply);
            }
        }
        doubtful.forEach((claim, reply) -> {
            Lane lane = lane(claim.file().signal());
            outbox.sentAgain(claim, reply, lane.unacceptable(reply));
            outbox.ledger().problem(reply.detail());
        });
    }

    private static Reply sendOne(Spool.Claim claim, Lane lane, long millis) {
        try {
            return lane.sendBeside(claim.parcel().body(), millis);
        } catch (IOException e) {
            return Reply.turnedAway("a kept request cannot be read: " + e.getMessage());
        }
    }

    /** Begins nothing new; waits for what is under way for at most {@code millis}, then gives it back to the spool. */
    void stop(long millis) {
        Thread running;
        synchronized (this) {
            stopped = true;
            running = thread;
        }
        if (running == null) {
            return;
        }
        try {
            running.join(Math.max(1, millis));
            running.interrupt();
            // The claim goes back on the way out; that is a rename.
            running.join(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized Collection<Lane> lanes() {
        return List.copyOf(lanes.values());
    }

    private synchronized Lane lane(Signal signal) {
        return lanes.get(signal);
    }
}
