package agent;

import java.util.Locale;

/** What a stall looks like: a bounded label. */
public enum StallPattern {
    /** The tree did not change in several rounds of the worker. */
    NO_CHANGE,
    /** The same action with the same result. */
    REPEATED_ACTION,
    REPEATED_ERROR,
    /** Two actions in turn, nothing else. */
    ALTERNATION;

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
