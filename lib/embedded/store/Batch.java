package embedded.store;

import embedded.Signal;
import java.sql.SQLException;

/** What one request holds, decoded and ready for the one writer. */
public interface Batch {
    Signal signal();

    /** Stores it within the open transaction; several batches share one. */
    void store(Transaction transaction) throws SQLException;

    /** How many spans, points or records it holds. */
    int items();

    /** How many items were refused while decoding; told to the client as a partial success. */
    default int rejected() {
        return 0;
    }

    /** Why they were refused; empty when none was. */
    default String rejectionMessage() {
        return "";
    }
}
