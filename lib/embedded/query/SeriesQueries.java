package embedded.query;

import embedded.Json;
import embedded.Nanos;
import embedded.store.Bind;
import embedded.store.Distribution;
import embedded.store.LiveSeries;
import embedded.store.MetricKind;
import embedded.store.PointRow;
import embedded.store.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Reads metrics back over time. What a counter grew by is exact also for processes that lived for seconds: a series begins
 * at nothing, so its first value counts whole, which Prometheus' {@code increase()} cannot do.
 */
public final class SeriesQueries {
    /** A series that has been silent for so long before a chart begins has nothing in it; clocks may be ahead by minutes. */
    private static final long SILENT_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private final Connection connection;
    private final Timeline timeline;

    public SeriesQueries(Connection connection, Timeline timeline) {
        this.connection = connection;
        this.timeline = timeline;
    }

    /** A stream of a series: its points within the timeline, and the last one before it, by time. */
    private record History(SortedMap<String, String> attributes, MetricKind kind, boolean level, List<Sample> samples) {}

    /** How much a counter grew in each step, by the values of an attribute; by {@code ""} when no attribute is given. */
    SortedMap<String, double[]> increase(String metric, String attribute) throws SQLException {
        return increase(metric, attribute, attributes -> true);
    }

    /** The same of the series whose attributes are meant. */
    SortedMap<String, double[]> increase(String metric, String attribute, Predicate<Map<String, String>> meant)
            throws SQLException {
        SortedMap<String, double[]> growth = new TreeMap<>();
        for (History history : histories(metric)) {
            if (!meant.test(history.attributes)) {
                continue;
            }
            double[] steps = growth.computeIfAbsent(history.attributes.getOrDefault(attribute, ""), v ->
                    new double[timeline.steps()]);
            steps(history, (step, both) -> {
                double before = both.before == null || both.now.value() < both.before.value() ? 0 : both.before.value();
                steps[step] += both.now.value() - before;
            });
        }
        return growth;
    }

    /** What a histogram counted in each step, by the values of an attribute. */
    SortedMap<String, Distribution[]> counted(String metric, String attribute) throws SQLException {
        SortedMap<String, Distribution[]> counted = new TreeMap<>();
        for (History history : histories(metric)) {
            add(history, counted.computeIfAbsent(history.attributes.getOrDefault(attribute, ""),
                    v -> new Distribution[timeline.steps()]));
        }
        return counted;
    }

    /** The highest sum over all series within each step; a series counts until it has been silent for its expiry. */
    double[] level(String metric) throws SQLException {
        SortedMap<Long, Double> changes = new TreeMap<>();
        for (History history : histories(metric)) {
            List<Sample> samples = history.samples;
            for (int i = 0; i < samples.size(); i++) {
                long from = Nanos.toMillis(samples.get(i).time());
                long to = i + 1 < samples.size() ? Nanos.toMillis(samples.get(i + 1).time()) : from
                        + LiveSeries.EXPIRY_MILLIS;
                changes.merge(from, samples.get(i).value(), Double::sum);
                changes.merge(to, -samples.get(i).value(), Double::sum);
            }
        }
        double[] level = new double[timeline.steps()];
        double sum = changes.headMap(timeline.fromMillis()).values().stream().mapToDouble(Double::doubleValue).sum();
        for (int step = 0; step < level.length; step++) {
            long begin = timeline.fromMillis() + step * timeline.stepMillis();
            level[step] = sum;
            for (double change : changes.subMap(begin, begin + timeline.stepMillis()).values()) {
                sum += change;
                level[step] = Math.max(level[step], sum);
            }
        }
        return level;
    }

    /**
     * A metric by its attributes, whichever process sent it: gauges by their last value, counters and histograms by what
     * they grew in each step.
     */
    public List<SeriesLine> lines(String metric, int limit) throws SQLException {
        Map<SortedMap<String, String>, SeriesLine> all = new LinkedHashMap<>();
        for (History history : histories(metric)) {
            if (all.size() < limit || all.containsKey(history.attributes)) {
                SeriesLine line = all.computeIfAbsent(history.attributes, same -> new SeriesLine(same, timeline.steps()));
                steps(history, (step, both) -> line.add(step, history.kind, history.level, both.before, both.now));
            }
        }
        return List.copyOf(all.values());
    }

    private void add(History history, Distribution[] counted) {
        steps(history, (step, both) -> {
            Distribution now = both.now.distribution();
            Distribution added = both.before == null ? now : now.since(both.before.distribution());
            if (added.count() > 0) {
                counted[step] = counted[step] == null ? added : counted[step].plus(added);
            }
        });
    }

    private record Pair(Sample before, Sample now) {}

    private void steps(History history, BiConsumer<Integer, Pair> each) {
        Sample before = null;
        for (Sample now : history.samples) {
            int step = timeline.step(Nanos.toMillis(now.time()));
            if (step >= 0) {
                each.accept(step, new Pair(before, now));
            }
            before = now;
        }
    }

    private List<History> histories(String metric) throws SQLException {
        List<History> histories = new ArrayList<>();
        try (PreparedStatement series = connection.prepareStatement("SELECT id, kind, monotonic, attributes FROM series"
                    + " WHERE name = ? AND updated >= ? ORDER BY id");
                PreparedStatement nextStart = connection.prepareStatement("SELECT min(start) FROM point WHERE series = ?"
                    + " AND start > ?");
                PreparedStatement points = connection.prepareStatement("SELECT " + PointRow.COLUMNS + " FROM point"
                    + " WHERE series = ?1 AND start = ?2 AND time >= coalesce((SELECT max(time) FROM point WHERE series = ?1"
                    + " AND start = ?2 AND time < ?3), ?3) AND time < ?4 ORDER BY time");
                ResultSet row = Bind.to(series, metric, timeline.fromMillis() - SILENT_MILLIS).executeQuery()) {
            while (row.next()) {
                long id = row.getLong("id");
                MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                boolean level = kind == MetricKind.GAUGE || kind == MetricKind.SUM && !row.getBoolean("monotonic");
                SortedMap<String, String> attributes = Json.readStrings(row.getString("attributes"));
                for (long start = Bind.number(Bind.to(nextStart, id, -1), -1); start >= 0;
                        start = Bind.number(Bind.to(nextStart, id, start), -1)) {
                    Bind.to(points, id, start, timeline.fromMillis(), timeline.toMillis());
                    histories.add(new History(attributes, kind, level, samples(points, kind)));
                }
            }
        }
        return histories;
    }

    private static List<Sample> samples(PreparedStatement points, MetricKind kind) throws SQLException {
        List<Sample> samples = new ArrayList<>();
        try (ResultSet row = points.executeQuery()) {
            while (row.next()) {
                samples.add(PointRow.sample(row, kind));
            }
        }
        return samples;
    }

    /** All metrics that are known: name, unit, what they are, how many series, and when the last point came. */
    public static List<Map<String, Object>> catalog(Connection connection) throws SQLException {
        List<Map<String, Object>> metrics = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT name, unit, kind, max(monotonic) AS monotonic,"
                + " max(description) AS description, count(*) AS series,"
                + " max((SELECT max(time) FROM point WHERE series = series.id)) AS last"
                + " FROM series GROUP BY name, unit, kind ORDER BY name");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Map<String, Object> metric = new LinkedHashMap<>();
                MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                metric.put("name", row.getString("name"));
                metric.put("unit", row.getString("unit"));
                metric.put("kind", kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
                metric.put("description", row.getString("description"));
                metric.put("series", row.getLong("series"));
                metric.put("lastMs", row.getLong("last"));
                metric.put("prometheus", PrometheusNames.metric(row.getString("name"), row.getString("unit"), kind,
                        row.getBoolean("monotonic")));
                metrics.add(metric);
            }
        }
        return metrics;
    }
}
