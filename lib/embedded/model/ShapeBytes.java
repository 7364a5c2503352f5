package embedded.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Shapes as the store keeps them, in big-endian numbers of 4 and 8 bytes. The first is the number of bounds of explicit
 * buckets (as schema 1 wrote it, which knew no others), or one of the negative marks below.
 */
public final class ShapeBytes {
    private static final int EXPONENTIAL = -1;
    private static final int QUANTILES = -2;

    private ShapeBytes() {}

    /** Null for a shape that has nothing to keep. */
    public static byte[] write(Shape shape) {
        if (shape instanceof ExplicitBuckets buckets) {
            ByteBuffer out = buffer(1, buckets.bounds().length + buckets.counts().length);
            out.putInt(buckets.bounds().length);
            doubles(out, buckets.bounds());
            longs(out, buckets.counts());
            return out.array();
        }
        if (shape instanceof ExponentialBuckets buckets) {
            long[] positive = buckets.positive().counts();
            long[] negative = buckets.negative().counts();
            ByteBuffer out = buffer(6, 2 + positive.length + negative.length);
            out.putInt(EXPONENTIAL).putInt(buckets.scale()).putDouble(buckets.zeroThreshold()).putLong(buckets.zeroCount());
            out.putInt(buckets.positive().offset()).putInt(positive.length);
            longs(out, positive);
            out.putInt(buckets.negative().offset()).putInt(negative.length);
            longs(out, negative);
            return out.array();
        }
        if (shape instanceof Quantiles quantiles) {
            ByteBuffer out = buffer(2, quantiles.shares().length * 2);
            out.putInt(QUANTILES).putInt(quantiles.shares().length);
            doubles(out, quantiles.shares());
            doubles(out, quantiles.values());
            return out.array();
        }
        return null;
    }

    public static Shape read(byte[] bytes) {
        if (bytes == null || bytes.length < Integer.BYTES) {
            return NoShape.INSTANCE;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            int first = in.getInt();
            return switch (first) {
                case EXPONENTIAL -> new ExponentialBuckets(in.getInt(), in.getDouble(), in.getLong(), side(in), side(in));
                case QUANTILES -> {
                    int length = in.getInt();
                    yield new Quantiles(doubles(in, length), doubles(in, length));
                }
                default -> {
                    double[] bounds = doubles(in, first);
                    // Schema 1 wrote no counts at all where there were no buckets.
                    yield in.hasRemaining() ? new ExplicitBuckets(bounds, longs(in, first + 1)) : NoShape.INSTANCE;
                }
            };
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IllegalStateException("a stored distribution does not read", e);
        }
    }

    private static ExponentialBuckets.Side side(ByteBuffer in) {
        int offset = in.getInt();
        return new ExponentialBuckets.Side(offset, longs(in, in.getInt()));
    }

    private static ByteBuffer buffer(int ints, int numbers) {
        return ByteBuffer.allocate(ints * Integer.BYTES + numbers * Long.BYTES);
    }

    private static void doubles(ByteBuffer out, double[] numbers) {
        for (double number : numbers) {
            out.putDouble(number);
        }
    }

    private static void longs(ByteBuffer out, long[] numbers) {
        for (long number : numbers) {
            out.putLong(number);
        }
    }

    private static double[] doubles(ByteBuffer in, int length) {
        double[] numbers = new double[length];
        Arrays.setAll(numbers, i -> in.getDouble());
        return numbers;
    }

    private static long[] longs(ByteBuffer in, int length) {
        long[] numbers = new long[length];
        Arrays.setAll(numbers, i -> in.getLong());
        return numbers;
    }
}
