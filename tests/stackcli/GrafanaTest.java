package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import contract.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import services.Dashboards;

/** A Grafana that asks for a login answers 401 to everybody without a token, as the real one does. */
class GrafanaTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = "Bearer right".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            byte[] body = (known ? "[{\"uid\":\"u\",\"title\":\"T\",\"folderTitle\":\"F\"}]"
                    : "{\"message\":\"Unauthorized\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theTokenOpensIt() throws InterruptedException {
        assertEquals(List.of(new Grafana.Found("u", "T", "F")), grafana("right").list());
    }

    @Test
    void withoutOneItSaysWhereItGoes() {
        Failure failure = assertThrows(Failure.class, () -> grafana("").list());
        assertEquals("Grafana asks for a login: Unauthorized", failure.getMessage());
        assertTrue(failure.hint().contains("AGENTPROXY_STACK_GRAFANA_TOKEN"), failure.hint());
    }

    @Test
    void aWrongOneIsNamed() {
        assertTrue(assertThrows(Failure.class, () -> grafana("wrong").list()).getMessage()
                .startsWith("Grafana refuses the token of AGENTPROXY_STACK_GRAFANA_TOKEN"));
    }

    @Test
    void theEndOfALineIsNoPartOfIt() throws InterruptedException {
        assertEquals(1, grafana("right\r\n").list().size());
    }

    @Test
    void oneThatNoHeaderCanCarryIsNamedAndNotShown() {
        Failure failure = assertThrows(Failure.class, () -> grafana("sec\rret").list());
        assertTrue(failure.getMessage().startsWith("AGENTPROXY_STACK_GRAFANA_TOKEN "), failure.getMessage());
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertFalse(cause.toString().contains("sec"), cause.toString());
        }
    }

    /** What the browser of Grafana 13 saves: the classic request answers 406, the resource's own says it. */
    @Test
    void aDashboardOfTheSecondSchemaIsPulledAndPushedBack() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, String> stored = new TreeMap<>();
        stored.put("mine", "{\"apiVersion\":\"dashboard.grafana.app/v2\",\"kind\":\"Dashboard\",\"metadata\":{\"name\":\"mine\","
                + "\"resourceVersion\":\"7\",\"uid\":\"x\"},\"spec\":{\"title\":\"Mine\",\"elements\":{}},\"status\":{}}");
        server.createContext("/api/dashboards/uid/mine", exchange -> answer(exchange, 406, "{\"message\":\"v2\"}"));
        server.createContext("/apis/dashboard.grafana.app", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String name = path.replaceFirst(".*/dashboards/?", "");
            if (path.endsWith(".app")) {
                answer(exchange, 200, "{\"versions\":[{\"version\":\"v1\"},{\"version\":\"v2alpha1\"},{\"version\":\"v2\"},"
                        + "{\"version\":\"v2beta1\"}]}");
            } else if (!path.startsWith("/apis/dashboard.grafana.app/v2/namespaces/default/dashboards")) {
                answer(exchange, 500, "{\"message\":\"" + path + "\"}");
            } else if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, stored.containsKey(name) ? 200 : 404, stored.getOrDefault(name, "{}"));
            } else {
                JsonNode body = json.readTree(exchange.getRequestBody().readAllBytes());
                boolean known = stored.containsKey(body.path("metadata").path("name").asText());
                boolean fits = known ? exchange.getRequestMethod().equals("PUT")
                        && body.path("metadata").path("resourceVersion").asText().equals("7")
                        : exchange.getRequestMethod().equals("POST");
                stored.put(body.path("metadata").path("name").asText(), body.toString());
                answer(exchange, fits ? 200 : 409, body.toString());
            }
        });
        ObjectNode pulled = grafana("right").pull("mine");
        assertEquals("{\"apiVersion\":\"dashboard.grafana.app/v2\",\"kind\":\"Dashboard\",\"metadata\":{\"name\":\"mine\"},"
                + "\"spec\":{\"title\":\"Mine\",\"elements\":{}}}", pulled.toString());
        assertEquals(Optional.of("mine"), Dashboards.uid(pulled.toString()));
        assertEquals(Optional.of("Mine"), Dashboards.title(pulled.toString()));
        assertEquals("/d/mine", grafana("right").push(pulled));
        ((ObjectNode) pulled.path("metadata")).put("name", "other");
        assertEquals("/d/other", grafana("right").push(pulled));
        assertEquals(Set.of("mine", "other"), stored.keySet());
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Grafana grafana(String token) {
        return Grafana.ofStack("http://127.0.0.1:" + server.getAddress().getPort(), token);
    }
}
