package embedded.query;

import embedded.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What all series of a metric grew by in each step: where steps are of whole hours, from the hours that are counted as points
 * come; else from the points of the few series that sent in so short a time. Both say the same: a stream begins at nothing, and
 * one whose value falls has begun again.
 */
record Growth(Connection connection, Timeline timeline) {
    /** A series that has been silent for so long before a chart begins has nothing in it; clocks may be ahead by minutes. */
    private static final long SILENT_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final int MOST_LINES = 200;
    private static final String OTHERS = "(others)";
    /** The kinds that count; see {@link embedded.model.SeriesKey#accumulates}. */
    static final String COUNTS = "(f.kind IN ('HISTOGRAM', 'EXPONENTIAL_HISTOGRAM') OR f.kind = 'SUM' AND f.monotonic)";
    /** Whole hours are counted already. */
    private static final String OF_HOURS = "SELECT f.attributes AS attributes, (g.hour - ?1) / ?2 AS step, sum(g.value) AS value,"
            + " sum(g.count) AS count FROM family f CROSS JOIN growth g ON g.family = f.id"
            + " WHERE f.name = ?3 AND g.hour >= ?1 AND g.hour < ?4 GROUP BY f.id, step";
    /** The point before is looked up for each: a stream of a run has few of them, and they lie beside each other. */
    private static final String OF_POINTS = "WITH grown AS MATERIALIZED (SELECT f.attributes AS attributes,"
            + " (p.time - ?1) / ?2 AS step, p.value AS value, p.count AS count,"
            + " (SELECT q.value FROM point q WHERE q.series = p.series AND q.start = p.start AND q.time < p.time"
            + " ORDER BY q.time DESC LIMIT 1) AS value_before,"
            + " (SELECT q.count FROM point q WHERE q.series = p.series AND q.start = p.start AND q.time < p.time"
            + " ORDER BY q.time DESC LIMIT 1) AS count_before, f.kind = 'SUM' AS number"
            + " FROM family f CROSS JOIN series s ON s.family = f.id CROSS JOIN point p ON p.series = s.id"
            + " WHERE f.name = ?3 AND s.updated >= ?4 AND p.time >= ?1 AND p.time < ?5 AND " + COUNTS + "),"
            + " told AS (SELECT *, count_before IS NULL OR (CASE WHEN number THEN value < value_before ELSE count < count_before"
            + " END) IS TRUE AS again FROM grown)"
            + " SELECT attributes, step, sum(CASE WHEN again THEN value ELSE value - value_before END) AS value,"
            + " sum(CASE WHEN again THEN count ELSE count - count_before END) AS count FROM told GROUP BY attributes, step";

    /** For each step; of a histogram the sum of what was measured, and how many measurements. */
    record Steps(double[] values, double[] counts) {
        private Steps(int steps) {
            this(new double[steps], new double[steps]);
        }
    }

    /** By the values of an attribute, of which those beyond some hundred are one line; {@code ""} when none is given. */
    SortedMap<String, Steps> by(String metric, String attribute, Predicate<Map<String, String>> meant) throws SQLException {
        SortedMap<String, Steps> growth = new TreeMap<>();
        Select.each(connection, timeline.isOfHours() ? OF_HOURS : OF_POINTS, values(metric), row -> {
            Map<String, String> attributes = Json.readStrings(row.getString("attributes"));
            if (meant.test(attributes)) {
                String value = attributes.getOrDefault(attribute, "");
                String line = growth.size() < MOST_LINES || growth.containsKey(value) ? value : OTHERS;
                Steps steps = growth.computeIfAbsent(line, same -> new Steps(timeline.steps()));
                int step = row.getInt("step");
                steps.values[step] += row.getDouble("value");
                steps.counts[step] += row.getDouble("count");
            }
        });
        return growth;
    }

    private List<?> values(String metric) {
        return timeline.isOfHours()
                ? List.of(timeline.fromHour(), timeline.stepMillis() / Timeline.hourMillis(1), metric, timeline.toHour())
                : List.of(timeline.fromMillis(), timeline.stepMillis(), metric, timeline.fromMillis() - SILENT_MILLIS,
                        timeline.toMillis());
    }
}
