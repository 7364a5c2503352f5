package embedded.model;

import java.util.OptionalDouble;

/**
 * What a histogram or a summary has counted.
 *
 * @param sum absent when the sender does not say, as for measurements that can be negative
 */
public record Distribution(long count, OptionalDouble sum, Shape shape) {
    /** Of what is no distribution, and of a histogram that has counted nothing. */
    public static final Distribution EMPTY = new Distribution(0, OptionalDouble.empty(), NoShape.INSTANCE);

    /** Both together. */
    public Distribution plus(Distribution newer) {
        if (count == 0) {
            return newer;
        }
        return new Distribution(count + newer.count, both(newer, 1), shape.plus(newer.shape));
    }

    /** What was added since an earlier state of the same; everything when that is no earlier state. */
    public Distribution since(Distribution earlier) {
        if (count < earlier.count || earlier.count == 0) {
            return this;
        }
        Shape added = shape.since(earlier.shape);
        // The same object comes back when the buckets are no continuation.
        boolean restarted = added == shape && shape.counted() > 0;
        return restarted ? this : new Distribution(count - earlier.count, both(earlier, -1), added);
    }

    private OptionalDouble both(Distribution other, int sign) {
        if (other.count == 0) {
            return sum;
        }
        return sum.isPresent() && other.sum.isPresent()
                ? OptionalDouble.of(sum.getAsDouble() + sign * other.sum.getAsDouble()) : OptionalDouble.empty();
    }

    /** The value below which this share of what was counted lies; NaN when that cannot be told. */
    public double quantile(double share) {
        return shape.quantile(share);
    }

    /** How many values there are, and not fewer than the buckets hold: text for Prometheus must agree with itself. */
    public long counted() {
        return Math.max(count, shape.counted());
    }
}
