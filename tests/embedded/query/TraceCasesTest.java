package embedded.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import embedded.intake.Otlp;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Unusual traces and logs of real senders, and the correct results. */
class TraceCasesTest extends CasesLab {
    private JsonObject trace(String id) throws Exception {
        return JsonParser.parseString(engine.get("/api/traces/" + id).body()).getAsJsonObject();
    }

    private JsonObject summary(String id) throws Exception {
        return JsonParser.parseString(engine.get("/api/traces?text=" + id).body()).getAsJsonArray().get(0).getAsJsonObject();
    }

    /** The marks of a span, by its id and, where two have it, the number of its resource. */
    private static List<String> marks(JsonObject trace, String spanId, int resource) {
        List<String> marks = new ArrayList<>();
        for (JsonElement note : trace.getAsJsonArray("notes")) {
            JsonObject object = note.getAsJsonObject();
            if (object.get("spanId").getAsString().equals(spanId) && object.get("resource").getAsInt() == resource) {
                object.getAsJsonArray("marks").forEach(mark -> marks.add(mark.getAsString()));
            }
        }
        return marks;
    }

    private static JsonArray spans(JsonObject trace, int resource) {
        return trace.getAsJsonArray("resourceSpans").get(resource).getAsJsonObject().getAsJsonArray("scopeSpans").get(0)
                .getAsJsonObject().getAsJsonArray("spans");
    }

    @Test
    void idsOfZerosOnALogRecordAreNone() throws Exception {
        engine.send(ExportLogsServiceRequest.newBuilder().addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(
                ScopeLogs.newBuilder().addLogRecords(LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("alone"))
                        .setTraceId(Otlp.id("0".repeat(32))).setSpanId(Otlp.id("0".repeat(16)))))).build());
        String logs = engine.get("/api/logs").body();
        assertTrue(logs.contains("alone") && !logs.contains("traceId") && !logs.contains("spanId"), logs);
    }

    @Test
    void aParentOfZerosIsNoParent() throws Exception {
        send("t1-zero-parent");
        assertTrue(summary("a1000000000000000000000000000001").get("complete").getAsBoolean());
        JsonObject trace = trace("a1000000000000000000000000000001");
        assertFalse(spans(trace, 0).get(0).getAsJsonObject().has("parentSpanId"));
        assertEquals(0, trace.getAsJsonArray("notes").size());
    }

    @Test
    void twoSpansWithOneIdFromTwoResourcesAreBothKept() throws Exception {
        send("t2-shared-span-id");
        JsonObject trace = trace("a2000000000000000000000000000001");
        assertEquals(4, spans(trace, 0).size() + spans(trace, 1).size());
        assertEquals(4, summary("a2000000000000000000000000000001").get("spans").getAsInt());
        assertEquals(1, summary("a2000000000000000000000000000001").get("errors").getAsInt());
        assertEquals(List.of("sharedId"), marks(trace, "a200000000000002", 0));
        assertEquals(List.of("sharedId"), marks(trace, "a200000000000002", 1));
    }

    @Test
    void numbersAreExactAndNothingIsHidden() throws Exception {
        send("t3-int64-and-values");
        String trace = engine.get("/api/traces/a3000000000000000000000000000001").body();
        for (String exact : List.of("\"780177723283783681\"", "\"9223372036854775807\"", "\"107505301260286111\"",
                "\"droppedAttributesCount\":17", "\"droppedEventsCount\":5", "\"droppedLinksCount\":2", "vendor=abc,other=1",
                "https://opentelemetry.io/schemas/1.30.0", "https://opentelemetry.io/schemas/1.31.0", "scope.attr",
                "link.reason", "\"version\":\"1.2\"")) {
            assertTrue(trace.contains(exact), exact + " in " + trace);
        }
    }

    @Test
    void spansWithoutTimesAreMarkedAndDoNotStretchTheAxis() throws Exception {
        send("t4-zero-times");
        JsonObject first = summary("a4000000000000000000000000000001");
        assertEquals(1_000_000, first.get("durationUs").getAsLong());
        JsonObject trace = trace("a4000000000000000000000000000001");
        assertEquals(List.of("noStart"), marks(trace, "a400000000000002", 0));
        assertEquals(List.of(), marks(trace, "a400000000000001", 0));
        JsonObject second = summary("a4000000000000000000000000000002");
        assertEquals(0, second.get("durationUs").getAsLong());
        assertTrue(System.currentTimeMillis() - second.get("startMs").getAsLong() < 600_000);
        assertEquals(List.of("noEnd"), marks(trace("a4000000000000000000000000000002"), "a400000000000011", 0));
    }

    @Test
    void parentsThatLeadInACircleAreMarked() throws Exception {
        send("t5-cycle");
        JsonObject trace = trace("a5000000000000000000000000000001");
        for (String id : List.of("a500000000000001", "a500000000000002", "a500000000000003")) {
            assertEquals(List.of("cycle"), marks(trace, id, 0), id);
        }
    }

    @Test
    void aParentThatNeverCameIsMissing() throws Exception {
        send("t6-orphan-old");
        assertEquals("parentMissing", summary("a6000000000000000000000000000001").get("state").getAsString());
        assertEquals(List.of("parentMissing"), marks(trace("a6000000000000000000000000000001"), "a600000000000001", 0));
    }

    @Test
    void aWordForSeverityIsEnough() throws Exception {
        send("t7-severity-text-only");
        String errors = engine.get("/api/logs?severity=17").body();
        assertTrue(errors.contains("disk full, text only"), errors);
        assertTrue(errors.contains("\"severityNumber\":17,\"severityText\":\"ERROR\""), errors);
        assertFalse(errors.contains("structured body"), errors);
    }
}
