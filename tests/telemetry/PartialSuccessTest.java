package telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our reader against what OpenTelemetry's own classes write. */
class PartialSuccessTest {
    @Test
    void theThreeResponsesReadAlike() {
        PartialSuccess expected = new PartialSuccess(300_000, "zu spät");
        assertEquals(expected, PartialSuccess.of(ExportTraceServiceResponse.newBuilder().setPartialSuccess(
                ExportTracePartialSuccess.newBuilder().setRejectedSpans(300_000).setErrorMessage("zu spät"))
                .build().toByteArray()));
        assertEquals(expected, PartialSuccess.of(ExportMetricsServiceResponse.newBuilder().setPartialSuccess(
                ExportMetricsPartialSuccess.newBuilder().setRejectedDataPoints(300_000).setErrorMessage("zu spät"))
                .build().toByteArray()));
        assertEquals(expected, PartialSuccess.of(ExportLogsServiceResponse.newBuilder().setPartialSuccess(
                ExportLogsPartialSuccess.newBuilder().setRejectedLogRecords(300_000).setErrorMessage("zu spät"))
                .build().toByteArray()));
    }

    @Test
    void nothingIsNothing() {
        assertEquals(PartialSuccess.NONE, PartialSuccess.of(new byte[0]));
        assertEquals(PartialSuccess.NONE, PartialSuccess.of(ExportTraceServiceResponse.newBuilder()
                .setPartialSuccess(ExportTracePartialSuccess.getDefaultInstance()).build().toByteArray()));
    }

    @Test
    void garbageDoesNoHarm() {
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(40)];
            random.nextBytes(garbage);
            PartialSuccess.of(garbage);
        }
        assertEquals(PartialSuccess.NONE, PartialSuccess.of("<html>not protobuf</html>".getBytes()));
    }
}
