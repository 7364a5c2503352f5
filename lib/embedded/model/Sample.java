package embedded.model;

import embedded.Nanos;
import java.util.List;

/**
 * One data point.
 *
 * @param start when the sum began, nanoseconds since 1970; 0 when the sender does not say
 * @param time of the measurement, nanoseconds since 1970; 0 when the sender does not say
 * @param delta whether it holds what was added since the last point, and not the whole
 * @param value of a gauge or a sum, possibly NaN; unused where there is a distribution
 * @param distribution of a histogram or a summary; empty otherwise
 * @param marks what a person should know about its times, see {@link PointMark}
 */
public record Sample(long start, long time, boolean delta, double value, Distribution distribution,
        List<ExemplarPoint> exemplars, int marks) {

    private static final long OBJECT_BYTES = 160;
    private static final long EXEMPLAR_BYTES = 200;

    /** A measurement that leads to its trace; ids in hex, possibly empty. */
    public record ExemplarPoint(double value, long time, String traceId, String spanId) {}

    public Sample {
        exemplars = List.copyOf(exemplars);
    }

    public Sample(long start, long time, boolean delta, double value, Distribution distribution,
            List<ExemplarPoint> exemplars) {
        this(start, time, delta, value, distribution, exemplars, 0);
    }

    /** About how many bytes it holds. */
    public long bytes() {
        return OBJECT_BYTES + EXEMPLAR_BYTES * exemplars.size() + distribution.shape().bytes();
    }

    public boolean sameReading(Sample other) {
        return Double.compare(value, other.value) == 0 && distribution.equals(other.distribution) && start == other.start;
    }

    /** Both sums together, as of the later time, since the earlier start. */
    public Sample plus(Sample other) {
        Sample newer = other.time >= time ? other : this;
        Sample older = newer == this ? other : this;
        return new Sample(Nanos.earlier(start, other.start), newer.time, false, value + other.value,
                older.distribution.plus(newer.distribution),
                newer.exemplars.isEmpty() ? older.exemplars : newer.exemplars, marks | other.marks);
    }

    /** This delta added to what stood before; it is a sum from the beginning now. */
    public Sample onTopOf(Sample before) {
        Sample sum = plus(before);
        return new Sample(before.start, Math.max(time, before.time), false, sum.value, sum.distribution, sum.exemplars, marks);
    }

    /**
     * What was counted since an earlier sample of the same stream. A sum that falls has begun again, so all of it is new.
     *
     * @param before null when this is the first: a stream begins at nothing
     */
    public Sample since(Sample before) {
        return before == null ? this : new Sample(start, time, false, value < before.value ? value : value - before.value,
                distribution.since(before.distribution), List.of(), marks);
    }

    public Sample at(long newStart, long newTime, int newMarks) {
        return new Sample(newStart, newTime, false, value, distribution, exemplars, newMarks);
    }

    public Sample withExemplarsOf(Sample before) {
        return exemplars.isEmpty() && !before.exemplars.isEmpty()
                ? new Sample(start, time, delta, value, distribution, before.exemplars, marks) : this;
    }

    public boolean isMarked(PointMark mark) {
        return (marks & mark.bit) != 0;
    }
}
