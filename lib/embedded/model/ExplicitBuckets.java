package embedded.model;

import java.util.Arrays;

/**
 * Buckets with bounds of the sender's choice.
 *
 * @param bounds upper bounds, ascending, all finite, possibly none
 * @param counts one more than there are bounds, not cumulated
 */
public record ExplicitBuckets(double[] bounds, long[] counts) implements Shape {
    @Override
    public long counted() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public long bytes() {
        return 2L * Long.BYTES * counts.length + 64;
    }

    /** With other bounds both are brought to the bounds that they share: how much lies below those is known exactly. */
    @Override
    public Shape plus(Shape newer) {
        if (!(newer instanceof ExplicitBuckets other)) {
            return newer instanceof NoShape ? this : newer;
        }
        if (!Arrays.equals(bounds, other.bounds)) {
            double[] shared = Arrays.stream(bounds).filter(bound -> Arrays.binarySearch(other.bounds, bound) >= 0).toArray();
            return at(shared).plus(other.at(shared));
        }
        long[] total = new long[counts.length];
        Arrays.setAll(total, i -> counts[i] + other.counts[i]);
        return new ExplicitBuckets(bounds, total);
    }

    private ExplicitBuckets at(double[] fewer) {
        long[] sums = new long[fewer.length + 1];
        for (int i = 0; i < counts.length; i++) {
            int bucket = i < bounds.length ? lowestAtLeast(fewer, bounds[i]) : fewer.length;
            sums[bucket] += counts[i];
        }
        return new ExplicitBuckets(fewer, sums);
    }

    private static int lowestAtLeast(double[] bounds, double value) {
        int found = Arrays.binarySearch(bounds, value);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public Shape since(Shape earlier) {
        if (!(earlier instanceof ExplicitBuckets other) || !Arrays.equals(bounds, other.bounds)) {
            return this;
        }
        long[] added = new long[counts.length];
        Arrays.setAll(added, i -> counts[i] - other.counts[i]);
        return Arrays.stream(added).anyMatch(count -> count < 0) ? this : new ExplicitBuckets(bounds, added);
    }

    @Override
    public Shape without(Shape part) {
        if (!(part instanceof ExplicitBuckets other)) {
            return this;
        }
        // Adding brought both to the bounds that they share, so the part has all of these.
        long[] taken = other.at(bounds).counts;
        long[] rest = new long[counts.length];
        Arrays.setAll(rest, i -> Math.max(0, counts[i] - taken[i]));
        return new ExplicitBuckets(bounds, rest);
    }

    /** Linear within its bucket, as Prometheus estimates it; above the last bound the last bound is given. */
    @Override
    public double quantile(double share) {
        long total = counted();
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

    @Override
    public Cumulative cumulative() {
        long[] below = new long[bounds.length];
        long sum = 0;
        for (int i = 0; i < below.length; i++) {
            sum += counts[i];
            below[i] = sum;
        }
        return new Cumulative(bounds, below);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExplicitBuckets that && Arrays.equals(bounds, that.bounds)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }
}
