package embedded.model;

import java.util.Arrays;

/**
 * What a summary's sender computed itself. Such numbers cannot be added up: the newer ones stand alone.
 *
 * @param shares 0 to 1, ascending
 * @param values one for each share
 */
public record Quantiles(double[] shares, double[] values) implements Shape {
    @Override
    public long bytes() {
        return 2L * Double.BYTES * shares.length + 64;
    }

    @Override
    public Shape plus(Shape newer) {
        return newer instanceof NoShape ? this : newer;
    }

    /** The sender's own value for this share, or for the next one above it. */
    @Override
    public double quantile(double share) {
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] >= share) {
                return values[i];
            }
        }
        return Double.NaN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantiles that && Arrays.equals(shares, that.shares) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
