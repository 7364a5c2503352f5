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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Reads metrics back over time. What a counter grew by is exact also for processes that lived for seconds: a series begins
 * at nothing, so its first value counts whole, which Prometheus' {@code increase()} cannot do.
 */
public record SeriesQueries(Connection connection, Timeline timeline) {
    /** A series that has been silent for so long before a chart begins has nothing in it; clocks may be ahead by minutes. */
    private static final long SILENT_MILLIS = TimeUnit.MINUTES.toMillis(10);
    /** What one answer may hold: bytes of distributions, characters of the catalogue. */
    private static final long MOST_BYTES = 16L << 20;
    private static final long MOST_CATALOG_CHARS = 4L << 20;

    /** By how much the sum over all series changes, and when; the last word of each is taken back when it has expired. */
    private static final String CHANGES = "WITH said AS (SELECT p.time AS time, p.value AS value,"
            + " p.value - coalesce(lag(p.value) OVER stream, 0) AS change, lead(p.time) OVER stream AS next"
            + " FROM family f JOIN series s ON s.family = f.id JOIN point p ON p.series = s.id"
            + " WHERE f.name = ?1 AND s.updated >= ?2 AND p.time < ?3"
            + " WINDOW stream AS (PARTITION BY p.series, p.start ORDER BY p.time)), changes AS (SELECT time, change FROM said"
            + " UNION ALL SELECT time + ?4, -value FROM said WHERE next IS NULL)"
            + " SELECT time, sum(change) AS change FROM changes WHERE time < ?3 GROUP BY time ORDER BY time";

    /** The highest sum over all series within each step; a series counts until it has been silent for its expiry. */
    double[] level(String metric) throws SQLException {
        double[] level = new double[timeline.steps()];
        Arrays.fill(level, Double.NaN);
        double sum = 0;
        double[] carried = new double[timeline.steps()];
        int reached = 0;
        try (PreparedStatement changes = connection.prepareStatement(CHANGES);
                ResultSet row = Bind.to(changes, metric, timeline.fromMillis() - SILENT_MILLIS, timeline.toMillis(),
                        LiveSeries.EXPIRY_MILLIS).executeQuery()) {
            while (row.next()) {
                int step = timeline.step(row.getLong("time"));
                for (; reached <= step; reached++) {
                    carried[reached] = sum;
                }
                sum += row.getDouble("change");
                if (step >= 0) {
                    level[step] = Double.isNaN(level[step]) ? sum : Math.max(level[step], sum);
                }
            }
        }
        for (; reached < carried.length; reached++) {
            carried[reached] = sum;
        }
        Arrays.setAll(level, i -> Double.isNaN(level[i]) ? carried[i] : Math.max(level[i], carried[i]));
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
        read(metric, timeline.isOfHours() ? " AND NOT " + Growth.COUNTS : "", found);
        return found.finished();
    }

    /** Lines up to a bound on their number and on what they hold. */
    private final class Lines {
        private final Map<SeriesLine.Key, SeriesLine> all = new LinkedHashMap<>();
        /** Levels of several processes are one level together, however many they are. */
        private final Map<SeriesLine.Key, SeriesLine> levels = new LinkedHashMap<>();
        /** After so many steps in which it is not told a level counts no more. */
        private final int silent = (int) Math.max(1, LiveSeries.EXPIRY_MILLIS / timeline.stepMillis());
        private final int limit;

        Lines(int limit) {
            this.limit = limit;
        }

        /** Where the points of a stream go; empty when there is no room for it. */
        Optional<SeriesLine> of(SeriesLine.Key key) {
            return key.level() && key.kind() == MetricKind.SUM ? level(key) : line(key);
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

        /** The line of one series of a level; what was said before by another one is added up. */
        private Optional<SeriesLine> level(SeriesLine.Key key) {
            SeriesLine.Key together = key.alike();
            SeriesLine before = levels.get(together);
            if (before != null && before.key().equals(key)) {
                return Optional.of(before);
            }
            if (before != null) {
                sum(before);
            } else if (levels.size() >= limit) {
                return Optional.empty();
            }
            SeriesLine line = new SeriesLine(key, timeline.steps());
            levels.put(together, line);
            return Optional.of(line);
        }

        private void sum(SeriesLine line) {
            all.computeIfAbsent(line.key().alike(), same -> new SeriesLine(same, timeline.steps())).plus(line, silent);
        }

        /** All, with levels added up; one of a single series is as it was sent. */
        List<SeriesLine> finished() {
            levels.forEach((together, line) -> {
                if (all.containsKey(together)) {
                    sum(line);
                } else {
                    all.put(line.key(), line);
                }
            });
            Map<SeriesLine.Key, List<SeriesLine>> alike = new LinkedHashMap<>();
            all.values().forEach(line -> alike.computeIfAbsent(line.key().alike(), key -> new ArrayList<>()).add(line));
            return alike.values().stream().flatMap(lines -> SeriesLine.apart(lines).stream()).toList();
        }
    }

    /** What counts, from the hours that are counted already. */
    private void hours(String metric, Lines lines) throws SQLException {
        Select.each(connection, "SELECT f.kind, f.unit, f.attributes, g.hour, g.value,"
                + " g.unknown, g.count, g.buckets, g.marks FROM family f CROSS JOIN growth g ON g.family = f.id"
                + " WHERE f.name = ? AND g.hour >= ? AND g.hour < ? ORDER BY f.id, g.hour",
                List.of(metric, timeline.fromHour(), timeline.toHour()), row -> {
                    MetricKind kind = MetricKind.valueOf(row.getString("kind"));
                    Optional<SeriesLine> line = lines.line(new SeriesLine.Key(kind, row.getString("unit"), false,
                            Json.readStrings(row.getString("attributes")), ""));
                    if (line.isPresent()) {
                        line.get().grown(timeline.step(Timeline.hourMillis(row.getLong("hour"))), counted(row, kind),
                                kind.hasDistribution() ? 0 : row.getLong("unknown"));
                    }
                });
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
     * @param lines where its points go
     */
    private void read(String metric, String which, Lines lines) throws SQLException {
        try (PreparedStatement series = connection.prepareStatement("SELECT s.id, f.kind, f.unit, f.monotonic, f.attributes,"
                    + " lower(hex(substr(s.key, 1, 4))) AS series,"
                    + " (SELECT min(start) FROM point WHERE series = s.id) AS first,"
                    + " (SELECT max(start) FROM point WHERE series = s.id) AS last"
                    + " FROM family f JOIN series s ON s.family = f.id"
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
                // What can be added up stands together.
                SeriesLine.Key key = new SeriesLine.Key(kind, row.getString("unit"), level, attributes,
                        level || kind == MetricKind.SUMMARY ? row.getString("series") : "");
                long first = row.getLong("first");
                long last = row.wasNull() ? -1 : row.getLong("last");
                // Most series are of one process and have one stream.
                for (long start = first; start <= last; start = start == last ? Long.MAX_VALUE
                        : Bind.number(Bind.to(nextStart, id, start), Long.MAX_VALUE)) {
                    Optional<SeriesLine> line = lines.of(key);
                    if (line.isEmpty()) {
                        break;
                    }
                    Bind.to(points, id, start, timeline.fromMillis(), timeline.toMillis());
                    add(points, kind, line.get());
                }
            }
        }
    }

    /** Takes the points of one stream as they are read: of ten thousand series they have no place in memory together. */
    private void add(PreparedStatement points, MetricKind kind, SeriesLine line) throws SQLException {
        Sample before = null;
        try (ResultSet row = points.executeQuery()) {
            while (row.next()) {
                Sample now = PointRow.sample(row, kind);
                int step = timeline.step(Nanos.toMillis(now.time()));
                if (step >= 0) {
                    line.add(step, before, now);
                }
                before = now;
            }
        }
    }

    /** All metrics that are known: name, unit, what they are, how many series, and about when the last point came. */
    public static List<Map<String, Object>> catalog(Connection connection) throws SQLException {
        List<Map<String, Object>> metrics = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT f.name, f.unit, f.kind, max(f.monotonic) AS monotonic,"
                + " max(f.description) AS description, sum(s.series) AS series, max(s.last) AS last FROM (SELECT family,"
                + " count(*) AS series, max(updated) AS last FROM series GROUP BY family) s JOIN family f ON f.id = s.family"
                + " GROUP BY f.name, f.unit, f.kind ORDER BY f.name");
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
