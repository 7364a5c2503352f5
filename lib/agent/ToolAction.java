package agent;

/**
 * What a call of a tool does, as far as the call tells.
 *
 * @param fingerprint equal for calls that ask for the same, in one process; it tells nothing else. Empty where that is not known
 */
public record ToolAction(Kind kind, String fingerprint) {
    /** It counts for nothing. */
    public static final ToolAction UNKNOWN = new ToolAction(Kind.OTHER, "");

    public enum Kind {
        /** Looks at files. */
        READ,
        /** Changes files. */
        EDIT,
        /** Runs something, which may change files. */
        RUN,
        OTHER
    }
}
