package contract;

/**
 * How well it is shown that a task is done, strongest first: the values of {@code pa.evidence.level}. FAIL_TO_PASS and
 * PASS_TO_PASS are SWE-bench's words.
 */
public enum EvidenceLevel {
    /** A check that existed before the run failed then and passes now, with its files as they were. */
    INDEPENDENT,
    /** Tests from the run fail on the old sources and pass on the new ones; all that passed before still passes. */
    OWN_TESTS,
    /** Nothing that passed before fails, and a model that was shown the whole change says that the task is done. */
    REVIEWED,
    /** Nothing that passed before fails; nothing speaks for the task. */
    UNCHANGED,
    /** Nothing was checked, or nothing was changed. */
    NONE;

    /** As in telemetry, in JSON and on the command line, for instance {@code own_tests}. */
    public String value() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether this level is as strong as {@code wanted}, or stronger. */
    public boolean atLeast(EvidenceLevel wanted) {
        return compareTo(wanted) <= 0;
    }

    /** The weaker of the two. */
    public EvidenceLevel atMost(EvidenceLevel cap) {
        return atLeast(cap) ? cap : this;
    }

    /** The level with this value; throws IllegalArgumentException for a value that is none. */
    public static EvidenceLevel of(String value) {
        for (EvidenceLevel level : values()) {
            if (level.value().equals(value)) {
                return level;
            }
        }
        throw new IllegalArgumentException("unknown evidence level: " + value);
    }
}
