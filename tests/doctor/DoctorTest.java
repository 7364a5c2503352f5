package doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor's own judgement; real stacks are in {@code EmbeddedDoctorTest} and {@code StackDoctorTest}. */
class DoctorTest {
    private static final Map<String, String> ADDRESSES = Map.of("OTLP gRPC", "http://127.0.0.1:4317", "OTLP/HTTP",
            "http://127.0.0.1:4318");

    private static Hop hop(String name, Finding finding, String... needs) {
        return new Hop(name, List.of(needs), () -> finding);
    }

    @Test
    void whatIsSkippedNamesTheHopThatIsBroken() throws InterruptedException {
        Map<String, Finding> findings = Doctor.examine(List.of(
                hop("a", new Finding.Failed("gone", "start it")), hop("b", new Finding.Ok(""), "a"),
                hop("c", new Finding.Ok(""), "b"), hop("d", new Finding.Ok("fine"))), asking -> { }, (name, finding) -> { });
        assertEquals(List.of("a", "b", "c", "d"), List.copyOf(findings.keySet()));
        assertEquals(new Finding.Skipped("needs: a"), findings.get("b"));
        assertEquals(new Finding.Skipped("needs: a"), findings.get("c"));
        assertEquals(new Finding.Ok("fine"), findings.get("d"));
        assertEquals(false, Doctor.healthy(findings));
    }

    @Test
    void aQuestionThatBreaksKeepsNoOtherFromBeingAsked() throws InterruptedException {
        Map<String, Finding> findings = Doctor.examine(List.of(new Hop("a", List.of(), () -> {
            throw new IllegalStateException("broken");
        }), hop("b", new Finding.Ok(""))), asking -> { }, (name, finding) -> { });
        assertEquals("could not be asked: IllegalStateException", findings.get("a").text());
        assertInstanceOf(Finding.Ok.class, findings.get("b"));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "-, -, -, not set in this shell",
        "0, http://127.0.0.1:4317, -, not set in this shell",
        "1, http://127.0.0.1:4317, -, ok",
        "true, http://localhost:4317, grpc, ok",
        "1, -, -, ok",
        "1, '', '', ok",
        "1, -, http/protobuf, ok",
        "1, http://127.0.0.1:4318, http/protobuf, ok",
        "1, http://127.0.0.1:4318, -, is not this stack's port for it",
        "1, http://127.0.0.1:4317, http/protobuf, is not this stack's port for it",
        "1, http://10.1.2.3:4317, -, will not see it",
        "1, what is this, -, will not see it"})
    void saysWhetherPaWouldSendHere(String on, String endpoint, String protocol, String expected) {
        java.util.HashMap<String, String> environment = new java.util.HashMap<>();
        Optional.ofNullable(on).ifPresent(v -> environment.put("AGENTPROXY_ENABLE_TELEMETRY", v));
        Optional.ofNullable(endpoint).ifPresent(v -> environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", v));
        Optional.ofNullable(protocol).ifPresent(v -> environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", v));
        Finding finding = Shell.look(environment, ADDRESSES);
        if (expected.equals("ok")) {
            assertInstanceOf(Finding.Ok.class, finding, finding.toString());
        } else {
            assertTrue(finding.text().contains(expected), finding.toString());
            assertTrue(((Finding.Failed) finding).fix().contains("$(stack env)"));
        }
    }

    @Test
    void tellsApartWhatListensOnThePortForGrpc() throws IOException {
        int free;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = silent.getLocalPort();
            assertEquals(Optional.of("the server there does not answer"), greeting(free));
        }
        assertEquals(Optional.of("nothing listens on 127.0.0.1:" + free), greeting(free));
        HttpServer http = server(200, "");
        assertTrue(greeting(http.getAddress().getPort()).orElseThrow().contains("does not speak HTTP/2"));
        http.stop(0);
    }

    private static Optional<String> greeting(int port) {
        return Http2Greeting.problem(URI.create("http://127.0.0.1:" + port));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 | {}                                                                     | taken by",
        "200 | {\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"no\"}} | refused: no",
        "200 | {\"partialSuccess\":{\"rejectedSpans\":\"5\"}}                           | refused: no reason is given",
        "200 | {\"partialSuccess\":{\"errorMessage\":\"slow down\"}}                    | taken by",
        "401 | who are you                                                            | HTTP 401: who are you",
        "503 | full                                                                   | HTTP 503: full"})
    void believesAReceiverOnlyWhenItTookAll(int status, String body, String expected) throws Exception {
        HttpServer http = server(status, body);
        Canary canary = new Canary(1_700_000_000_123L);
        Finding finding = new CanarySearch(new Web(), canary, Credentials.NONE).accepted("http://127.0.0.1:" + http.getAddress().getPort()
                + "/v1/traces", canary.trace(), Credentials.ofOtlp(Map.of("OTEL_EXPORTER_OTLP_HEADERS",
                        "Authorization=Bearer%20x")));
        http.stop(0);
        assertTrue(finding.text().startsWith(expected), finding.toString());
        assertEquals(expected.equals("taken by"), finding instanceof Finding.Ok);
    }

    @Test
    void namesTheVariableOfASecretThatCannotBeSentAndNotTheSecret() throws Exception {
        HttpServer http = server(200, "{}");
        String address = "http://127.0.0.1:" + http.getAddress().getPort();
        Canary canary = new Canary(1);
        Finding finding = new CanarySearch(new Web(), canary, Credentials.NONE).accepted(address, canary.trace(), Credentials.ofOtlp(
                Map.of("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20geheim%0A")));
        Web.Answer answer = new Web().get(address, Credentials.ofGrafana(
                Map.of("AGENTPROXY_STACK_GRAFANA_TOKEN", "ge\nheim")));
        http.stop(0);
        assertEquals("OTEL_EXPORTER_OTLP_HEADERS contains characters that a header cannot have", finding.text());
        assertEquals("AGENTPROXY_STACK_GRAFANA_TOKEN contains characters that a header cannot have", answer.reason());
    }

    private static HttpServer server(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
