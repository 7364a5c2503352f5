package embedded.model;

/** What is said about the times of a stored point, a bit each. */
public enum PointMark {
    /** The sender gave no time: it is the time of arrival. */
    TIME_MISSING(1),
    /** The sender's time lay in the future: it is the time of arrival. */
    TIME_IN_FUTURE(2),
    /** The sender does not say when the sum began; what stands there is where it was seen to begin again. */
    START_UNKNOWN(4),
    /** It was sent as deltas, which were added up here. */
    FROM_DELTAS(8);

    public final int bit;

    PointMark(int bit) {
        this.bit = bit;
    }
}
