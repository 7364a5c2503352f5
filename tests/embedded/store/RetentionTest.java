package embedded.store;

import static embedded.intake.Otlp.traces;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import embedded.daemon.Running;
import embedded.intake.Load;
import embedded.intake.Otlp;
import embedded.page.PaRuns;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The retention of data in the store. */
class RetentionTest extends StoreLab {
    @Test
    void forgetsWhatIsTooOldByItsArrivalAndKeepsWhatHasAnOldClock() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (PaRuns run : PaRuns.day(3, 1_000_000_000_000_000_000L)) {
                run.sendTo(engine);
            }
            Retention retention = new Retention(engine.server.store(), Duration.ofDays(1), Long.MAX_VALUE);
            long now = System.currentTimeMillis();
            retention.apply(now);
            assertEquals(4, engine.server.store().count("trace"), "of 2001 by their own clock, but they have just arrived");
            retention.apply(now + Duration.ofDays(2).toMillis());
            for (String table : List.of("trace", "span", "run", "run_model", "agent", "trace_service", "log", "point", "series",
                    "family", "growth", "resource", "scope", "service", "last_use")) {
                assertEquals(0, engine.server.store().count(table), table);
            }
            assertEquals("[]", engine.get("/api/traces?text=OrderApiTest").body(), "not found any more either");
            PaRuns again = PaRuns.run(77, now * 1_000_000, "completed", 1, false);
            again.sendTo(engine);
            assertTrue(engine.get("/api/traces?text=" + again.session).body().contains(again.traceId));
        }
    }

    /** Points are newer than all traces here, and would have stayed. */
    @Test
    void aFloodOfPointsOrRecordsPushesNoTraceOut() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (int i = 0; i < 4; i++) {
                engine.send(Load.request(i, System.currentTimeMillis() * 1_000_000));
            }
            long traces = engine.server.store().count("trace");
            long most = 4 * engine.server.store().bytesUsed();
            Retention retention = new Retention(engine.server.store(), Duration.ofDays(1), most);
            for (int i = 0; engine.server.store().bytesUsed() < 2 * most; i++) {
                engine.send(Otlp.logs(Otlp.resource("service.name", "talks"), records(i)));
            }
            retention.shrink();
            assertTrue(engine.server.store().bytesUsed() <= most);
            assertEquals(traces, engine.server.store().count("trace"), "after records");
            long records = engine.server.store().count("log");
            assertTrue(records > 0);
            for (int i = 0; engine.server.store().bytesUsed() < 2 * most; i++) {
                engine.send(Otlp.metrics(Otlp.resource("service.name", "counts"), gauges(i)));
            }
            retention.shrink();
            assertTrue(engine.server.store().bytesUsed() <= most);
            assertEquals(traces, engine.server.store().count("trace"), "after points");
            assertTrue(engine.server.store().count("point") > 0);
            assertTrue(engine.server.store().count("log") > records / 10, "a share is left to records too");
        }
    }

    private static List<LogRecord> records(int number) {
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(LogRecord.newBuilder().setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                    .setBody(AnyValue.newBuilder().setStringValue("record " + number + " " + i + " " + "words ".repeat(40))).build());
        }
        return records;
    }

    private static List<Metric> gauges(int number) {
        List<Metric> gauges = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Gauge.Builder gauge = Gauge.newBuilder();
            for (int point = 0; point < 20; point++) {
                gauge.addDataPoints(NumberDataPoint.newBuilder().setAsDouble(number * 20 + point)
                        .setTimeUnixNano((System.currentTimeMillis() - 3_600_000 + number * 20L + point) * 1_000_000));
            }
            gauges.add(Metric.newBuilder().setName("gauge" + i).setGauge(gauge).build());
        }
        return gauges;
    }

    /** A resource stays for as long as its series sends: those are bounded by themselves. */
    @Test
    void aFloodOfLargeSeriesIsLeftOutAndOrdinaryOnesGetIn() throws Exception {
        try (Running engine = Running.in(folder)) {
            engine.server.store().boundSeries(4 << 20);
            for (int i = 0; i < 120; i++) {
                engine.send(Otlp.metrics(Otlp.resource("service.name", "floods", "large", i + "x".repeat(60_000)),
                        gauges(i).subList(0, 1)));
            }
            long series = engine.server.store().count("series");
            assertTrue(series > 10 && series < 40, "of 120 large ones: " + series);
            assertEquals((120 - series) * 20, engine.server.store().refusedPoints());
            engine.send(Otlp.metrics(Otlp.resource("service.name", "ordinary"), gauges(1)));
            assertEquals(series + 200, engine.server.store().count("series"));
        }
    }

    @Test
    void forgetsTheOldestWhenThereIsTooMuch() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (int i = 0; i < 40; i++) {
                engine.send(Load.request(i, System.currentTimeMillis() * 1_000_000));
            }
            long full = engine.server.store().bytesUsed();
            new Retention(engine.server.store(), Duration.ofDays(1), full / 2).apply(System.currentTimeMillis());
            assertTrue(engine.server.store().bytesUsed() <= full / 2);
            long left = engine.server.store().count("trace");
            assertTrue(left > 40 * Load.TRACES_PER_REQUEST / 4 && left < 40 * Load.TRACES_PER_REQUEST * 3 / 4, "left: "
                    + left);
            assertTrue(engine.get("/api/traces?limit=1").body().contains("\"cursor\":" + 40 * Load.TRACES_PER_REQUEST));
        }
    }
}
