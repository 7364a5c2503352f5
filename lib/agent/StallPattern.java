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
    ALTERNATION,
    /** Inside a round: many actions, and no file is edited. */
    NO_EDIT,
    /** Inside a round: the same action again and again. */
    SAME_TOOL,
    /** Inside a round: what was just read is read again. */
    READ_AGAIN;

    /** Whether it is seen inside a round, from the worker's tools. */
    public boolean inRound() {
        return this == NO_EDIT || this == SAME_TOOL || this == READ_AGAIN;
    }

    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
