package embedded.store;

import static embedded.intake.Otlp.attribute;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.Signal;
import embedded.daemon.Running;
import embedded.intake.Otlp;
import embedded.page.PaRuns;
import embedded.query.RandomMetrics;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chart over days reads hours that were counted as points came: it must say what the points say. */
class HoursTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE_VALUE;
    private static final int DELTA = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA_VALUE;

    private final long now = System.currentTimeMillis();

    @TempDir
    Path folder;

    /** Processes of a minute and of a month, killed ones, points that come late or twice, sums that begin again, deltas. */
    private void month(Running engine) throws Exception {
        for (int i = 0; i < 60; i++) {
            String status = i % 7 == 0 ? "verification_failed" : i % 11 == 0 ? "running" : "completed";
            PaRuns run = PaRuns.run(i, (now - 40 * DAY + 40 * DAY / 60 * i) * 1_000_000, status, 1 + i % 3, i % 5 == 0);
            engine.send(run.metrics());
            if (i % 4 == 0) {
                engine.send(run.metrics());
            }
        }
        List<Metric> points = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            long at = now - 31 * DAY + i * 6 * HOUR + i * 61_000L;
            points.add(sum("agentproxy.tokens", "{token}", CUMULATIVE, now - 32 * DAY, at, 10 * i, "type", "input"));
            points.add(histogram(now - 32 * DAY, at, i));
            points.add(exponential(now - 32 * DAY, at, i));
            // Whoever does not say when it began is seen to begin again when it falls.
            points.add(sum("no.start", "1", CUMULATIVE, 0, at, i % 25, "k", "v"));
            points.add(sum("of.deltas", "1", DELTA, at - HOUR, at, i, "k", "v"));
        }
        List<Metric> shuffled = new ArrayList<>(points.stream().filter(metric -> !metric.getName().equals("no.start")
                && !metric.getName().equals("of.deltas")).toList());
        Collections.shuffle(shuffled, new Random(5));
        Resource process = Otlp.resource("service.name", "agentproxy", "service.instance.id", "of a month");
        for (Metric metric : shuffled) {
            engine.send(Otlp.metrics(process, List.of(metric)));
        }
        points.removeAll(shuffled);
        for (Metric metric : points) {
            engine.send(Otlp.metrics(process, List.of(metric)));
        }
    }

    private static Metric sum(String name, String unit, int temporality, long start, long at, long value, String key, String text) {
        return Metric.newBuilder().setName(name).setUnit(unit).setSum(Sum.newBuilder().setIsMonotonic(true)
                .setAggregationTemporalityValue(temporality).addDataPoints(NumberDataPoint.newBuilder().setAsInt(value)
                .setStartTimeUnixNano(start * 1_000_000).setTimeUnixNano(at * 1_000_000).addAttributes(attribute(key, text))))
                .build();
    }

    private static Metric histogram(long start, long at, int i) {
        HistogramDataPoint.Builder point = HistogramDataPoint.newBuilder().setStartTimeUnixNano(start * 1_000_000)
                .setTimeUnixNano(at * 1_000_000).setCount(3L * i).setSum(4.5 * i).addExplicitBounds(1).addExplicitBounds(2);
        for (int bucket = 0; bucket < 3; bucket++) {
            point.addBucketCounts(i);
        }
        return Metric.newBuilder().setName("of.buckets").setUnit("s").setHistogram(Histogram.newBuilder()
                .setAggregationTemporalityValue(CUMULATIVE).addDataPoints(point)).build();
    }

    private static Metric exponential(long start, long at, int i) {
        ExponentialHistogramDataPoint.Builder point = ExponentialHistogramDataPoint.newBuilder().setScale(i < 60 ? 3 : 2)
                .setStartTimeUnixNano(start * 1_000_000).setTimeUnixNano(at * 1_000_000).setCount(2L * i).setSum(i);
        point.getPositiveBuilder().setOffset(i < 60 ? 8 : 4);
        for (int bucket = 0; bucket < (i < 60 ? 4 : 2); bucket++) {
            point.getPositiveBuilder().addBucketCounts(i < 60 ? i / 2 : i);
        }
        if (i < 60) {
            point.setCount(i / 2 * 4L).setSum(i / 2 * 2);
        }
        return Metric.newBuilder().setName("of.powers").setUnit("s").setExponentialHistogram(ExponentialHistogram.newBuilder()
                .setAggregationTemporalityValue(CUMULATIVE).addDataPoints(point)).build();
    }

    /** What the points of a metric say, by an attribute, or by all of them when it is null: read one by one. */
    private static Map<String, double[]> fromPoints(Running engine, String metric, String attribute, JsonObject answer,
            boolean counts) throws Exception {
        JsonArray times = answer.getAsJsonArray("times");
        long from = Math.round(times.get(0).getAsDouble() * 1000);
        long step = answer.get("stepSeconds").getAsLong() * 1000;
        return engine.server.store().read(connection -> {
            Map<String, double[]> lines = new TreeMap<>();
            try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SELECT f.attributes,"
                    + " f.kind, p.* FROM family f JOIN series s ON s.family = f.id JOIN point p ON p.series = s.id WHERE f.name = '"
                    + metric + "' ORDER BY p.series, p.start, p.time")) {
                String stream = "";
                double before = 0;
                while (row.next()) {
                    String of = row.getLong("series") + " " + row.getLong("start");
                    double value = row.getDouble(counts ? "count" : "value");
                    double grown = of.equals(stream) && value >= before ? value - before : value;
                    stream = of;
                    before = value;
                    JsonObject attributes = JsonParser.parseString(row.getString("attributes")).getAsJsonObject();
                    String label = attribute == null ? attributes.toString()
                            : attributes.has(attribute) ? attributes.get(attribute).getAsString() : "";
                    long at = Math.floorDiv(row.getLong("time") - from, step);
                    if (at >= 0 && at < times.size()) {
                        lines.computeIfAbsent(label, same -> new double[times.size()])[(int) at] += grown;
                    }
                }
            }
            return lines;
        });
    }

    private static double[] numbers(JsonArray values) {
        double[] numbers = new double[values.size()];
        Arrays.setAll(numbers, i -> values.get(i).isJsonNull() ? 0 : values.get(i).getAsDouble());
        return numbers;
    }

    private static JsonObject ask(Running engine, String path) throws Exception {
        return JsonParser.parseString(engine.get(path).body()).getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 30, 90, 500})
    void panelsAndChartsOfDaysSayWhatThePointsSay(int days) throws Exception {
        try (Running engine = Running.in(folder)) {
            month(engine);
            String range = "range=" + days * DAY / 1000;
            JsonObject panels = ask(engine, "/api/panels?" + range);
            Map<String, String[]> asked = Map.of("tasks", new String[] {"agentproxy.tasks.completed", "status"},
                    "tokens", new String[] {"agentproxy.tokens", "type"}, "tools", new String[] {"agentproxy.tools.executions",
                        "tool_name"});
            for (Map.Entry<String, String[]> panel : asked.entrySet()) {
                Map<String, double[]> lines = new TreeMap<>();
                panels.getAsJsonArray(panel.getKey()).forEach(line -> lines.put(line.getAsJsonObject().get("label").getAsString(),
                        numbers(line.getAsJsonObject().getAsJsonArray("values"))));
                same(fromPoints(engine, panel.getValue()[0], panel.getValue()[1], panels, false), lines, panel.getKey());
            }
            for (String name : List.of("agentproxy.cost", "agentproxy.tokens", "no.start", "of.deltas")) {
                charts(engine, name, range, false);
            }
            for (String name : List.of("agentproxy.task.duration", "of.buckets", "of.powers")) {
                charts(engine, name, range, true);
            }
        }
    }

    private static void charts(Running engine, String name, String range, boolean counts) throws Exception {
        JsonObject answer = ask(engine, "/api/series?name=" + name + "&" + range);
        Map<String, double[]> lines = new TreeMap<>();
        for (JsonElement line : answer.getAsJsonArray("series")) {
            lines.put(line.getAsJsonObject().getAsJsonObject("attributes").toString(),
                    numbers(line.getAsJsonObject().getAsJsonArray("values")));
        }
        same(fromPoints(engine, name, null, answer, counts), lines, name);
    }

    private static void same(Map<String, double[]> expected, Map<String, double[]> lines, String what) {
        assertTrue(!expected.isEmpty(), what + ": nothing was compared");
        assertEquals(expected.keySet(), lines.keySet(), what);
        expected.forEach((label, values) -> {
            for (int i = 0; i < values.length; i++) {
                assertEquals(values[i], lines.get(label)[i], 1e-6, what + " " + label + " in step " + i);
            }
        });
    }

    @Test
    void bucketsOfAMonthAreThoseOfItsPoints() throws Exception {
        try (Running engine = Running.in(folder)) {
            month(engine);
            for (String name : List.of("of.buckets", "of.powers")) {
                JsonObject line = ask(engine, "/api/series?name=" + name + "&range=" + 60 * DAY / 1000).getAsJsonArray("series")
                        .get(0).getAsJsonObject();
                JsonObject all = line.getAsJsonObject("distribution");
                long counted = name.equals("of.buckets") ? 3 * 119 : 2 * 119;
                assertEquals(counted, all.get("count").getAsLong());
                assertEquals(name.equals("of.buckets") ? 4.5 * 119 : 119, all.get("sum").getAsDouble(), 1e-6);
                JsonArray buckets = all.getAsJsonArray("buckets");
                long last = buckets.get(buckets.size() - 1).getAsJsonObject().get("count").getAsLong();
                assertEquals(name.equals("of.buckets") ? 2 * 119 : 2 * 119, last, name);
            }
        }
    }

    @Test
    void aLevelIsThatOfAllProcessesHoweverManyTheyAre() throws Exception {
        try (Running engine = Running.in(folder)) {
            long at = now / (12 * HOUR) * 12 * HOUR - DAY;
            for (int i = 0; i < 100; i++) {
                Metric active = Metric.newBuilder().setName("agentproxy.sessions.active").setUnit("{session}").setSum(Sum.newBuilder()
                        .setAggregationTemporalityValue(CUMULATIVE).addDataPoints(NumberDataPoint.newBuilder().setAsInt(1)
                        .setStartTimeUnixNano((at - 1000) * 1_000_000).setTimeUnixNano(at * 1_000_000))
                        .addDataPoints(NumberDataPoint.newBuilder().setAsInt(i % 2).setStartTimeUnixNano((at - 1000) * 1_000_000)
                        .setTimeUnixNano((at + 60_000) * 1_000_000))).build();
                engine.send(Otlp.metrics(Otlp.resource("service.instance.id", "run " + i), List.of(active)));
            }
            String range = "range=" + 30 * DAY / 1000;
            JsonArray lines = ask(engine, "/api/series?name=agentproxy.sessions.active&" + range).getAsJsonArray("series");
            assertEquals(1, lines.size());
            double last = Arrays.stream(numbers(lines.get(0).getAsJsonObject().getAsJsonArray("values"))).max().orElseThrow();
            assertEquals(50, last, "what each said last in the step");
            double[] active = numbers(ask(engine, "/api/panels?" + range).getAsJsonArray("active").get(0).getAsJsonObject()
                    .getAsJsonArray("values"));
            assertEquals(100, Arrays.stream(active).max().orElseThrow(), "the highest sum within the step");
            assertEquals(0, active[active.length - 1], "all have expired");
        }
    }

    /** Every row, with what it counted; a row in which nothing was counted says nothing. */
    private static Map<String, String> rows(Store store) throws Exception {
        return store.read(HoursTest::rows);
    }

    private static Map<String, String> rows(Connection connection) throws SQLException {
        Map<String, String> rows = new TreeMap<>();
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SELECT f.key, g.hour,"
                + " g.value, g.count FROM growth g JOIN family f ON f.id = g.family")) {
            while (row.next()) {
                if (Math.abs(row.getDouble("value")) > 1e-6 || row.getLong("count") != 0) {
                    rows.put(java.util.HexFormat.of().formatHex(row.getBytes("key")) + " " + row.getLong("hour"),
                            String.format(java.util.Locale.ROOT, "%.6e %d", row.getDouble("value"), row.getLong("count")));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> rebuilt(Store store) throws Exception {
        List<Map<String, String>> rows = new ArrayList<>();
        store.execute(transaction -> {
            transaction.begin();
            GrowthRebuild.run(transaction.connection());
            rows.add(rows(transaction.connection()));
            transaction.rollback();
        });
        return rows.get(0);
    }

    @Test
    void whateverIsSentIsCountedInTheSameHoursAsItsPointsAre() throws Exception {
        String wanted = System.getProperty("seed");
        long seed = wanted == null ? System.nanoTime() & 0xffff : Long.parseLong(wanted);
        try (Running engine = Running.in(folder)) {
            RandomMetrics metrics = new RandomMetrics(seed, now * 1_000_000).ofOrdinaryNumbers();
            for (int i = 0; i < 150; i++) {
                assertEquals(200, engine.post(Signal.METRICS, Running.PROTOBUF, metrics.request().toByteArray()).statusCode());
            }
            Map<String, String> rows = rows(engine.server.store());
            assertTrue(rows.size() > 50, "seed " + seed);
            assertEquals(rebuilt(engine.server.store()), rows, "seed " + seed);
        }
    }

    @Test
    void aStoreThatHadNoHoursCountsThemFromItsPoints() throws Exception {
        Map<String, String> rows;
        String chart = "/api/series?name=agentproxy.tokens&range=" + 30 * DAY / 1000;
        String before;
        try (Running engine = Running.in(folder)) {
            month(engine);
            rows = rows(engine.server.store());
            before = ask(engine, chart).get("series").toString();
        }
        OlderStore.toFour(folder.resolve("store.db"));
        try (Running engine = Running.in(folder)) {
            assertEquals(List.of(), engine.server.notices());
            assertEquals(rows, rows(engine.server.store()));
            assertEquals(before, ask(engine, chart).get("series").toString());
            engine.send(PaRuns.run(3, now * 1_000_000 - 1, "completed", 1, false).metrics());
            assertEquals(rebuilt(engine.server.store()), rows(engine.server.store()), "and goes on counting");
        }
    }

    @Test
    void hoursGoWithTheLastOfTheirPoints() throws Exception {
        try (Running engine = Running.in(folder)) {
            Store store = engine.server.store();
            engine.send(PaRuns.run(1, (now - 3 * DAY) * 1_000_000, "completed", 1, false).metrics());
            Map<String, String> first = rows(store);
            long later = now + 2 * DAY;
            store.execute(transaction -> {
                transaction.begin();
                try (Statement statement = transaction.connection().createStatement()) {
                    statement.executeUpdate("UPDATE point SET received = received - " + 2 * DAY);
                    statement.executeUpdate("UPDATE growth SET received = received - " + 2 * DAY);
                    statement.executeUpdate("UPDATE series SET updated = updated - " + 2 * DAY);
                }
                transaction.commit();
                transaction.forget();
            });
            engine.send(PaRuns.run(2, (now - DAY) * 1_000_000, "completed", 1, false).metrics());
            Map<String, String> both = rows(store);
            new Retention(store, Duration.ofDays(1), Long.MAX_VALUE).apply(later - 2 * DAY);
            Map<String, String> left = new TreeMap<>(both);
            left.keySet().removeAll(first.keySet());
            assertTrue(!left.isEmpty() && left.size() < both.size());
            assertEquals(left, rows(store));
            assertEquals(rebuilt(store), rows(store));
            long families = store.count("family");
            assertEquals(families, store.<Long>read(connection -> {
                try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("SELECT"
                        + " count(DISTINCT family) FROM series")) {
                    return row.getLong(1);
                }
            }), "no family without a series is left");
        }
    }
}
