//DEPS com.squareup.okhttp3:okhttp-tls:5.5.1
package doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A team's endpoint and Grafana, stood in for by one server that remembers the canary. */
class RemoteWayTest {
    private static final String TOKEN = "Bearer right";

    private final Map<String, String> environment = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_HEADERS",
            "Authorization=Bearer%20right", "AGENTPROXY_STACK_GRAFANA_TOKEN", "right"));
    /** Answers by path that are not the usual ones: status, a space, body. */
    private final Map<String, String> other = new ConcurrentHashMap<>();
    private final Map<String, String> canary = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean known = TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization")) || path.equals("/api/health");
            String said = known ? other.getOrDefault(path, usual(path, String.valueOf(exchange.getRequestURI().getQuery()), body))
                    : "401 {\"message\":\"Unauthorized\"}";
            byte[] text = said.substring(4).getBytes(StandardCharsets.UTF_8);
            if (said.startsWith("3")) {
                exchange.getResponseHeaders().add("Location", said.substring(4));
            }
            exchange.sendResponseHeaders(Integer.parseInt(said.substring(0, 3)), text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String usual(String path, String query, String body) throws IOException {
        if (path.startsWith("/v1/")) {
            JsonNode sent = new ObjectMapper().readTree(body);
            sent.findValues("traceId").forEach(id -> canary.put("trace", id.asText()));
            sent.findValues("asInt").forEach(value -> canary.put("value", value.asText()));
            return "200 {}";
        }
        String result = "200 {\"data\":{\"result\":%s}}";
        if (path.equals("/api/datasources/proxy/uid/mimir/api/v1/query")) {
            return query.contains("time()") ? String.format(result, "[0,\"" + System.currentTimeMillis() / 1000.0 + "\"]")
                    : query.contains("__name__") ? String.format(result,
                            "[{\"metric\":{\"__name__\":\"agentproxy_tasks_started_total\"}}]")
                    : String.format(result, "[{\"value\":[0,\"" + canary.getOrDefault("value", "0") + "\"]}]");
        }
        return switch (path) {
            case "/api/health" -> "200 {\"version\":\"13.1.5\"}";
            case "/api/access-control/user/permissions" -> "200 {\"dashboards:read\":[],\"folders:read\":[]}";
            case "/api/datasources/uid/mimir/health", "/api/datasources/uid/tempo-eu/health" -> "200 {\"status\":\"OK\"}";
            case "/api/datasources/proxy/uid/mimir/api/v1/label/agentproxy_project_id/values" -> "200 {\"data\":[\"a\"]}";
            case "/api/dashboards/uid/agentproxy", "/api/dashboards/uid/claude-code" -> "200 {}";
            case "/api/prometheus/grafana/api/v1/rules" -> "200 {\"groups\":[{\"name\":\"agentproxy-recording\"}]}";
            default -> path.equals("/api/datasources/proxy/uid/tempo-eu/api/traces/" + canary.get("trace")) ? "200 {}"
                    : "404 {\"message\":\"no " + path + "\"}";
        };
    }

    @Test
    void theCanaryIsFollowedFromTheEndpointToThePanelThroughGrafanaAlone() throws Exception {
        Map<String, Finding> findings = examine(endpoint());
        findings.forEach((hop, finding) -> assertInstanceOf(Finding.Ok.class, finding, hop + ": " + finding.text()));
        assertEquals(16, findings.size(), findings.keySet()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/v1/traces | 404 {} | OTLP over HTTP | the part before /v1/traces",
        "/v1/traces | 415 {} | OTLP over HTTP | accepts JSON",
        "/v1/traces | 503 {} | OTLP over HTTP | overloaded",
        "/v1/metrics | 200 {\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":\"full\"}} | metric accepted | refused: full",
        "/api/health | 200 <html> | Grafana | not a Grafana",
        "/api/health | 401 {} | Grafana | it must let /api through",
        "/api/health | 500 <html> | Grafana | ask who runs it",
        "/api/health | 302 https://login.example/ | Grafana | HTTP 302: sends to https://login.example/",
        "/api/datasources/uid/mimir/health | 404 {} | data source mimir | --prometheus-uid",
        "/api/datasources/proxy/uid/mimir/api/v1/label/agentproxy_project_id/values | 200 {\"data\":[]} | label"
                + " agentproxy_project_id | so is every panel",
        "/api/dashboards/uid/agentproxy | 404 {} | dashboards | stack provision",
        "/api/prometheus/grafana/api/v1/rules | 200 {} | rules | not loaded"})
    void whatIsWrongOverThereIsNamedWithWhatToDo(String path, String said, String hop, String expected) throws Exception {
        other.put(path.strip(), said.strip());
        Finding finding = examine(endpoint()).get(hop.strip());
        Finding.Failed failed = assertInstanceOf(Finding.Failed.class, finding, finding.text());
        assertTrue((failed.text() + " " + failed.fix()).contains(expected.strip()), failed::toString);
    }

    @Test
    void tokensThatAreMissingAreToldApart() throws Exception {
        environment.remove("OTEL_EXPORTER_OTLP_HEADERS");
        Map<String, Finding> findings = examine(endpoint());
        assertTrue(((Finding.Failed) findings.get("OTLP over HTTP")).fix().contains("OTEL_EXPORTER_OTLP_HEADERS"));
        assertEquals(new Finding.Skipped("needs: OTLP over HTTP"), findings.get("trace in Tempo"));
        environment.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20right");
        environment.remove("AGENTPROXY_STACK_GRAFANA_TOKEN");
        findings = examine(endpoint());
        assertInstanceOf(Finding.Ok.class, findings.get("trace accepted"));
        assertTrue(((Finding.Failed) findings.get("its token")).fix().contains("AGENTPROXY_STACK_GRAFANA_TOKEN"));
    }

    @Test
    void anEndpointThatIsNotThereIsTold() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Finding nobody = examine(URI.create("http://127.0.0.1:" + free)).get("connection");
        assertTrue(nobody.text().contains("nothing listens"), nobody.text());
        Finding plain = examine(URI.create("https://127.0.0.1:" + server.getAddress().getPort())).get("certificate");
        assertInstanceOf(Finding.Failed.class, plain, plain.text());
        Finding unknown = examine(URI.create("http://no-such-host.invalid:4318")).get("connection");
        assertTrue(unknown.text().contains("no such host"), unknown.text());
    }

    /** As pa takes it: an authority of one's own is no fault, and a file that pa could not read is one. */
    @Test
    void theAuthorityThatTheSenderTrustsIsTrusted(@TempDir Path folder) throws Exception {
        HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate held = new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName("127.0.0.1")
                .duration(60, TimeUnit.DAYS).build();
        HttpsServer secured = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secured.setHttpsConfigurator(new HttpsConfigurator(new HandshakeCertificates.Builder().heldCertificate(held).build()
                .sslContext()));
        secured.createContext("/v1/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        secured.start();
        URI endpoint = URI.create("https://127.0.0.1:" + secured.getAddress().getPort());
        try {
            Finding stranger = sentTo(endpoint).get("certificate");
            assertTrue(stranger instanceof Finding.Failed failed && failed.fix().contains("OTEL_EXPORTER_OTLP_CERTIFICATE"),
                    stranger::toString);
            Path file = Files.writeString(folder.resolve("ca.crt"), authority.certificatePem());
            environment.put("OTEL_EXPORTER_OTLP_CERTIFICATE", file.toString());
            Map<String, Finding> findings = sentTo(endpoint);
            for (String hop : List.of("certificate", "OTLP over HTTP", "trace accepted", "log record accepted")) {
                assertInstanceOf(Finding.Ok.class, findings.get(hop), () -> hop + ": " + findings.get(hop));
            }
            for (String text : List.of("", "no certificate")) {
                Files.writeString(file, text);
                assertTrue(sentTo(endpoint).get("certificate").text().contains(file.toString()));
            }
            Files.delete(file);
            assertTrue(sentTo(endpoint).get("certificate").text().contains("cannot be read"));
        } finally {
            secured.stop(0);
        }
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private Map<String, Finding> sentTo(URI endpoint) throws InterruptedException {
        return Doctor.examine(RemoteWay.of(endpoint, Optional.empty(), "mimir", "tempo-eu", environment), asking -> { },
                (name, finding) -> { });
    }

    private Map<String, Finding> examine(URI endpoint) throws InterruptedException {
        List<Hop> hops = RemoteWay.of(endpoint, Optional.of(endpoint().toString()), "mimir", "tempo-eu", environment);
        return Doctor.examine(hops, asking -> { }, (name, finding) -> { });
    }
}
