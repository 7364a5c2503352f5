package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import services.ServiceStatus;

/** Whatever the terminal's width, every address can be read whole. */
class StatusViewTest {
    private static final Map<String, String> COLLECTOR = new LinkedHashMap<>();

    static {
        COLLECTOR.put("OTLP gRPC", "http://127.0.0.1:4317");
        COLLECTOR.put("Prometheus text", "http://127.0.0.1:8889/metrics");
    }

    private static final List<ServiceStatus> STATUSES = List.of(
            new ServiceStatus("otel-collector", ServiceStatus.State.READY, "otel/opentelemetry-collector-contrib:0.159.0",
                    COLLECTOR, ""),
            new ServiceStatus("tempo", ServiceStatus.State.FAILED, "grafana/tempo:3.0.3@sha256:00", Map.of("API",
                    "http://127.0.0.1:3200"), "exit code 1"));

    @Test
    void aWideTerminalHasALineForEachService() {
        assertEquals("""
                SERVICE         STATE   VERSION                                       WHERE
                otel-collector  ready   otel/opentelemetry-collector-contrib:0.159.0  OTLP gRPC http://127.0.0.1:4317 · Prometheus text http://127.0.0.1:8889/metrics
                tempo           failed  grafana/tempo:3.0.3@sha256:00                 exit code 1
                """, table(200));
    }

    @Test
    void anOrdinaryOneHasALineForEachAddress() {
        assertEquals("""
                SERVICE         STATE   VERSION  WHERE
                otel-collector  ready   0.159.0  OTLP gRPC http://127.0.0.1:4317
                                                 Prometheus text http://127.0.0.1:8889/metrics
                tempo           failed  3.0.3    exit code 1
                """, table(80));
    }

    @Test
    void whatAServiceSaidIsNotObeyedByTheTerminal() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StatusView(new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, 200)).table(List.of(
                new ServiceStatus("tempo", ServiceStatus.State.FAILED, "3.0.3\u001b]52;c;x\u0007", Map.of(), "it said \u001b]0;x\u0007\u001b[2J no")));
        assertEquals(-1, out.toString(StandardCharsets.UTF_8).indexOf('\u001b'));
    }

    private static String table(int width) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StatusView(new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err, width)).table(STATUSES);
        return out.toString(StandardCharsets.UTF_8);
    }
}
