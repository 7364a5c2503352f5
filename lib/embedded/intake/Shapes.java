package embedded.intake;

import embedded.model.ExplicitBuckets;
import embedded.model.ExponentialBuckets;
import embedded.model.NoShape;
import embedded.model.Quantiles;
import embedded.model.Shape;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Reads OTLP's three forms of distributions; {@link IllegalArgumentException} says why one cannot be meant. */
final class Shapes {
    private static final int MAX_BUCKETS = 4096;
    /** Powers of two beyond these are no doubles. */
    private static final double MAX_EXPONENT = 1100;

    private Shapes() {}

    static Shape explicit(List<Double> boundsList, List<Long> countsList) {
        if (countsList.isEmpty()) {
            return NoShape.INSTANCE;
        }
        double[] bounds = boundsList.stream().mapToDouble(Double::doubleValue).toArray();
        long[] counts = countsList.stream().mapToLong(Long::longValue).toArray();
        require(counts.length == bounds.length + 1, "a histogram of " + bounds.length + " bounds needs "
                + (bounds.length + 1) + " buckets, not " + counts.length);
        require(counts.length <= MAX_BUCKETS, "a histogram may have up to " + MAX_BUCKETS + " buckets");
        requireCounts(counts);
        for (int i = 0; i < bounds.length; i++) {
            require(i == 0 ? !Double.isNaN(bounds[0]) : bounds[i] > bounds[i - 1], "the bounds of a histogram must ascend");
        }
        int last = bounds.length - 1;
        if (last >= 0 && bounds[last] == Double.POSITIVE_INFINITY) {
            // Some write down the bound that every last bucket has anyway.
            counts[last] += counts[last + 1];
            return new ExplicitBuckets(Arrays.copyOf(bounds, last), Arrays.copyOf(counts, last + 1));
        }
        return new ExplicitBuckets(bounds, counts);
    }

    static Shape exponential(ExponentialHistogramDataPoint point) {
        int scale = point.getScale();
        require(scale >= ExponentialBuckets.MIN_SCALE && scale <= ExponentialBuckets.MAX_SCALE,
                "the scale of an exponential histogram lies between " + ExponentialBuckets.MIN_SCALE + " and "
                + ExponentialBuckets.MAX_SCALE + ", not at " + scale);
        require(point.getZeroCount() >= 0, "a count above 2^63");
        require(point.getZeroThreshold() >= 0, "a zero threshold below 0");
        return new ExponentialBuckets(scale, point.getZeroThreshold(), point.getZeroCount(),
                side(point.getPositive(), scale), side(point.getNegative(), scale));
    }

    private static ExponentialBuckets.Side side(ExponentialHistogramDataPoint.Buckets buckets, int scale) {
        long[] counts = buckets.getBucketCountsList().stream().mapToLong(Long::longValue).toArray();
        requireCounts(counts);
        int first = 0;
        int end = counts.length;
        while (first < end && counts[first] == 0) {
            first++;
        }
        while (end > first && counts[end - 1] == 0) {
            end--;
        }
        if (first == end) {
            return ExponentialBuckets.Side.EMPTY;
        }
        require(end - first <= MAX_BUCKETS, "an exponential histogram may have up to " + MAX_BUCKETS + " buckets");
        double width = Math.pow(2, -scale);
        require(Math.abs(((double) buckets.getOffset() + first) * width) <= MAX_EXPONENT
                && Math.abs(((double) buckets.getOffset() + end) * width) <= MAX_EXPONENT,
                "a bucket of an exponential histogram lies beyond all numbers");
        return new ExponentialBuckets.Side(buckets.getOffset() + first, Arrays.copyOfRange(counts, first, end));
    }

    static Shape quantiles(List<SummaryDataPoint.ValueAtQuantile> values) {
        require(values.size() <= MAX_BUCKETS, "a summary may have up to " + MAX_BUCKETS + " quantiles");
        List<SummaryDataPoint.ValueAtQuantile> sorted = values.stream()
                .sorted(Comparator.comparingDouble(SummaryDataPoint.ValueAtQuantile::getQuantile)).toList();
        double[] shares = sorted.stream().mapToDouble(SummaryDataPoint.ValueAtQuantile::getQuantile).toArray();
        for (int i = 0; i < shares.length; i++) {
            require(shares[i] >= 0 && shares[i] <= 1 && (i == 0 || shares[i] > shares[i - 1]),
                    "the quantiles of a summary lie between 0 and 1, each once");
        }
        return shares.length == 0 ? NoShape.INSTANCE : new Quantiles(shares,
                sorted.stream().mapToDouble(SummaryDataPoint.ValueAtQuantile::getValue).toArray());
    }

    private static void requireCounts(long[] counts) {
        for (long count : counts) {
            require(count >= 0, "a count above 2^63");
        }
    }

    private static void require(boolean allowed, String why) {
        if (!allowed) {
            throw new IllegalArgumentException(why);
        }
    }
}
