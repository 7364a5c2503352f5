package embedded.store;

import java.util.concurrent.ExecutionException;

/** Removes what a person wants gone. */
public final class TraceRemoval {
    private TraceRemoval() {}

    /**
     * Removes a trace and its log records.
     *
     * @return whether there was anything of it
     */
    public static boolean remove(Store store, byte[] traceId) throws InterruptedException, ExecutionException {
        boolean[] found = {false};
        store.execute(transaction -> {
            transaction.begin();
            try (Removal removal = new Removal(transaction.connection())) {
                found[0] = removal.trace(traceId) > 0;
            }
            transaction.commit();
            transaction.forgetTraces();
        });
        return found[0];
    }
}
