package embedded.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import embedded.daemon.DaemonSettings.PortName;
import embedded.daemon.Running;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intake by the real Claude Code, which speaks to a Messages endpoint on loopback that says hello. */
class ClaudeCodeTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    Path folder;

    private static Optional<Path> claude() {
        return Stream.concat(Stream.of(Path.of("build/claude/node_modules/.bin")),
                        Stream.of(System.getenv("PATH").split(":")).map(Path::of))
                .map(bin -> bin.resolve("claude")).filter(Files::isExecutable).map(Path::toAbsolutePath).findFirst();
    }

    @ParameterizedTest
    @CsvSource({"grpc, OTLP_GRPC", "http/protobuf, OTLP_HTTP", "http/json, OTLP_HTTP"})
    void showsWhatClaudeCodeSent(String protocol, PortName port) throws Exception {
        assumeTrue(claude().isPresent(), "Claude Code is not installed: run tests/install-claude.sh");
        HttpServer messages = messages();
        try (Running engine = Running.in(folder.resolve("data"))) {
            Path home = Files.createDirectories(folder.resolve("home"));
            ProcessBuilder builder = new ProcessBuilder(claude().orElseThrow().toString(), "-p", "--output-format",
                    "stream-json",
                    "--verbose").directory(home.toFile()).redirectErrorStream(true);
            builder.environment().putAll(Map.ofEntries(Map.entry("HOME", home.toString()),
                    Map.entry("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + messages.getAddress().getPort()),
                    Map.entry("ANTHROPIC_API_KEY", "none"), Map.entry("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"),
                    Map.entry("CLAUDE_CODE_ENABLE_TELEMETRY", "1"), Map.entry("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1"),
                    Map.entry("OTEL_TRACES_EXPORTER", "otlp"), Map.entry("OTEL_METRICS_EXPORTER", "otlp"),
                    Map.entry("OTEL_LOGS_EXPORTER", "otlp"), Map.entry("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
                    Map.entry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + engine.port(port)),
                    Map.entry("TRACEPARENT", "00-" + TRACE + "-00f067aa0ba902b7-01")));
            Process process = builder.start();
            process.getOutputStream().write("Say hello".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), said);

            String trace = engine.get("/api/traces/" + TRACE).body();
            assertTrue(trace.contains("claude_code.interaction") && trace.contains("claude_code.llm_request"), trace + said);
            assertTrue(trace.contains("\"parentSpanId\":\"00f067aa0ba902b7\""), "joins the caller's trace: " + trace);
            String logs = engine.get("/api/logs?service=claude-code").body();
            assertTrue(logs.contains("claude_code.api_request"), logs);
            String metrics = engine.get(PortName.METRICS, "/metrics").body();
            assertTrue(metrics.contains("claude_code_token_usage_tokens_total{")
                    && metrics.contains("claude_code_session_count_total{"),
                    metrics);
            // Deltas became a sum: what the endpoint said it read.
            assertTrue(metrics.lines().anyMatch(line -> line.startsWith("claude_code_token_usage_tokens_total{")
                    && line.contains("type=\"input\"") && line.endsWith("} 11")), metrics);
        } finally {
            messages.stop(0);
        }
    }

    /** An endpoint of the Messages API that streams one short answer to everything. */
    private static HttpServer messages() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean post = exchange.getRequestMethod().equals("POST");
            exchange.getResponseHeaders().set("Content-Type", post ? "text/event-stream" : "application/json");
            byte[] body = (post ? answer() : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String answer() {
        return event("message_start",
                "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":"
                + "\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
                + "\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}}")
                + event("content_block_start",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\","
                + "\"text\":\"\"}}")
                + event("content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
                + "\"text\":\"Hello\"}}")
                + event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                + event("message_delta",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                + "\"usage\":{\"output_tokens\":3}}")
                + event("message_stop", "{\"type\":\"message_stop\"}");
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }
}
