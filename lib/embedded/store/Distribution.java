package embedded.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Counts of a histogram.
 *
 * @param bounds upper bounds of the buckets, ascending; empty when the buckets have no fixed bounds
 * @param counts one more than there are bounds, not cumulated over the buckets; empty when there are no bounds
 */
public record Distribution(long count, double sum, double[] bounds, long[] counts) {
    public static final Distribution EMPTY = new Distribution(0, 0, new double[0], new long[0]);

    public static Distribution of(long count, double sum) {
        return new Distribution(count, sum, EMPTY.bounds, EMPTY.counts);
    }

    /** Both together; when the bounds have changed only count and sum can be added, and the newer buckets stand alone. */
    public Distribution plus(Distribution other) {
        if (!Arrays.equals(bounds, other.bounds)) {
            return new Distribution(count + other.count, sum + other.sum, other.bounds, other.counts);
        }
        long[] total = counts.clone();
        for (int i = 0; i < total.length; i++) {
            total[i] += other.counts[i];
        }
        return new Distribution(count + other.count, sum + other.sum, bounds, total);
    }

    /** What was added since an earlier state of the same series; everything when that state is not an earlier one. */
    public Distribution since(Distribution earlier) {
        if (!Arrays.equals(bounds, earlier.bounds) || count < earlier.count) {
            return this;
        }
        long[] added = counts.clone();
        for (int i = 0; i < added.length; i++) {
            added[i] -= earlier.counts[i];
        }
        return new Distribution(count - earlier.count, sum - earlier.sum, bounds, added);
    }

    /**
     * The value below which this share of what was counted lies, linear within its bucket, as Prometheus estimates it; NaN
     * when nothing was counted. Above the last bound the last bound is given.
     */
    public double quantile(double share) {
        long total = Arrays.stream(counts).sum();
        if (total == 0 || bounds.length == 0) {
            return Double.NaN;
        }
        double rank = share * total;
        long below = 0;
        for (int i = 0; i < bounds.length; i++) {
            if (below + counts[i] >= rank && counts[i] > 0) {
                double lower = i == 0 ? Math.min(0, bounds[0]) : bounds[i - 1];
                return lower + (bounds[i] - lower) * (rank - below) / counts[i];
            }
            below += counts[i];
        }
        return bounds[bounds.length - 1];
    }

    /** For the store: the number of bounds, the bounds, the counts. */
    byte[] buckets() {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + (bounds.length + counts.length) * Long.BYTES);
        buffer.putInt(bounds.length);
        for (double bound : bounds) {
            buffer.putDouble(bound);
        }
        for (long bucket : counts) {
            buffer.putLong(bucket);
        }
        return buffer.array();
    }

    public static Distribution of(long count, double sum, byte[] buckets) {
        if (buckets == null || buckets.length < Integer.BYTES) {
            return of(count, sum);
        }
        ByteBuffer buffer = ByteBuffer.wrap(buckets);
        double[] bounds = new double[buffer.getInt()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = buffer.getDouble();
        }
        long[] counts = new long[buffer.remaining() / Long.BYTES];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buffer.getLong();
        }
        return new Distribution(count, sum, bounds, counts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that && count == that.count && sum == that.sum
                && Arrays.equals(bounds, that.bounds) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts) * 31 + Long.hashCode(count);
    }

    @Override
    public String toString() {
        return count + " values, sum " + sum + ", buckets " + Arrays.toString(counts);
    }
}
