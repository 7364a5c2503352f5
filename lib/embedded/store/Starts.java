package embedded.store;

/** The moments at which sums begin, where 0 means that nobody says. */
final class Starts {
    private Starts() {}

    static long earlier(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
