package embedded.model;

/** The moments at which sums begin, where 0 means that nobody says. */
public final class Starts {
    private Starts() {}

    public static long earlier(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
