package embedded.query;

import embedded.Rejection;
import embedded.model.Quantiles;
import embedded.model.Sample;
import embedded.model.SeriesKey;
import embedded.model.Shape;
import embedded.store.LiveSeries;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last values of all live series as text for Prometheus: format 0.0.4, or OpenMetrics 1.0 with exemplars and start times
 * when that is asked for. What a name and a label are is in {@link MetricFamily} and {@link SampleLabels}; here it is written.
 */
public final class Exposition {
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    public static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final Set<String> TARGET_NAMES = Set.of("target", "target_info");
    private static final double NANOS_PER_SECOND = 1e9;

    /** Of a piece of the text. */
    private static final int PIECE_CHARS = 256 << 10;

    private final boolean openMetrics;
    private final Pieces pieces;
    private final StringBuilder out = new StringBuilder(16 << 10);

    /** Takes the text piece by piece: a histogram of a hundred bytes a bucket is a megabyte of text. */
    @FunctionalInterface
    public interface Pieces {
        /** @throws Rejection when there is no room for it */
        void add(String piece) throws Rejection;
    }

    private Exposition(boolean openMetrics, Pieces pieces) {
        this.openMetrics = openMetrics;
        this.pieces = pieces;
    }

    /** Everything that was heard of lately. */
    public static void write(LiveSeries live, long nowMillis, boolean openMetrics, Pieces pieces) throws Rejection {
        write(live.at(nowMillis), live.silentAt(nowMillis), openMetrics, pieces);
    }

    static void write(List<LiveSeries.Reading> live, List<LiveSeries.Reading> silent, boolean openMetrics, Pieces pieces)
            throws Rejection {
        Exposition exposition = new Exposition(openMetrics, pieces);
        for (MetricFamily family : MetricFamily.of(live, silent, TARGET_NAMES)) {
            exposition.family(family);
        }
        exposition.targetInfo(live);
        if (openMetrics) {
            exposition.out.append("# EOF\n");
        }
        pieces.add(exposition.out.toString());
    }

    private void give() throws Rejection {
        if (out.length() >= PIECE_CHARS) {
            pieces.add(out.toString());
            out.setLength(0);
        }
    }

    private void family(MetricFamily family) throws Rejection {
        boolean counter = family.type() == MetricFamily.Type.COUNTER;
        // OpenMetrics names the family of a counter without its suffix.
        String name = counter && !openMetrics ? family.name() + "_total" : family.name();
        head(name, family.type().word(), family.help());
        for (MetricFamily.Line line : family.series().values()) {
            switch (family.type()) {
                case COUNTER -> {
                    value(family.name() + "_total", line.labels(), line.sample().value());
                    exemplar(line.sample().exemplars(), Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
                    out.append('\n');
                    created(family.name(), line);
                }
                case GAUGE -> sample(family.name(), line.labels(), line.sample().value());
                case HISTOGRAM -> histogram(family.name(), line);
                case SUMMARY -> summary(family.name(), line);
            }
        }
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(escaped(help, openMetrics)).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void histogram(String name, MetricFamily.Line line) throws Rejection {
        Sample sample = line.sample();
        Shape.Cumulative cumulative = sample.distribution().shape().cumulative();
        double lower = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < cumulative.bounds().length; i++) {
            double bound = cumulative.bounds()[i];
            bucket(name, line, bound, cumulative.counts()[i], lower);
            lower = bound;
        }
        bucket(name, line, Double.POSITIVE_INFINITY, sample.distribution().counted(), lower);
        boolean negative = cumulative.bounds().length > 0 && cumulative.bounds()[0] < 0;
        sumAndCount(name, line, negative);
        created(name, line);
    }

    private void bucket(String name, MetricFamily.Line line, double bound, long below, double lower) throws Rejection {
        value(name + "_bucket", line.labels(), "le", number(bound), below);
        exemplar(line.sample().exemplars(), lower, bound);
        out.append('\n');
    }

    private void summary(String name, MetricFamily.Line line) throws Rejection {
        if (line.sample().distribution().shape() instanceof Quantiles quantiles) {
            for (int i = 0; i < quantiles.shares().length; i++) {
                if (openMetrics && quantiles.values()[i] < 0) {
                    continue; // OpenMetrics allows no negative ones
                }
                value(name, line.labels(), "quantile", Double.toString(quantiles.shares()[i]), quantiles.values()[i]);
                out.append('\n');
            }
        }
        sumAndCount(name, line, false);
        created(name, line);
    }

    /**
     * No sum is no sum. OpenMetrics lets a sum only grow: it has none where measurements may be negative, and then no count
     * either, which stands in the last bucket.
     */
    private void sumAndCount(String name, MetricFamily.Line line, boolean negative) throws Rejection {
        double sum = line.sample().distribution().sum().orElse(Double.NaN);
        boolean hasSum = line.sample().distribution().sum().isPresent();
        boolean grows = hasSum && sum >= 0 && !negative;
        if (hasSum && (grows || !openMetrics)) {
            sample(name + "_sum", line.labels(), sum);
        }
        if (grows || !openMetrics) {
            sample(name + "_count", line.labels(), line.sample().distribution().counted());
        }
    }

    /** When a sum began, so that a reader knows a new one; only OpenMetrics has a place for it. */
    private void created(String name, MetricFamily.Line line) throws Rejection {
        if (openMetrics && line.sample().start() > 0) {
            sample(name + "_created", line.labels(), line.sample().start() / NANOS_PER_SECOND);
        }
    }

    private void sample(String name, SortedMap<String, String> labels, double value) throws Rejection {
        value(name, labels, value);
        out.append('\n');
    }

    private void value(String name, SortedMap<String, String> labels, double value) throws Rejection {
        value(name, labels, "", "", value);
    }

    /** @param last a label that stands behind the others; empty for none */
    private void value(String name, SortedMap<String, String> labels, String last, String lastValue, double value)
            throws Rejection {
        give();
        out.append(name);
        String comma = "{";
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out.append(comma).append(label.getKey()).append("=\"").append(escaped(label.getValue(), true))
                    .append('"');
            comma = ",";
        }
        if (!last.isEmpty()) {
            out.append(comma).append(last).append("=\"").append(lastValue).append('"');
        }
        out.append(labels.isEmpty() && last.isEmpty() ? "" : "}").append(' ').append(number(value));
    }

    /** The newest measurement within these bounds that leads to a trace. */
    private void exemplar(List<Sample.ExemplarPoint> exemplars, double lower, double upper) {
        if (openMetrics) {
            exemplars.stream().filter(e -> e.value() > lower && e.value() <= upper && !e.traceId().isEmpty())
                    .max(Comparator.comparingLong(Sample.ExemplarPoint::time))
                    .ifPresent(e -> out.append(" # {trace_id=\"").append(e.traceId()).append("\",span_id=\"")
                            .append(e.spanId()).append("\"} ").append(number(e.value())).append(' ')
                            .append(number(e.time() / NANOS_PER_SECOND)));
        }
    }

    /** One for each job and instance: of two resources that call themselves the same, the one that spoke last. */
    private void targetInfo(List<LiveSeries.Reading> readings) throws Rejection {
        Map<String, SeriesKey> targets = new TreeMap<>();
        readings.stream().sorted(Comparator.comparingLong(LiveSeries.Reading::arrivedMillis)
                        .thenComparingLong(LiveSeries.Reading::id))
                .forEach(reading -> targets.put(SampleLabels.identity(reading.key()).toString(), reading.key()));
        targets.values().removeIf(key -> SampleLabels.target(key).isEmpty());
        if (!targets.isEmpty()) {
            head(openMetrics ? "target" : "target_info", openMetrics ? "info" : "gauge", "Target metadata");
            for (SeriesKey key : targets.values()) {
                sample("target_info", SampleLabels.target(key), 1);
            }
        }
    }

    private static String number(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "+Inf";
        }
        if (value == Double.NEGATIVE_INFINITY) {
            return "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }

    private static String escaped(String text, boolean quotes) {
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n");
        return quotes ? escaped.replace("\"", "\\\"") : escaped;
    }
}
