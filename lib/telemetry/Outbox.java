package telemetry;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The spool with the accounts of this run kept beside it. Never throws: a disk that fails is a loss that is counted. */
final class Outbox {
    private final Spool spool;
    private final Ledger ledger;
    /** Files that this run wrote and that are still there, as far as it knows. */
    private final Map<String, SpoolFile> own = new HashMap<>();
    private Optional<SpoolFile> state = Optional.empty();

    Outbox(Spool spool, Ledger ledger) {
        this.spool = spool;
        this.ledger = ledger;
    }

    Ledger ledger() {
        return ledger;
    }

    /**
     * @param trouble why an event could not be told
     * @param warning what the SDK said, to explain a loss that nothing else explains
     */
    Delivery delivery(Optional<String> trouble, Optional<String> warning) {
        return ledger.delivery(spool, trouble, warning);
    }

    Spool spool() {
        return spool;
    }

    /**
     * Keeps a request on disk.
     *
     * @param supersedes whether it tells all that the one kept before it told, as cumulative metrics do
     */
    synchronized void keep(Parcel parcel, boolean supersedes) {
        try {
            Spool.Kept kept = spool.keep(parcel);
            ledger.kept(parcel.signal(), parcel.items());
            for (SpoolFile dropped : kept.dropped()) {
                if (own.remove(dropped.name()) != null) {
                    ledger.noLongerKept(dropped.signal(), dropped.items());
                    ledger.lost(dropped.signal(), dropped.items(), "the spool is full");
                } else {
                    ledger.droppedEarlier();
                }
            }
            SpoolFile file = SpoolFile.of(spool.folder().resolve(kept.file())).orElseThrow();
            own.put(file.name(), file);
            if (supersedes) {
                superseded();
                state = Optional.of(file);
            }
        } catch (IOException e) {
            ledger.lost(parcel.signal(), parcel.items(), "it could not be kept in " + spool.folder() + ": " + why(e));
        }
    }

    /** A newer state than the one kept is delivered, or kept. */
    synchronized void superseded() {
        state.filter(file -> own.remove(file.name()) != null).ifPresent(file -> {
            ledger.noLongerKept(file.signal(), file.items());
            try {
                spool.forget(file.name());
            } catch (IOException e) {
                // It is sent once more later: an older state beside the newer one.
                ledger.problem(why(e));
            }
        });
        state = Optional.empty();
    }

    /** Whether something of this run lies on disk. */
    synchronized boolean holdsOwn() {
        return !own.isEmpty();
    }

    /** Takes back what dead processes claimed. */
    void tidy() {
        try {
            spool.tidy();
        } catch (IOException e) {
            ledger.problem("the spool in " + spool.folder() + " cannot be tidied: " + why(e));
        }
    }

    /** The next request to send again; empty when there is none, or the disk does not say. */
    Optional<Spool.Claim> claim(Set<Signal> signals) {
        try {
            return spool.claim(signals);
        } catch (IOException e) {
            ledger.problem("the spool in " + spool.folder() + " cannot be read: " + why(e));
            return Optional.empty();
        }
    }

    /**
     * Books what became of a request that was sent again; it stays unless it was accepted.
     *
     * @param drop whether it goes although it was not
     */
    synchronized void sentAgain(Spool.Claim claim, Reply reply, boolean drop) {
        SpoolFile file = claim.file();
        try {
            if (!reply.accepted() && !drop) {
                claim.release();
                return;
            }
            claim.done();
        } catch (IOException e) {
            ledger.problem(why(e));
        }
        boolean ours = own.remove(file.name()) != null;
        if (ours) {
            ledger.noLongerKept(file.signal(), file.items());
        }
        if (!reply.accepted()) {
            ledger.rejected(file.signal(), file.items(), reply.detail());
        } else if (ours) {
            ledger.delivered(file.signal(), file.items(), reply);
        } else {
            ledger.sentEarlier();
            if (reply.rejected() > 0) {
                ledger.rejected(file.signal(), reply.rejected(), "the receiver rejected some: " + reply.detail());
            }
        }
    }

    private static String why(IOException e) {
        String message = e.getMessage();
        return e instanceof FileSystemException known && known.getReason() != null ? known.getReason()
                : message == null ? e.getClass().getSimpleName() : Text.line(message, 160);
    }
}
