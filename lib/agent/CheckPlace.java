package agent;

import java.util.Locale;

/** Where a check ran: the values of {@code pa.verification.place}. */
public enum CheckPlace {
    /** In the working directory. */
    TREE,
    /** In the copy, on files as they were before, or partly so, or with tests altered so that they should fail. */
    BASE,
    /** In the copy, on files as they are now, or partly so. */
    PROOF;

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
