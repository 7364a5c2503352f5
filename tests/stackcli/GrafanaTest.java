package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import contract.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    private Grafana grafana(String token) {
        return new Grafana("http://127.0.0.1:" + server.getAddress().getPort(), token);
    }
}
