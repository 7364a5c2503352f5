package containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import services.ConfigFiles;
import services.StackPort;

/** The real Prometheus answers every query of every panel and every rule. */
class PanelsTest {
    @TempDir Path folder;

    @Test
    void prometheusAnswersEveryPanelAndRule() throws IOException, InterruptedException {
        try (StackLab lab = StackLab.open(folder)) {
            lab.needsReal("prometheus");
            StackLab.Result up = lab.run("up");
            assertEquals(0, up.code(), up::all);
            String address = "http://127.0.0.1:" + lab.port(StackPort.PROMETHEUS);
            List<String> refused = new ArrayList<>();
            List<String> expressions = expressions();
            assertTrue(expressions.size() > 50, () -> "only " + expressions.size());
            for (String expression : expressions) {
                String query = expression.replace("$__rate_interval", "1m").replace("$__interval", "1m").replace("$__range", "1h")
                        .replaceAll("\\$\\w+", ".*");
                JsonNode answer = get(address + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
                if (!answer.path("status").asText().equals("success")) {
                    refused.add(expression + ": " + answer.path("error").asText());
                }
            }
            assertEquals(List.of(), refused);
            for (JsonNode group : get(address + "/api/v1/rules").path("data").path("groups")) {
                group.path("rules").forEach(rule -> assertEquals("", rule.path("lastError").asText(), rule.path("name")
                        .asText()));
            }
        }
    }

    private static List<String> expressions() throws IOException {
        List<String> found = new ArrayList<>();
        for (ConfigFiles.StackText file : ConfigFiles.load(Optional.empty()).all().values()) {
            if (file.origin().startsWith("grafana/dashboards/")) {
                for (JsonNode panel : new ObjectMapper().readTree(file.text()).path("panels")) {
                    panel.path("targets").forEach(target -> {
                        if (target.has("expr")) {
                            found.add(target.path("expr").asText());
                        }
                    });
                }
            }
        }
        return found;
    }

    private static JsonNode get(String address) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address))
                .build(),
                HttpResponse.BodyHandlers.ofString()).body());
    }
}
