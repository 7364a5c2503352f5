package telemetry;

/**
 * How long a run may wait for its telemetry.
 *
 * @param closeMillis at the end, for everything together
 * @param silentMillis for a receiver that has never answered, counted from the first request
 * @param lookMillis before a worker starts, for a sign that the receiver answers
 */
record Patience(long closeMillis, long silentMillis, long lookMillis) {
    /** Within the contract's 1.5 s, with some left for a slow machine. */
    static final Patience DEFAULT = new Patience(1_300, 800, 300);
}
