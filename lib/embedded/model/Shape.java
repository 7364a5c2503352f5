package embedded.model;

/** How the values of a distribution are spread, in one of the forms that OTLP knows; by default without buckets. */
public sealed interface Shape permits NoShape, ExplicitBuckets, ExponentialBuckets, Quantiles {
    /** How many values its buckets hold; -1 when it has no buckets. */
    default long counted() {
        return -1;
    }

    /** About how many bytes it holds. */
    long bytes();

    /** Both together; {@code newer} came later and stands alone where the two cannot be added. */
    Shape plus(Shape newer);

    /** What was added since an earlier state; this whole when {@code earlier} is no earlier state of the same. */
    default Shape since(Shape earlier) {
        return this;
    }

    /** What is left when a part that was added to it is taken out again; this whole when it cannot be a part. */
    default Shape without(Shape part) {
        return this;
    }

    /**
     * The value below which this share of what was counted lies; NaN when that cannot be told.
     *
     * @param share 0 to 1
     */
    double quantile(double share);

    /** Upper bounds and how many values lie at or below each, without the last that has no bound. */
    default Cumulative cumulative() {
        return Cumulative.NONE;
    }

    /** @param bounds ascending */
    record Cumulative(double[] bounds, long[] counts) {
        static final Cumulative NONE = new Cumulative(new double[0], new long[0]);
    }
}
