package embedded.store;

import java.util.List;

/**
 * One data point.
 *
 * @param start when the sum began, nanoseconds since 1970; 0 when the sender does not say
 * @param time of the measurement, nanoseconds since 1970, clamped
 * @param delta whether it holds what was added since the last point, and not the whole
 * @param value of a gauge or a sum; unused where there is a distribution
 * @param distribution of a histogram; empty otherwise
 */
public record Sample(long start, long time, boolean delta, double value, Distribution distribution, List<ExemplarPoint> exemplars) {

    /** A measurement that leads to its trace; ids in hex, possibly empty. */
    public record ExemplarPoint(double value, long time, String traceId, String spanId) {}

    public Sample {
        exemplars = List.copyOf(exemplars);
    }

    boolean sameReading(Sample other) {
        return Double.compare(value, other.value) == 0 && distribution.equals(other.distribution) && start == other.start;
    }

    /** This delta added to what stood before; it is a sum from the beginning now. */
    Sample onTopOf(Sample before) {
        return new Sample(before.start, Math.max(time, before.time), false, before.value + value,
                before.distribution.plus(distribution), exemplars.isEmpty() ? before.exemplars : exemplars);
    }

    /** A delta that is the first of its series: the sum begins where it begins. */
    Sample asFirst() {
        return new Sample(start, time, false, value, distribution, exemplars);
    }

    Sample withExemplarsOf(Sample before) {
        return exemplars.isEmpty() && !before.exemplars.isEmpty()
                ? new Sample(start, time, delta, value, distribution, before.exemplars) : this;
    }
}
