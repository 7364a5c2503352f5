package claude;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import workers.OwnTelemetry;

class ClaudeTelemetryTest {
    private static Map<String, String> variables(Map<String, String> environment, boolean content) {
        return ClaudeTelemetry.variables(new OwnTelemetry.Link("http://localhost:4317", "grpc",
                Optional.of("authorization=x"), "2026 ü,=", Map.of("pa.rehearsal", "true"), environment, content));
    }

    @Test
    void ourEndpointItsOwnNameAndNeverTheConsole() {
        Map<String, String> variables = variables(Map.of(), false);
        assertEquals("claude-code", variables.get("OTEL_SERVICE_NAME"));
        assertEquals("cumulative", variables.get("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"));
        assertEquals("http://localhost:4317", variables.get("OTEL_EXPORTER_OTLP_ENDPOINT"));
        assertEquals("authorization=x", variables.get("OTEL_EXPORTER_OTLP_HEADERS"));
        assertFalse(variables.values().stream().anyMatch(v -> v.contains("console")));
    }

    @Test
    void theUsersResourceAttributesAreKeptAndOursPercentEncoded() {
        assertEquals("team=a%20b,env=x,agentproxy.session_id=2026%20%C3%BC%2C%3D,pa.rehearsal=true",
                variables(Map.of("OTEL_RESOURCE_ATTRIBUTES",
                        "team=a%20b, env=x,agentproxy.session_id=outer,service.name=pa"), false).get("OTEL_RESOURCE_ATTRIBUTES"));
    }

    @Test
    void whatIsSaidIsSentOnlyWhenThatIsWanted() {
        assertFalse(variables(Map.of(), false).keySet().stream().anyMatch(name -> name.startsWith("OTEL_LOG_")));
        assertEquals("1", variables(Map.of(), true).get("OTEL_LOG_USER_PROMPTS"));
    }

    @Test
    void onlyVersionsThatAreKnownToMakeSpansAreReliedOn() {
        assertTrue(ClaudeTelemetry.tracesItself(Optional.of("2.1.197")));
        assertTrue(ClaudeTelemetry.tracesItself(Optional.of("2.1.330 (Claude Code)")));
        assertTrue(ClaudeTelemetry.tracesItself(Optional.of("3.0.0")));
        assertFalse(ClaudeTelemetry.tracesItself(Optional.of("2.1.196")));
        assertFalse(ClaudeTelemetry.tracesItself(Optional.of("stand-in for Claude Code")));
        assertFalse(ClaudeTelemetry.tracesItself(Optional.of("unknown")));
        assertFalse(ClaudeTelemetry.tracesItself(Optional.empty()));
    }

    @Test
    void withoutItNothingOfOursReachesTheWorker() {
        Map<String, String> environment = new ClaudeWorker(new Setup(Path.of("/"), Map.ofEntries(
                Map.entry("AGENTPROXY_ENABLE_TELEMETRY", "1"), Map.entry("AGENTPROXY_PROJECT_ID", "p"),
                Map.entry("OTEL_SERVICE_NAME", "agentproxy"), Map.entry("OTEL_EXPORTER_OTLP_HEADERS", "secret"),
                Map.entry("GEMINI_API_KEY", "secret"), Map.entry("CLAUDECODE", "1"),
                Map.entry("CLAUDE_CODE_SESSION_ID", "outer"),
                Map.entry("OTEL_TRACES_EXPORTER", "console,otlp"), Map.entry("OTEL_LOGS_EXPORTER", "console"),
                Map.entry("OTEL_RESOURCE_ATTRIBUTES", "team=a"), Map.entry("ANTHROPIC_API_KEY", "the worker's"),
                Map.entry("CLAUDE_CODE_OAUTH_TOKEN", "the worker's")), FakeClaude.PATIENT).options()).environment();
        assertEquals(Map.of("OTEL_TRACES_EXPORTER", "otlp", "OTEL_LOGS_EXPORTER", "none",
                "OTEL_RESOURCE_ATTRIBUTES", "team=a", "ANTHROPIC_API_KEY", "the worker's",
                "CLAUDE_CODE_OAUTH_TOKEN", "the worker's"), environment);
    }
}
