package embedded.model;

import java.util.Arrays;

/**
 * Buckets whose bounds are powers of a base, 2^(2^-scale); bucket {@code i} holds what lies above base^i, up to base^(i+1).
 * Source: "ExponentialHistogram" in OpenTelemetry's metrics data model.
 *
 * @param scale from {@link #MIN_SCALE} to {@link #MAX_SCALE}
 * @param zeroThreshold values up to this distance from 0 are counted as zeros
 */
public record ExponentialBuckets(int scale, double zeroThreshold, long zeroCount, Side positive, Side negative)
        implements Shape {
    public static final int MIN_SCALE = -10;
    public static final int MAX_SCALE = 20;
    /** Beyond these neighbours are merged for text and charts: each bound is a series of its own there. */
    private static final int SHOWN_BUCKETS = 40;
    /** How many may be held on one side, the empty ones between them included. */
    private static final int HELD_BUCKETS = 4096;

    /**
     * Buckets on one side of zero.
     *
     * @param offset index of the first
     */
    public record Side(int offset, long[] counts) {
        public static final Side EMPTY = new Side(0, new long[0]);

        long counted() {
            return Arrays.stream(counts).sum();
        }

        /** In buckets that are twice as wide in the logarithm, so many times. */
        Side coarser(int times) {
            if (times <= 0 || counts.length == 0) {
                return this;
            }
            int shift = Math.min(31, times);
            int first = offset >> shift;
            int last = (int) ((long) offset + counts.length - 1 >> shift);
            long[] sums = new long[last - first + 1];
            for (int i = 0; i < counts.length; i++) {
                sums[(int) ((long) offset + i >> shift) - first] += counts[i];
            }
            return new Side(first, sums);
        }

        Side plus(Side other, int sign) {
            if (counts.length == 0 && sign > 0) {
                return other;
            }
            if (other.counts.length == 0) {
                return this;
            }
            int first = Math.min(offset, other.offset);
            int end = Math.max(offset + counts.length, other.offset + other.counts.length);
            long[] sums = new long[end - first];
            for (int i = 0; i < counts.length; i++) {
                sums[offset - first + i] += counts[i];
            }
            for (int i = 0; i < other.counts.length; i++) {
                sums[other.offset - first + i] += sign * other.counts[i];
            }
            return new Side(first, sums);
        }

        Side notNegative() {
            return new Side(offset, Arrays.stream(counts).map(count -> Math.max(0, count)).toArray());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Side that && offset == that.offset && Arrays.equals(counts, that.counts);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(counts) * 31 + offset;
        }
    }

    @Override
    public long counted() {
        return zeroCount + positive.counted() + negative.counted();
    }

    private ExponentialBuckets at(int coarserScale) {
        int times = scale - coarserScale;
        return times <= 0 ? this : new ExponentialBuckets(coarserScale, zeroThreshold, zeroCount, positive.coarser(times),
                negative.coarser(times));
    }

    @Override
    public long bytes() {
        return Long.BYTES * ((long) positive.counts.length + negative.counts.length) + 160;
    }

    @Override
    public Shape plus(Shape newer) {
        if (!(newer instanceof ExponentialBuckets other)) {
            return newer instanceof NoShape ? this : newer;
        }
        return combined(other, 1);
    }

    private ExponentialBuckets combined(ExponentialBuckets other, int sign) {
        int common = Math.min(scale, other.scale);
        // So coarse that both together fit: two senders may measure nanoseconds and years.
        while (common > MIN_SCALE && (span(at(common).positive, other.at(common).positive) > HELD_BUCKETS
                || span(at(common).negative, other.at(common).negative) > HELD_BUCKETS)) {
            common--;
        }
        ExponentialBuckets mine = at(common);
        ExponentialBuckets theirs = other.at(common);
        return new ExponentialBuckets(common, Math.max(zeroThreshold, other.zeroThreshold),
                zeroCount + sign * other.zeroCount, mine.positive.plus(theirs.positive, sign),
                mine.negative.plus(theirs.negative, sign));
    }

    private static long span(Side one, Side other) {
        return one.counts.length == 0 || other.counts.length == 0 ? 0
                : Math.max((long) one.offset + one.counts.length, (long) other.offset + other.counts.length)
                - Math.min(one.offset, other.offset);
    }

    @Override
    public Shape since(Shape earlier) {
        if (!(earlier instanceof ExponentialBuckets other) || scale > other.scale) {
            return this; // an earlier state is never coarser
        }
        ExponentialBuckets added = combined(other, -1);
        boolean later = added.zeroCount >= 0 && Arrays.stream(added.positive.counts).allMatch(count -> count >= 0)
                && Arrays.stream(added.negative.counts).allMatch(count -> count >= 0);
        return later ? added : this;
    }

    @Override
    public Shape without(Shape part) {
        if (!(part instanceof ExponentialBuckets other) || other.scale < scale) {
            return this;
        }
        ExponentialBuckets rest = combined(other, -1);
        return new ExponentialBuckets(rest.scale, rest.zeroThreshold, Math.max(0, rest.zeroCount), rest.positive.notNegative(),
                rest.negative.notNegative());
    }

    /** By powers within a bucket, as the buckets themselves are spread. */
    @Override
    public double quantile(double share) {
        long total = counted();
        if (total == 0) {
            return Double.NaN;
        }
        double rank = share * total;
        double below = 0;
        for (int i = negative.counts.length - 1; i >= 0; i--) {
            long count = negative.counts[i];
            if (count > 0 && below + count >= rank) {
                return -power((long) negative.offset + i + 1 - (rank - below) / count);
            }
            below += count;
        }
        if (zeroCount > 0 && below + zeroCount >= rank) {
            return 0;
        }
        below += zeroCount;
        for (int i = 0; i < positive.counts.length; i++) {
            long count = positive.counts[i];
            if (count > 0 && below + count >= rank) {
                return power((long) positive.offset + i + (rank - below) / count);
            }
            below += count;
        }
        return power((double) positive.offset + positive.counts.length);
    }

    /** The base to this power; exact where it is a power of two. */
    private double power(double exponent) {
        double ofTwo = exponent * Math.pow(2, -scale);
        return ofTwo == Math.rint(ofTwo) && Math.abs(ofTwo) < 1000 ? Math.scalb(1.0, (int) ofTwo) : Math.pow(2, ofTwo);
    }

    @Override
    public Cumulative cumulative() {
        ExponentialBuckets shown = this;
        while (shown.positive.counts.length + shown.negative.counts.length > SHOWN_BUCKETS && shown.scale > MIN_SCALE) {
            shown = shown.at(shown.scale - 1);
        }
        return shown.all();
    }

    private Cumulative all() {
        int zero = zeroCount > 0 || negative.counts.length > 0 ? 1 : 0;
        double[] bounds = new double[negative.counts.length + zero + positive.counts.length];
        long[] below = new long[bounds.length];
        long sum = 0;
        int at = 0;
        for (int i = negative.counts.length - 1; i >= 0; i--) {
            sum += negative.counts[i];
            bounds[at] = -power((double) negative.offset + i);
            below[at++] = sum;
        }
        sum += zeroCount;
        if (zero > 0) {
            bounds[at] = zeroThreshold;
            below[at++] = sum;
        }
        for (int i = 0; i < positive.counts.length; i++) {
            sum += positive.counts[i];
            bounds[at] = power((double) positive.offset + i + 1);
            below[at++] = sum;
        }
        return ascending(bounds, below);
    }

    /** Bounds beyond what a double can hold become 0 or infinite: each is given once, and what has none not at all. */
    private static Cumulative ascending(double[] bounds, long[] below) {
        double[] distinct = new double[bounds.length];
        long[] counts = new long[bounds.length];
        int length = 0;
        for (int i = 0; i < bounds.length && bounds[i] != Double.POSITIVE_INFINITY; i++) {
            if (length > 0 && bounds[i] <= distinct[length - 1]) {
                counts[length - 1] = below[i];
            } else if (bounds[i] > Double.NEGATIVE_INFINITY) {
                distinct[length] = bounds[i];
                counts[length++] = below[i];
            }
        }
        return new Cumulative(Arrays.copyOf(distinct, length), Arrays.copyOf(counts, length));
    }
}
