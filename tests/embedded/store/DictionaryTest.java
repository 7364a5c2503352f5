package embedded.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import embedded.intake.Load;
import embedded.intake.Otlp;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows share is stored once, and goes with the last of them: a sender of ever new resources must not fill the store. */
class DictionaryTest {
    private static final long NOW = System.currentTimeMillis() * 1_000_000;
    private static final int LARGE = 100_000;
    private static final int SENT = 60;

    @TempDir
    Path folder;

    private static Resource large(String service, int number) {
        return Otlp.resource("service.name", service, "number", number, "padding", "x".repeat(LARGE));
    }

    private static String traceId(int number) {
        return String.format("%032x", number);
    }

    private static void sendTrace(Running engine, int number, Resource resource) throws Exception {
        engine.send(Otlp.traces(resource, List.of(Otlp.span(traceId(number), "00f067aa0ba902b7", "one", NOW, NOW + 1).build())));
    }

    private static void sendLog(Running engine, Resource resource) throws Exception {
        engine.send(Otlp.logs(resource, List.of(LogRecord.newBuilder().setTimeUnixNano(NOW).build())));
    }

    private static void sendPoint(Running engine, Resource resource) throws Exception {
        Metric.Builder gauge = Metric.newBuilder().setName("level");
        gauge.getGaugeBuilder().addDataPointsBuilder().setTimeUnixNano(NOW).setAsInt(1);
        engine.send(Otlp.metrics(resource, List.of(gauge.build())));
    }

    private static void removeByHand(Running engine, int number) throws Exception {
        URI page = engine.uri(PortName.PAGE, "");
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(page.resolve("/api/traces/"
                + traceId(number))).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(204, answer.statusCode(), answer.body());
    }

    private static long count(Running engine, String table) throws Exception {
        return engine.server.store().count(table);
    }

    private static void retainBySize(Running engine, long bytes) throws Exception {
        new Retention(engine.server.store(), Duration.ofDays(1), bytes).shrink();
        assertTrue(engine.server.store().bytesUsed() <= bytes);
    }

    @Test
    void resourcesOfOldTracesMakeRoomBeforeNewerTracesMust() throws Exception {
        try (Running engine = Running.in(folder)) {
            for (int i = 1; i <= SENT; i++) {
                sendTrace(engine, i, large("service-" + i, i));
            }
            long large = engine.server.store().bytesUsed();
            engine.send(Load.request(1, NOW));
            retainBySize(engine, engine.server.store().bytesUsed() - large / 2);
            assertEquals(Load.SPANS_PER_REQUEST, count(engine, "span") - count(engine, "trace") + Load.TRACES_PER_REQUEST,
                    "every large trace has one span, and of the ordinary ones none is missing");
            assertTrue(count(engine, "trace") > Load.TRACES_PER_REQUEST, "and not all of the large ones had to go");
            assertEquals(count(engine, "trace") - Load.TRACES_PER_REQUEST + 1, count(engine, "resource"));
            assertEquals(count(engine, "resource"), count(engine, "service"));
        }
    }

    @Test
    void resourcesOfOldLogRecordsMakeRoomBeforeNewerTracesMust() throws Exception {
        try (Running engine = Running.in(folder)) {
            sendLog(engine, large("first", 0));
            for (int i = 1; i <= SENT; i++) {
                sendLog(engine, large("logs", i));
            }
            long large = engine.server.store().bytesUsed();
            engine.send(Load.request(1, NOW));
            retainBySize(engine, engine.server.store().bytesUsed() - large / 2);
            assertEquals(Load.TRACES_PER_REQUEST, count(engine, "trace"));
            assertTrue(count(engine, "log") > 0, "and not all records had to go");
            assertEquals(count(engine, "log") + 1, count(engine, "resource"));
        }
    }

    @Test
    void anEntryStaysUntilTheLastRowThatRefersToItIsGone() throws Exception {
        Resource shared = Otlp.resource("service.name", "shared");
        try (Running engine = Running.in(folder)) {
            sendTrace(engine, 1, shared);
            sendTrace(engine, 2, shared);
            sendLog(engine, shared);
            sendPoint(engine, shared);
            removeByHand(engine, 1);
            removeByHand(engine, 2);
            assertEquals(1, count(engine, "resource"), "a record and a series have it");
            assertTrue(engine.get("/api/logs").body().contains("shared"));
            Retention retention = new Retention(engine.server.store(), Duration.ofDays(1), Long.MAX_VALUE);
            retention.apply(System.currentTimeMillis() + Duration.ofDays(2).toMillis());
            assertEquals(0, count(engine, "resource"));
            sendTrace(engine, 3, shared);
            assertTrue(engine.get("/api/traces/" + traceId(3)).body().contains("shared"), "and it is stored again");
        }
    }

    @Test
    void oneThatWasNotFreeWhenItsTraceWentIsFoundLater() throws Exception {
        try (Running engine = Running.in(folder)) {
            sendTrace(engine, 1, Otlp.resource("service.name", "stays"));
            sendTrace(engine, 2, Otlp.resource("service.name", "goes"));
            removeByHand(engine, 2);
            removeByHand(engine, 1);
            new Retention(engine.server.store(), Duration.ofDays(1), Long.MAX_VALUE).apply(System.currentTimeMillis());
            for (String table : List.of("resource", "scope", "service", "last_use")) {
                assertEquals(0, count(engine, table), table);
            }
        }
    }

    @Test
    void theMarksOfAStoreThatDidNotWriteThemAreNeverTooLow() throws Exception {
        try (Running engine = Running.in(folder)) {
            sendTrace(engine, 1, Otlp.resource("service.name", "one"));
            sendTrace(engine, 2, Otlp.resource("service.name", "two"));
            engine.server.store().execute(transaction -> {
                transaction.begin();
                try (var statement = transaction.connection().createStatement()) {
                    statement.execute("DELETE FROM last_use");
                }
                LastUse.markUnknown(transaction.connection());
                transaction.commit();
            });
            removeByHand(engine, 1);
            assertEquals(2, count(engine, "resource"));
            assertTrue(engine.get("/api/traces/" + traceId(2)).body().contains("two"));
            removeByHand(engine, 2);
            assertEquals(1, count(engine, "resource"));
        }
    }
}
