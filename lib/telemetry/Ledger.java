package telemetry;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what became of everything that was made. Thread-safe. */
final class Ledger {
    /** Counts of one signal. */
    private static final class Account {
        private long made;
        private long delivered;
        private long kept;
        private long rejected;
        private long lost;
    }

    private final Map<Signal, Account> accounts = new EnumMap<>(Signal.class);
    private final Set<Signal> open = EnumSet.noneOf(Signal.class);
    private Optional<String> problem = Optional.empty();
    private Optional<String> lossReason = Optional.empty();
    private long droppedEarlier;
    private long sentEarlier;

    Ledger() {
        for (Signal signal : Signal.values()) {
            accounts.put(signal, new Account());
        }
    }

    /** This signal is exported by us; what is made of others is nobody's loss. */
    synchronized void open(Signal signal) {
        open.add(signal);
    }

    /** A span ended or a log record was emitted; metrics are states, not things that are made. */
    synchronized void made(Signal signal) {
        accounts.get(signal).made++;
    }

    synchronized void delivered(Signal signal, long items, Reply reply) {
        // Metrics are counted by instruments, and receivers count points.
        long refused = Math.max(0, Math.min(items, reply.rejected()));
        accounts.get(signal).delivered += items - refused;
        accounts.get(signal).rejected += refused;
        if (refused > 0) {
            problem = Optional.of("the receiver rejected some: " + Text.line(reply.detail(), 160));
        }
    }

    synchronized void rejected(Signal signal, long items, String why) {
        accounts.get(signal).rejected += items;
        problem = Optional.of(why);
    }

    synchronized void kept(Signal signal, long items) {
        accounts.get(signal).kept += items;
    }

    /** What had been kept is not there any more: delivered after all, superseded, or dropped for want of room. */
    synchronized void noLongerKept(Signal signal, long items) {
        accounts.get(signal).kept -= items;
    }

    synchronized void lost(Signal signal, long items, String why) {
        accounts.get(signal).lost += items;
        lossReason = Optional.of(why);
    }

    /** Requests of earlier runs that had to go for want of room. */
    synchronized void droppedEarlier() {
        droppedEarlier++;
    }

    /** A request of an earlier run was delivered. */
    synchronized void sentEarlier() {
        sentEarlier++;
    }

    /** Why something was not delivered; the last reason counts. */
    synchronized void problem(String why) {
        problem = Optional.of(why);
    }

    /**
     * The accounts at the end: what was made and is nowhere counts as lost.
     *
     * @param trouble why an event could not be told
     * @param warning what the SDK said, to explain a loss that nothing else explains
     */
    synchronized Delivery delivery(Spool spool, Optional<String> trouble, Optional<String> warning) {
        Map<Signal, Delivery.Share> shares = new EnumMap<>(Signal.class);
        accounts.forEach((signal, account) -> {
            long known = account.delivered + account.kept + account.rejected + account.lost;
            long vanished = open.contains(signal) ? Math.max(0, account.made - known) : 0;
            shares.put(signal, new Delivery.Share(account.delivered, account.kept, account.rejected,
                    account.lost + vanished));
        });
        return new Delivery(Map.copyOf(shares), problem, lossReason.or(() -> warning),
                trouble, spool.folder(), sentEarlier, droppedEarlier);
    }
}
