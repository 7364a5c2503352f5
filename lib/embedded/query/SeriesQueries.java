package embedded.query;

import embedded.Json;
import embedded.Nanos;
import embedded.model.Distribution;
import embedded.model.MetricKind;
import embedded.model.PointRow;
import embedded.model.Sample;
import embedded.model.ShapeBytes;
import embedded.store.Bind;
import embedded.store.LiveSeries;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads metrics back over time. What a counter grew by is exact also for processes that lived for seconds: a series begins
 * at nothing, so its first value counts whole, which Prometheus' {@code increase()} cannot do.
 */
public final class SeriesQueries {
    /** A series that has been silent for so long before a chart begins has nothing in it; clocks may be ahead by minutes. */
    private static final long SILENT_MILLIS = TimeUnit.MINUTES.toMillis(10);
    /** What one answer may hold: changes of a level, bytes of distributions, characters of the catalogue. */
    private static final int MOST_CHANGES = 200_000;
    private static final long MOST_BYTES = 16L << 20;
    private static final long MOST_CATALOG_CHARS = 4L << 20;

    private final Connection connection;
    private final Timeline timeline;

    public SeriesQueries(Connection connection, Timeline timeline) {
        this.connection = connection;
        this.timeline = timeline;
    }

    /** A stream of a series. */
    private record Stream(SeriesLine.Key key, String series) {
        /** Where it stands on a chart: what can be added up stands together. */
        SeriesLine.Key line() {
            boolean apart = key.level() || key.kind() == MetricKind.SUMMARY;
            return new SeriesLine.Key(key.kind(), key.unit(), key.level(), key.attributes(), apart ? series : "");
        }
    }

    /** Takes the points of one stream as they are read: of ten thousand series they have no place in memory together. */
    private interface Reading {
        /** @param before null for the first */
        void point(Sample before, Sample now);

        /** @param last null when there was none */
        @SuppressWarnings("UnusedVariable") // most have nothing to do at the end
        default void end(Sample last) {}
    }

    /** Within the steps of the timeline. */
    @FunctionalInterface
    private interface Steps {
        void point(int step, Sample before, Sample now);
    }

    private Reading stepwise(Steps steps) {
        return (before, now) -> {
            int step = timeline.step(Nanos.toMillis(now.time()));
            if (step >= 0) {
                steps.point(step, before, now);
            }
        };
    }

    /** The highest sum over all series within each step; a series counts until it has been silent for its expiry. */
    double[] level(String metric) throws SQLException {
        SortedMap<Long, Double> changes = new TreeMap<>();
        read(metric, "", stream -> changes.size() > MOST_CHANGES ? Optional.empty() : Optional.of(new Reading() {
            @Override
            public void point(Sample before, Sample now) {
                changes.merge(Nanos.toMillis(now.time()), now.value() - (before == null ? 0 : before.value()), Double::sum);
            }

            @Override
            public void end(Sample last) {
                if (last != null) {
                    changes.merge(Nanos.toMillis(last.time()) + LiveSeries.EXPIRY_MILLIS, -last.value(), Double::sum);
                }
            }
        }));
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
        Lines found = new Lines(limit);
        if (timeline.isOfHours()) {
            hours(metric, found);
        }
        read(metric, timeline.isOfHours() ? " AND NOT " + Growth.COUNTS : "", stream ->
                found.line(stream.line()).map(line -> stepwise(line::add)));
        Map<SeriesLine.Key, SeriesLine> all = found.all;
        Map<SeriesLine.Key, List<SeriesLine>> alike = new LinkedHashMap<>();
        all.values().forEach(line -> alike.computeIfAbsent(line.key().alike(), key -> new ArrayList<>()).add(line));
        int silent = (int) Math.max(1, LiveSeries.EXPIRY_MILLIS / timeline.stepMillis());
        return alike.values().stream().flatMap(lines -> SeriesLine.apart(lines, silent).stream()).toList();
    }

    /** Lines up to a bound on their number and on what they hold. */
    private final class Lines {
        private final Map<SeriesLine.Key, SeriesLine> all = new LinkedHashMap<>();
        private final int limit;

        Lines(int limit) {
            this.limit = limit;
        }

        /** Empty for a new one for which there is no room. */
        Optional<SeriesLine> line(SeriesLine.Key key) {
            SeriesLine known = all.get(key);
            if (known == null && all.size() < limit
                    && all.values().stream().mapToLong(SeriesLine::bytes).sum() <= MOST_BYTES) {
                known = new SeriesLine(key, timeline.steps());
                all.put(key, known);
            }
            return Optional.ofNullable(known);
        }
    }

    /** What counts, from the hours that are counted already. */
    private void hours(String metric, Lines lines) throws SQLException {
        try (PreparedStatement hours = connection.prepareStatement("SELECT f.kind, f.unit, f.attributes, g.hour, g.value,"
                    + " g.unknown, g.count, g.buckets, g.marks FROM family f CROSS JOIN growth g ON g.family = f.id"
                    + " WHERE f.name = ? AND g.hour >= ? AND g.hour < ? ORDER BY f.id, g.hour");
                ResultSet row = Bind.to(hours, metric, timeline.fromHour(), timeline.toHour()).executeQuery()) {
            while (row.next()) {
                MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                Optional<SeriesLine> line = lines.line(new SeriesLine.Key(kind, row.getString("unit"), false,
                        Json.readStrings(row.getString("attributes")), ""));
                if (line.isPresent()) {
                    long at = Timeline.hourMillis(row.getLong("hour"));
                    line.get().grown(timeline.step(at), counted(row, kind), kind.hasDistribution() ? 0 : row.getLong("unknown"));
                }
            }
        }
    }

    private static Sample counted(ResultSet row, MetricKind kind) throws SQLException {
        double value = row.getDouble("value");
        boolean unknown = row.wasNull() || kind.hasDistribution() && row.getLong("unknown") > 0;
        Distribution distribution = kind.hasDistribution() ? new Distribution(row.getLong("count"),
                unknown ? OptionalDouble.empty() : OptionalDouble.of(value), ShapeBytes.read(row.getBytes("buckets")))
                : Distribution.EMPTY;
        return new Sample(0, 0, false, unknown ? Double.NaN : value, distribution, List.of(), row.getInt("marks"));
    }

    /**
     * Reads a metric stream by stream: the points within the timeline, and the last one before it, by time.
     *
     * @param which a condition on families {@code f}, or nothing
     * @param wanted what is to become of a stream's points; empty to pass it over
     */
    private void read(String metric, String which, Function<Stream, Optional<Reading>> wanted) throws SQLException {
        try (PreparedStatement series = connection.prepareStatement("SELECT s.id, f.kind, f.unit, f.monotonic, f.attributes,"
                    + " lower(hex(substr(s.key, 1, 4))) AS series FROM family f JOIN series s ON s.family = f.id"
                    + " WHERE f.name = ? AND s.updated >= ?" + which + " ORDER BY s.id");
                PreparedStatement nextStart = connection.prepareStatement("SELECT min(start) FROM point WHERE series = ?"
                    + " AND start > ?");
                PreparedStatement points = connection.prepareStatement("SELECT " + PointRow.COLUMNS + " FROM point"
                    + " WHERE series = ?1 AND start = ?2 AND time >= coalesce((SELECT max(time) FROM point WHERE series = ?1"
                    + " AND start = ?2 AND time < ?3), ?3) AND time < ?4 ORDER BY time");
                ResultSet row = Bind.to(series, metric, timeline.fromMillis() - SILENT_MILLIS).executeQuery()) {
            String before = "";
            SortedMap<String, String> attributes = new TreeMap<>();
            while (row.next()) {
                long id = row.getLong("id");
                MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                boolean level = kind == MetricKind.GAUGE || kind == MetricKind.SUM && !row.getBoolean("monotonic");
                // Of a run's series many follow each other with the same.
                String text = row.getString("attributes");
                attributes = text.equals(before) ? attributes : Json.readStrings(text);
                before = text;
                Stream stream = new Stream(new SeriesLine.Key(kind, row.getString("unit"), level, attributes, ""),
                        row.getString("series"));
                for (long start = Bind.number(Bind.to(nextStart, id, -1), -1); start >= 0;
                        start = Bind.number(Bind.to(nextStart, id, start), -1)) {
                    Optional<Reading> reading = wanted.apply(stream);
                    if (reading.isEmpty()) {
                        break;
                    }
                    Bind.to(points, id, start, timeline.fromMillis(), timeline.toMillis());
                    points(points, kind, reading.get());
                }
            }
        }
    }

    private static void points(PreparedStatement points, MetricKind kind, Reading reading) throws SQLException {
        Sample before = null;
        try (ResultSet row = points.executeQuery()) {
            while (row.next()) {
                Sample now = PointRow.sample(row, kind);
                reading.point(before, now);
                before = now;
            }
        }
        reading.end(before);
    }

    /** All metrics that are known: name, unit, what they are, how many series, and about when the last point came. */
    public static List<Map<String, Object>> catalog(Connection connection) throws SQLException {
        List<Map<String, Object>> metrics = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT f.name, f.unit, f.kind, max(f.monotonic) AS monotonic,"
                + " max(f.description) AS description, count(*) AS series, max(s.updated) AS last"
                + " FROM family f CROSS JOIN series s ON s.family = f.id GROUP BY f.name, f.unit, f.kind ORDER BY f.name");
                ResultSet row = statement.executeQuery()) {
            long chars = 0;
            while (chars < MOST_CATALOG_CHARS && row.next()) {
                chars += row.getString("name").length() + row.getString("description").length();
                Map<String, Object> metric = new LinkedHashMap<>();
                MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                metric.put("name", row.getString("name"));
                metric.put("unit", row.getString("unit"));
                metric.put("kind", kind.word());
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
