package embedded.query;

import embedded.model.Distribution;
import embedded.model.MetricKind;
import embedded.model.PointMark;
import embedded.model.Quantiles;
import embedded.model.Sample;
import embedded.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a chart shows of the series of one metric that are of the same kind and unit and have the same attributes: whichever
 * processes sent them, where they can be added up.
 */
public final class SeriesLine {
    /** The label by which series are told apart that are alike and cannot be added up, as in the text for Prometheus. */
    private static final String SERIES = SampleLabels.SERIES;

    private Key key;
    private final double[] values;
    private final Distribution[] steps;
    private Distribution whole = Distribution.EMPTY;
    private boolean hasDistribution;
    private int marks;
    private long notFinite;

    /**
     * @param level whether a point is the value, and not what a counter has reached
     * @param series the one that it is of; empty where those of several processes are added up
     */
    record Key(MetricKind kind, String unit, boolean level, SortedMap<String, String> attributes, String series) {
        /** The same without what tells it from others that are alike. */
        Key alike() {
            return new Key(kind, unit, level, attributes, "");
        }
    }

    SeriesLine(Key key, int steps) {
        this.key = key;
        this.values = new double[steps];
        this.steps = new Distribution[steps];
        Arrays.fill(values, Double.NaN);
    }

    /**
     * Adds a point.
     *
     * @param before the one before it of the same stream; null when it is the first
     */
    void add(int step, Sample before, Sample now) {
        double reached = reading(key.kind, now);
        if (key.level) {
            marks |= now.marks();
            notFinite += Double.isFinite(reached) ? 0 : 1;
            values[step] = reached;
        } else {
            grown(step, now.since(before), Double.isFinite(reached) ? 0 : 1);
        }
    }

    /**
     * Adds what was counted within a step.
     *
     * @param points of it, that were no finite number
     */
    void grown(int step, Sample more, long points) {
        marks |= more.marks();
        notFinite += points;
        if (key.kind.hasDistribution()) {
            distribution(step, more.distribution());
        }
        double counted = reading(key.kind, more);
        if (Double.isFinite(counted)) {
            values[step] = (Double.isNaN(values[step]) ? 0 : values[step]) + counted;
        }
    }

    private void distribution(int step, Distribution added) {
        hasDistribution = true;
        if (added.count() > 0) {
            steps[step] = steps[step] == null ? added : steps[step].plus(added);
            whole = whole.plus(added);
        }
    }

    Key key() {
        return key;
    }

    /** Lines that are alike: gauges and summaries of several processes cannot be added up and are told apart. */
    static List<SeriesLine> apart(List<SeriesLine> alike) {
        if (alike.size() > 1) {
            alike.forEach(SeriesLine::tellApart);
        }
        return alike;
    }

    /**
     * Adds the level of another process: levels of several are one level together, each counting from its last word until it has
     * been silent for so many steps.
     */
    void plus(SeriesLine other, int silentSteps) {
        marks |= other.marks;
        notFinite += other.notFinite;
        double last = Double.NaN;
        int silent = 0;
        for (int step = 0; step < values.length; step++) {
            silent = Double.isNaN(other.values[step]) ? silent + 1 : 0;
            last = silent == 0 ? other.values[step] : silent > silentSteps ? Double.NaN : last;
            if (!Double.isNaN(last)) {
                values[step] = Double.isNaN(values[step]) ? last : values[step] + last;
            }
        }
    }

    private void tellApart() {
        SortedMap<String, String> own = new TreeMap<>(key.attributes);
        own.put(SERIES, key.series);
        key = new Key(key.kind, key.unit, key.level, own, key.series);
    }

    /** About how many bytes its distributions hold. */
    long bytes() {
        return whole.shape().bytes() + Arrays.stream(steps).filter(Objects::nonNull).mapToLong(step -> step.shape().bytes()).sum();
    }

    private static double reading(MetricKind kind, Sample sample) {
        return kind.hasDistribution() ? sample.distribution().count() : sample.value();
    }

    /**
     * As the page reads it. Of a distribution the values are counts; beside them stand the median and the 95th percentile of each
     * step, and the buckets or quantiles of all steps together.
     */
    public Map<String, Object> asMap() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("attributes", key.attributes);
        line.put("kind", key.kind.word());
        line.put("unit", key.unit);
        line.put("values", values);
        line.put("marks", Stream.of(PointMark.values()).filter(mark -> (marks & mark.bit) != 0).map(SeriesLine::word).toList());
        line.put("notFinite", notFinite);
        if (hasDistribution) {
            line.put("median", quantile(0.5));
            line.put("p95", quantile(0.95));
            line.put("distribution", distribution());
        }
        return line;
    }

    /** {@code TIME_MISSING} is {@code timeMissing}. */
    private static String word(PointMark mark) {
        StringBuilder word = new StringBuilder();
        for (String part : mark.name().toLowerCase(Locale.ROOT).split("_")) {
            word.append(word.length() == 0 ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return word.toString();
    }

    private double[] quantile(double share) {
        return Arrays.stream(steps).mapToDouble(step -> step == null ? Double.NaN : step.quantile(share)).toArray();
    }

    private Map<String, Object> distribution() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("count", whole.count());
        OptionalDouble sum = whole.sum();
        all.put("sum", sum.isPresent() ? sum.getAsDouble() : null);
        Shape shape = whole.shape();
        if (shape instanceof Quantiles quantiles) {
            all.put("quantiles", pairs("share", quantiles.shares(), "value", quantiles.values()));
        } else {
            Shape.Cumulative buckets = shape.cumulative();
            all.put("buckets", pairs("upTo", buckets.bounds(), "count",
                    Arrays.stream(buckets.counts()).asDoubleStream().toArray()));
        }
        return all;
    }

    private static List<Map<String, Object>> pairs(String one, double[] ones, String other, double[] others) {
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (int i = 0; i < ones.length; i++) {
            Map<String, Object> pair = new LinkedHashMap<>();
            pair.put(one, ones[i]);
            pair.put(other, others[i]);
            pairs.add(pair);
        }
        return pairs;
    }
}
