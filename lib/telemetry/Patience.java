package telemetry;

/**
 * How long a run may wait for its telemetry.
 *
 * @param setUpMillis when it is needed and not yet set up, which takes some 0.3 s: then the run goes on without it
 * @param closeMillis at the end, for everything together
 * @param silentMillis for a receiver that has never answered, counted from the first request
 */
record Patience(long setUpMillis, long closeMillis, long silentMillis) {
    /** Within the contract's 1.5 s, with some left for a slow machine. */
    static final Patience DEFAULT = new Patience(5_000, 1_300, 800);
}
