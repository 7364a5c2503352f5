package stackcli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import services.ServiceStatus;

class AlertsTest {
    private static final String SAID = """
            {"status":"success","data":{"alerts":[
             {"labels":{"alertname":"DiskFull","severity":"critical","job":"tempo"},"state":"firing",
              "annotations":{"summary":"tempo cannot write","description":"Make room."}},
             {"labels":{"alertname":"Stalls","severity":"warning"},"state":"firing","annotations":{"summary":"s","description":"d"}},
             {"labels":{"alertname":"StackPartDown","severity":"critical"},"state":"pending","annotations":{}}]}}""";
    private static final List<Alerts.Alert> FIRING = List.of(new Alerts.Alert("DiskFull", "tempo cannot write", "Make room.",
            true), new Alerts.Alert("Stalls", "s", "d", false));

    @Test
    void thoseThatFireAreToldAndNotThoseThatWait() throws Exception {
        assertEquals(FIRING, Alerts.in(new ObjectMapper().readTree(SAID)));
    }

    @Test
    void theyAreAskedOfTheStacksOwnPrometheus() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/alerts", exchange -> {
            byte[] body = SAID.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String page = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertEquals(FIRING, Alerts.firing(List.of(prometheus(page))));
        } finally {
            server.stop(0);
        }
        assertEquals(List.of(), Alerts.firing(List.of(prometheus(page))), "one that does not answer is not alarmed");
        assertEquals(List.of(), Alerts.firing(List.of()), "the embedded engine has none");
    }

    private static ServiceStatus prometheus(String page) {
        return new ServiceStatus("prometheus", ServiceStatus.State.READY, "3", Map.of("page", page), "");
    }
}
